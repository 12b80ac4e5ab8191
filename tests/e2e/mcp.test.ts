import { symlink } from "node:fs/promises";
import { join } from "node:path";
import {
  createTemporaryProject,
  runJaunt,
  startScriptedServer,
  waitFor,
  type ScriptedAnswer,
  type ScriptedServer,
  type TemporaryProject,
} from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";
import { openSession, type McpSession, type Progress, type SessionOptions } from "./mcp-session.ts";
import { recordings } from "./recorded-project.ts";
import { configureLlm, moduleAskedFor, unbuiltMail } from "./served-mail.ts";

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
      "jaunt_test",
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

describe("a build", () => {
  test("that outlasts wait_ms answers with a job, tells progress, and can be waited for", async () => {
    const { session } = await openServed({ text: replies["src/base"], delayMs: 5_000 });
    const progress: string[] = [];
    const options = { onprogress: ({ message = "" }: Progress) => void progress.push(message) };
    const started = await session.call("jaunt_build", { targets: ["src/base"], wait_ms: 2_500 }, options);
    expect(started.structured).toMatchObject({ command: "job", job: "job-1", state: "running", running: ["src/base"] });
    expect(progress).toContainEqual(expect.stringContaining("0 of 1 modules; now src/base"));

    const second = await session.call("jaunt_build");
    expect(second).toMatchObject({ isError: true, text: { error: { code: "build-running" } } });
    expect(second.text.error.message).toContain("job-1");
    expect(await session.call("jaunt_clean", { confirm: true })).toMatchObject({
      isError: true,
      text: { error: { code: "build-running" } },
    });

    const ended = await session.call("jaunt_job", { job: "job-1", action: "wait" });
    expect(ended.structured).toMatchObject({ state: "done", report: { generated: ["src/base"], calls: 1 } });
    expect((await session.call("jaunt_job")).structured).toMatchObject({ job: "job-1", next: null });
  });

  test.each(["modern", "legacy"] as const)("that a %s client gives up on breaks its request off", async (era) => {
    const { session, server } = await openServed({ text: "", delayMs: 60_000 }, { era });
    const controller = new AbortController();
    const building = session.call("jaunt_build", { targets: ["src/base"] }, { signal: controller.signal });
    await waitFor(() => server.requests.length === 1);
    controller.abort();
    await expect(building).rejects.toThrow();
    await waitFor(() => server.requests[0]?.brokenOffAt !== undefined);
    const again = await session.call("jaunt_build", { targets: ["src/base"], wait_ms: 0 });
    expect(again.structured).toMatchObject({ job: "job-2" });
    expect((await session.call("jaunt_job", { job: "job-1" })).structured).toMatchObject({ state: "cancelled" });
  });

  test("whose job is cancelled breaks its request off, and the next build can start", async () => {
    const { session, server } = await openServed({ text: "", delayMs: 60_000 });
    await session.call("jaunt_build", { targets: ["src/base"], wait_ms: 0 });
    await waitFor(() => server.requests.length === 1);
    const cancelled = await session.call("jaunt_job", { job: "job-1", action: "cancel" });
    expect(cancelled.structured).toMatchObject({ state: "cancelled", report: { interrupted: true } });
    await waitFor(() => server.requests[0]?.brokenOffAt !== undefined);
    expect((await session.call("jaunt_build", { wait_ms: 0 })).structured).toMatchObject({ job: "job-2" });
  });
});

describe("a build of the mail example that takes longer than the client's time-out", () => {
  const patience = { timeout: 4_000 };

  test("is answered in one call to a client that listens to progress", async () => {
    const session = await openSlowMail();
    const listening = { ...patience, resetTimeoutOnProgress: true, onprogress: () => {} };
    const startedAt = performance.now();
    const built = await session.call("jaunt_build", { wait_ms: 60_000 }, listening);
    expect(built.text).toMatchObject({ failed: [], calls: 17 });
    expect(performance.now() - startedAt).toBeGreaterThan(patience.timeout);
  });

  test("is followed as a job by one that does not", async () => {
    const session = await openSlowMail();
    let answer = await session.call("jaunt_build", { wait_ms: 1_000 }, patience);
    let calls = 1;
    while (answer.text.report === undefined && calls < 60) {
      answer = await session.call("jaunt_job", { action: "wait", wait_ms: 1_000 }, patience);
      calls += 1;
    }
    expect(answer.structured).toMatchObject({ state: "done", done: 17, total: 17, report: { failed: [], calls: 17 } });
    expect(calls).toBeGreaterThan(4);
  });
});

async function openSlowMail(): Promise<McpSession> {
  const { project, replies: answers } = await unbuiltMail();
  opened.push(() => project.remove());
  const script = Object.fromEntries([...answers].map(([module, text]) => [module, { text, delayMs: 600 }]));
  const server = await startScriptedServer(script, { match: moduleAskedFor });
  opened.push(() => server.close());
  await configureLlm(
    project,
    `provider = "litellm"\nmodel = "scripted"\nbase_url = "${server.url}"\n[build]\njobs = 2`,
  );
  const session = await openSession(project.root, { env: { LITELLM_API_KEY: "none" } });
  opened.push(() => session.close());
  return session;
}

describe("a build that the agent writes itself", () => {
  test("is what an agent is told of where no model can be asked", async () => {
    const { session } = await open({ config: 'version = 1\n[llm]\nprovider = "anthropic"\nmodel = "any"\n' });
    expect(await session.call("jaunt_build")).toMatchObject({
      isError: true,
      text: { error: { code: "provider-key-missing", exit_code: 2, next: 'jaunt_build { "mode": "delegate" }' } },
    });
    expect((await session.call("jaunt_build", { mode: "delegate" })).structured).toMatchObject({
      pending: [{ module: "src/base" }],
    });
  });

  test("goes through the same checks: a rejected source comes back with its errors, a right one lands", async () => {
    const { project, session } = await open();
    const started = await session.call("jaunt_build", { mode: "delegate" });
    expect(started.structured).toMatchObject({
      state: "running",
      mode: "delegate",
      instructions: expect.stringContaining("any") as unknown,
      pending: [{ module: "src/base", attempt: 1, prompt: expect.stringContaining("Twice the number.") as unknown }],
    });

    const wrong = await session.call("jaunt_submit", {
      module: "src/base",
      source: replies["src/base"].replace("2", "3"),
    });
    expect(wrong.structured).toMatchObject({
      verdict: { accepted: false, diagnostics: [{ severity: "error" }] },
      pending: [{ module: "src/base", attempt: 2, prompt: expect.stringContaining("n * 3") as unknown }],
    });
    expect(await project.read("src/__generated__/base.ts")).toContain("jaunt:kind=placeholder");

    const right = await session.call("jaunt_submit", {
      module: "src/base",
      source: `\`\`\`ts\n${replies["src/base"]}\n\`\`\``,
    });
    expect(right.structured).toMatchObject({ verdict: { accepted: true } });
    expect(await session.call("jaunt_submit", { module: "src/base", source: "x" })).toMatchObject({
      isError: true,
      text: { error: { code: "submission-repeated" } },
    });
    expect(await session.call("jaunt_submit", { module: "src/none", source: "x" })).toMatchObject({
      isError: true,
      text: { error: { code: "submission-unknown" } },
    });
    expect((await session.call("jaunt_job", { action: "wait" })).structured).toMatchObject({
      pending: [{ module: "src/top", attempt: 1 }],
    });

    const last = await session.call("jaunt_submit", { module: "src/top", source: replies["src/top"] });
    expect(last.structured).toMatchObject({
      state: "done",
      done: 2,
      report: { generated: ["src/base", "src/top"], failed: [], examples: { passed: 1 }, cost: 0 },
    });
    expect(await project.read("src/__generated__/base.ts")).toContain("jaunt:generator=delegate/test-agent ");
    expect((await session.call("jaunt_check")).structured).toMatchObject({ ok: true });
  });

  test("keeps what was submitted: the next one does not ask for it again", async () => {
    const { session } = await open();
    await session.call("jaunt_build", { mode: "delegate", targets: ["src/base"] });
    await session.call("jaunt_submit", { module: "src/base", source: replies["src/base"] });
    await session.call("jaunt_clean", { confirm: true });
    expect((await session.call("jaunt_build", { mode: "delegate", targets: ["src/base"] })).structured).toMatchObject({
      generated: ["src/base"],
      cache_hits: 1,
    });
  });

  test("is refused a source when the configured model writes it", async () => {
    const { session } = await open();
    await session.call("jaunt_build");
    expect(await session.call("jaunt_submit", { module: "src/base", source: "x" })).toMatchObject({
      isError: true,
      text: { error: { code: "not-delegated", next: 'jaunt_build { "mode": "delegate" }' } },
    });
  });
});

describe("resources", () => {
  test("serve the manifest and the texts of the modules that it names", async () => {
    const { project, session } = await open();
    await session.call("jaunt_build");
    const manifest = JSON.parse(await read(session, "jaunt://manifest")) as { modules: Record<string, string>[] };
    expect(manifest.modules[0]).toEqual({
      module: "src/base",
      status: "current",
      spec: "jaunt://module/src/base/spec",
      generated: "jaunt://module/src/base/generated",
    });
    expect(await read(session, "jaunt://module/src/base/spec")).toBe(specs["src/base.jaunt.ts"]);
    expect(await read(session, "jaunt://module/src/base/generated")).toBe(
      await project.read("src/__generated__/base.ts"),
    );
    const { resources } = await session.client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual([
      "jaunt://manifest",
      "jaunt://module/src/base/spec",
      "jaunt://module/src/top/spec",
      "jaunt://module/src/base/generated",
      "jaunt://module/src/top/generated",
    ]);
  });

  test("serve why a build failed, and the prompt", async () => {
    const { session } = await open({ files: recordings({ "src/base": "export const base = 1;" }) });
    expect((await session.call("jaunt_build", { targets: ["src/base"] })).structured).toMatchObject({
      failed: [{ module: "src/base" }],
    });
    expect(await read(session, "jaunt://module/src/base/failure")).toContain("# src/base failed to build");
    expect(await read(session, "jaunt://module/src/base/prompt")).toContain("Twice the number.");
    await expect(read(session, "jaunt://module/src/top/failure")).rejects.toThrow(/src\/top has no failure/);
  });

  test.each([
    "jaunt://module/../secret/spec",
    "jaunt://module/%2e%2e/secret/spec",
    "jaunt://module/src/..%2f..%2fsecret/spec",
    "jaunt://module/secret.txt/spec",
    "jaunt://module/src/secret/spec",
    "jaunt://module/src/linked/spec",
    "jaunt://module/src/%E0%A4%A/spec",
    "jaunt://module/__proto__/spec",
    "jaunt://module/src/base/../../../secret.txt",
    "jaunt://other",
    "file:///etc/passwd",
    "not a uri",
  ])("serve nothing for %s", async (uri) => {
    const { project, session } = await open({ files: { "secret.txt": "s3cret", ".env": "KEY=s3cret" } });
    const outside = await createTemporaryProject({
      "linked.jaunt.ts": `/** s3cret */\nexport declare function linked(): void;\n`,
    });
    opened.push(() => outside.remove());
    await symlink(join(outside.root, "linked.jaunt.ts"), join(project.root, "src/linked.jaunt.ts"));
    const answer = await read(session, uri).catch((error: unknown) => String(error));
    expect(answer).not.toContain("s3cret");
    expect(answer).toMatch(/Error/);
    expect((await session.call("jaunt_status")).isError).toBe(false);
  });
});

test("a generated file that is a link out of the project is not served", async () => {
  const { project, session } = await open({ files: { "src/__generated__/top.ts": "" } });
  const outside = await createTemporaryProject({ "secret.txt": "s3cret" });
  opened.push(() => outside.remove());
  await symlink(join(outside.root, "secret.txt"), join(project.root, "src/__generated__/base.ts"));
  const answer = await read(session, "jaunt://module/src/base/generated").catch((error: unknown) => String(error));
  expect(answer).toContain("Refusing to read src/__generated__/base.ts");
  expect(answer).not.toContain("s3cret");
});

async function read({ client }: McpSession, uri: string): Promise<string> {
  const { contents } = await client.readResource({ uri });
  const [first] = contents;
  return first !== undefined && "text" in first ? first.text : "";
}

async function openServed(
  answer: ScriptedAnswer,
  options: SessionOptions = {},
): Promise<{ session: McpSession; server: ScriptedServer }> {
  const server = await startScriptedServer({ "*": answer });
  opened.push(() => server.close());
  const { session } = await open({
    config: `version = 1\n[llm]\nprovider = "litellm"\nmodel = "scripted"\nbase_url = "${server.url}"\n`,
    env: { LITELLM_API_KEY: "none" },
    ...options,
  });
  return { session, server };
}

interface OpenOptions extends SessionOptions {
  readonly config?: string;
  readonly files?: Readonly<Record<string, string>>;
}

async function open({
  config = 'version = 1\n[llm]\nprovider = "replay"\n',
  files = {},
  ...options
}: OpenOptions = {}): Promise<{ project: TemporaryProject; session: McpSession }> {
  const project = await createTemporaryProject(
    {
      "jaunt.toml": config,
      "package.json": '{ "name": "served", "private": true, "type": "module" }',
      "tsconfig.json": tsconfig(),
      ...specs,
      ...recordings(replies),
      ...files,
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
