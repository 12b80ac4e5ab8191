import { createTemporaryProject, runJaunt, type TemporaryProject } from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";
import { openSession, type McpSession, type SessionOptions } from "./mcp-session.ts";
import { recordings } from "./recorded-project.ts";

/** top stands on base. */
const specs = {
  "src/base.jaunt.ts": `/** Twice the number.\n * @example base(2) // => 4\n */\nexport declare function base(n: number): number;\n`,
  "src/top.jaunt.ts": `import { base } from "./base.js";\n\n/** One more than {@link base}. */\nexport declare function top(n: number): number;\n`,
};
const replies = {
  "src/base": "export function base(n: number): number {\n  return n * 2;\n}",
  "src/top": 'import { base } from "../base.js";\n\nexport function top(n: number): number {\n  return base(n) + 1;\n}',
};
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

describe.each(["modern", "legacy"] as const)("a client of the %s protocol", (era) => {
  test("sees every tool, with titles, schemas and annotations, within 2,000 tokens", async () => {
    const { session } = await open({ era });
    const { tools } = await session.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      "jaunt_status",
      "jaunt_plan",
      "jaunt_check",
      "jaunt_why",
      "jaunt_spec_info",
      "jaunt_clean",
      "jaunt_build",
      "jaunt_job",
      "jaunt_submit",
    ]);
    for (const { title, description, inputSchema, outputSchema, annotations } of tools)
      expect([title, description, inputSchema.type, outputSchema?.type, annotations?.readOnlyHint]).toEqual([
        expect.any(String),
        expect.any(String),
        "object",
        "object",
        expect.any(Boolean),
      ]);
    const destructive = tools.filter(({ annotations }) => annotations?.destructiveHint === true);
    expect(destructive.map(({ name }) => name)).toEqual(["jaunt_clean"]);
    expect(Math.round(JSON.stringify(tools).length / 3.5)).toBeLessThanOrEqual(2000);
  });

  test("builds, and each answer is the document that --json prints", async () => {
    const { project, session } = await open({ era });
    const built = await session.call("jaunt_build");
    expect(built).toMatchObject({ isError: false, structured: { generated: ["src/base", "src/top"], failed: [] } });
    expect(built.text).toEqual(built.structured);
    for (const [tool, input, argv] of [
      ["jaunt_status", {}, ["status"]],
      ["jaunt_status", { targets: ["src/base"] }, ["status", "--target", "src/base"]],
      ["jaunt_plan", { force: true }, ["build", "--dry-run", "--force"]],
      ["jaunt_check", {}, ["check"]],
      ["jaunt_why", { module: "src/top" }, ["why", "src/top"]],
      ["jaunt_clean", {}, ["clean", "--dry-run"]],
    ] as const) {
      const answer = await session.call(tool, input);
      const printed = (await runJaunt(project.root, [...argv, "--json"])).json();
      expect(untimed(answer.structured), tool).toEqual(untimed(printed));
    }
  });
});

test("spec_info tells contracts and both directions of the graph", async () => {
  const { session } = await open();
  const { structured } = await session.call("jaunt_spec_info", { module: "src/base" });
  expect(structured).toMatchObject({
    schema: "jaunt.spec-info/1",
    status: "unbuilt",
    spec_path: "src/base.jaunt.ts",
    generated_path: "src/__generated__/base.ts",
    specs: [
      {
        ref: "src/base:base",
        signature: expect.stringContaining("(n: number): number") as unknown,
        contract: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
        examples: [{ checked: true }],
      },
    ],
    depends_on: [],
    dependents: ["src/top"],
  });
  expect((await session.call("jaunt_spec_info", { module: "src/top" })).structured).toMatchObject({
    depends_on: [{ from: "src/top:top", to: "src/base:base" }],
  });
});

test("clean removes nothing until it is confirmed", async () => {
  const { project, session } = await open();
  await session.call("jaunt_build");
  const planned = await session.call("jaunt_clean");
  expect(planned.structured).toMatchObject({ dry_run: true });
  expect(project.exists("src/__generated__/base.ts")).toBe(true);
  expect((await session.call("jaunt_clean", { confirm: true })).structured).toMatchObject({ dry_run: false });
  expect(project.exists("src/__generated__/base.ts")).toBe(false);
});

async function open(options: SessionOptions = {}): Promise<{ project: TemporaryProject; session: McpSession }> {
  const project = await createTemporaryProject(
    {
      "jaunt.toml": 'version = 1\n[llm]\nprovider = "replay"\n',
      "package.json": '{ "name": "served", "private": true, "type": "module" }',
      "tsconfig.json": tsconfig(),
      ...specs,
      ...recordings(replies),
    },
    { nodeModules: true },
  );
  opened.push(() => project.remove());
  const session = await openSession(project.root, options);
  opened.push(() => session.close());
  return { project, session };
}

function untimed(document: unknown): unknown {
  return { ...(document as object), duration_seconds: 0 };
}
