import { rm } from "node:fs/promises";
import { join } from "node:path";
import {
  copyExample,
  createTemporaryProject,
  runJaunt,
  startScriptedServer,
  type ScriptedServer,
  type TemporaryProject,
} from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";
import { recordings } from "./recorded-project.ts";

const opened: { remove?(): Promise<void>; close?(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await (each.remove ?? each.close)?.call(each);
});

async function open(files: Readonly<Record<string, string>>, llm = 'provider = "replay"'): Promise<TemporaryProject> {
  const project = await createTemporaryProject(
    {
      "jaunt.toml": `[llm]\n${llm}\n`,
      "package.json": '{ "type": "module", "private": true }',
      "tsconfig.json": tsconfig(),
      ...files,
    },
    { nodeModules: ["@jaunt/spec", "@types/node", "typescript"] },
  );
  opened.push(project);
  return project;
}

const base = `/** Twice the number.
 * @example base(2) // => 4
 * @example base(0) // => 0
 */
export declare function base(n: number): number;
`;
const baseBody = (code: string): string => `export function base(n: number): number {\n  return ${code};\n}`;
const files = {
  "src/base.jaunt.ts": base,
  "src/next.jaunt.ts": `import { base } from "./base.js";\n/** One more than {@link base}. */\nexport declare function next(n: number): number;\n`,
  "src/last.jaunt.ts": `import { next } from "./next.js";\n/** One more than {@link next}. */\nexport declare function last(n: number): number;\n`,
  "src/other.jaunt.ts": "/** Half the number. */\nexport declare function other(n: number): number;\n",
};
const bodies: Readonly<Record<string, string>> = {
  "src/next": 'import { base } from "../base.js";\nexport function next(n: number): number {\n  return base(n) + 1;\n}',
  "src/last": 'import { next } from "../next.js";\nexport function last(n: number): number {\n  return next(n) + 1;\n}',
  "src/other": "export function other(n: number): number {\n  return n / 2;\n}",
};
const artifact = ".jaunt/failed/src/base.md";

/** A project whose `base` fails with three replies that are wrong in three ways, and then may be right. */
async function openFailed(): Promise<TemporaryProject> {
  const project = await open({
    ...files,
    ...recordings({ ...bodies, "src/base": baseBody("n * 3") }),
    ...recordings({ "src/base": baseBody("n + '!'") }, 2),
    ...recordings({ "src/base": baseBody("n * n + 1") }, 3),
  });
  const { exitCode } = await runJaunt(project.root, ["build", "--target", "src/base+"]);
  expect(exitCode).toBe(3);
  return project;
}

async function correct(project: TemporaryProject): Promise<void> {
  for (const attempt of [1, 2, 3]) {
    for (const [path, text] of Object.entries(recordings({ "src/base": baseBody("n * 2") }, attempt)))
      await project.write(path, text);
  }
}

async function exists(project: TemporaryProject, path: string): Promise<boolean> {
  return project.read(path).then(
    () => true,
    () => false,
  );
}

interface BuildOutput {
  readonly generated: readonly string[];
  readonly skipped: readonly string[];
  readonly failed: readonly { readonly module: string; readonly outcome: string }[];
  readonly calls: number;
  readonly diagnostics: readonly { readonly code: string; readonly message: string }[];
}

async function retry(project: TemporaryProject, ...args: readonly string[]): Promise<BuildOutput> {
  return (await runJaunt(project.root, ["build", "--retry-failed", "--json", ...args])).json() as BuildOutput;
}

describe("what a failure leaves", () => {
  test("tells the spec, the last reply, what was wrong in every attempt, the prompt, and the commands to go on", async () => {
    const project = await openFailed();
    const text = await project.read(artifact);
    expect(text).toContain("# src/base failed to build\n\nsrc/base failed to build after 3 attempts.");
    expect(text).toContain(base);
    expect(text).toContain(baseBody("n * n + 1"));
    const [problems = "", earlier = ""] = text.slice(text.indexOf("## Problems")).split("## Earlier attempts");
    expect(problems).toContain("An example fails: base(2)\nexpected: 4\nreceived: 5");
    expect(earlier).toMatch(/### Attempt 1\n\n- src\/base.jaunt.ts:2:13: error: .*base\(2\)\nexpected: 4\nreceived: 6/);
    expect(earlier).toMatch(/### Attempt 2\n\n.*'string' is not assignable to type 'number'/);
    expect(earlier).not.toContain("### Attempt 3");
    const prompt = /The last prompt: `(.+)`/.exec(text)?.[1] ?? "";
    expect(await project.read(prompt)).toContain("n + '!'");
    expect(text.match(/^ {4}jaunt .*/gm)).toEqual([
      "    jaunt build --target src/base",
      "    jaunt build --retry-failed",
    ]);
  });

  test("is gone, prompt and all, once the command in it succeeds", async () => {
    const project = await openFailed();
    await correct(project);
    const command = /^ {4}jaunt (.*)/m.exec(await project.read(artifact))?.[1] ?? "";
    expect((await runJaunt(project.root, command.split(" "))).exitCode).toBe(0);
    expect(await exists(project, artifact)).toBe(false);
    expect(await exists(project, ".jaunt/failed/src/base.prompt.md")).toBe(false);
  });

  test("is named by status, for people and for programs", async () => {
    const project = await openFailed();
    const { stdout } = await runJaunt(project.root, ["status"]);
    expect(stdout).toContain(`details: ${artifact}`);
    const { modules } = (await runJaunt(project.root, ["status", "--json"])).json() as {
      readonly modules: Readonly<Record<string, { readonly status: string; readonly artifact?: string }>>;
    };
    expect(Object.entries(modules).map(([id, each]) => [id, each.status, each.artifact])).toEqual([
      ["src/base", "failed", artifact],
      ["src/last", "blocked", undefined],
      ["src/next", "blocked", undefined],
      ["src/other", "unbuilt", undefined],
    ]);
  });

  test.each([["build"], ["clean", "--orphans"]])("goes with its module, by %s", async (...args) => {
    const project = await openFailed();
    for (const name of ["base", "next", "last"]) {
      await rm(join(project.root, `src/${name}.jaunt.ts`));
      await rm(join(project.root, `src/__generated__/${name}.ts`));
    }
    await runJaunt(project.root, args);
    expect(await exists(project, artifact)).toBe(false);
  });

  test("goes when the module is good again without a build, and stays while its spec cannot be read", async () => {
    const project = await open({ ...files, ...recordings({ ...bodies, "src/base": baseBody("n * 2") }) });
    await runJaunt(project.root, ["build"]);
    await project.write("src/base.jaunt.ts", base.replace("=> 4", "=> 5"));
    expect((await runJaunt(project.root, ["build", "--target", "src/base"])).exitCode).toBe(3);
    await project.write("src/base.jaunt.ts", "export declare function base(");
    await runJaunt(project.root, ["build"]);
    expect(await exists(project, artifact)).toBe(true);
    await project.write("src/base.jaunt.ts", base);
    await runJaunt(project.root, ["build"]);
    expect(await exists(project, artifact)).toBe(false);
  });
});

describe("build --retry-failed", () => {
  test("builds what failed and what that held up, and nothing else", async () => {
    const project = await openFailed();
    await correct(project);
    expect(await retry(project)).toMatchObject({
      generated: ["src/base", "src/last", "src/next"],
      skipped: [],
      failed: [],
      calls: 3,
    });
    expect(await exists(project, artifact)).toBe(false);
  });

  test("says so when nothing failed, and ends in 0", async () => {
    const project = await open({ ...files, ...recordings(bodies) });
    const { exitCode, stdout } = await runJaunt(project.root, ["build", "--retry-failed"]);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("No selected module has failed: nothing to do.")]);
    expect(await exists(project, "src/__generated__/other.ts")).toBe(false);
  });

  test.each([
    [
      ["--exclude", "src/last"],
      ["src/base", "src/next"],
    ],
    [["--target", "src/base"], ["src/base"]],
    [["--target", "src/other"], []],
  ])("with %j only of those", async (args, generated) => {
    const project = await openFailed();
    await correct(project);
    expect((await retry(project, ...args)).generated).toEqual(generated);
  });

  test("with --dry-run plans just that, and asks nobody", async () => {
    const project = await openFailed();
    const plan = (await runJaunt(project.root, ["build", "--retry-failed", "--dry-run", "--json"])).json() as {
      readonly build: readonly { readonly module: string }[];
    };
    expect(plan.build.map(({ module }) => module)).toEqual(["src/base", "src/next", "src/last"]);
  });

  test("asks afresh, where another build of what was answered costs nothing", async () => {
    const wrong = `\`\`\`ts\n${baseBody("n * 3")}\n\`\`\``;
    const server: ScriptedServer = await startScriptedServer(
      {
        base: [wrong, wrong, `\`\`\`ts\n${baseBody("n * 2")}\n\`\`\``],
        other: `\`\`\`ts\n${bodies["src/other"] ?? ""}\n\`\`\``,
      },
      { match: (body) => /Module `src\/(\w+)`/.exec(body)?.[1] ?? "*" },
    );
    opened.push(server);
    const project = await open(
      { "src/base.jaunt.ts": base, "src/other.jaunt.ts": files["src/other.jaunt.ts"] },
      `provider = "litellm"\nmodel = "m"\nbase_url = "${server.url}"`,
    );
    expect((await runJaunt(project.root, ["build"])).exitCode).toBe(3);
    const asked = (key: string): readonly string[] =>
      server.requests.filter((request) => request.key === key).map(({ body }) => body);
    expect([asked("base").length, asked("other").length]).toEqual([2, 1]);
    expect(await retry(project)).toMatchObject({ generated: ["src/base"], calls: 1 });
    expect([asked("base").length, asked("other").length]).toEqual([3, 1]);
    // The same question as at first: nothing but the cache would have answered it.
    expect(asked("base")[2]).toBe(asked("base")[0]);
    await rm(join(project.root, "src/__generated__"), { recursive: true });
    expect((await runJaunt(project.root, ["build", "--offline"])).exitCode).toBe(0);
    expect(server.requests).toHaveLength(4);
  });
});

describe("a wrong reply planted in examples/mail, which type-checks", () => {
  const recording = (attempt: number): string => `recordings/src/structured.${String(attempt)}.md`;

  async function plant(): Promise<{ readonly project: TemporaryProject; readonly right: string }> {
    const project = await copyExample("mail");
    opened.push(project);
    await rm(join(project.root, "src/__generated__"), { recursive: true });
    const right = await project.read(recording(1));
    const wrong = right.replace('kept += " ";', 'kept += "";');
    expect(wrong).not.toBe(right);
    await project.write(recording(1), wrong);
    return { project, right };
  }

  test("is rejected by an example and repaired on the next attempt", async () => {
    const { project, right } = await plant();
    await project.write(recording(2), right);
    const { exitCode, stderr } = await runJaunt(project.root, ["build", "--debug"]);
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining("src/structured: attempt 1 rejected: 1 error: An example fails"),
    ]);
    expect(await project.read("src/__generated__/structured.ts")).toContain('kept += " ";');
    expect(await project.read(".jaunt/prompts/src/structured.2.md")).toContain('expected: "21 Nov   2024"');
    expect((await runJaunt(project.root, ["check"])).exitCode).toBe(0);
  });

  test("ends in 3 without a repair, with a readable artifact, and holds up only what needs it", async () => {
    const { project } = await plant();
    const result = await runJaunt(project.root, ["build", "--json"]);
    expect(result.exitCode).toBe(3);
    const { failed, generated } = result.json() as BuildOutput;
    expect(failed.filter(({ outcome }) => outcome === "failed").map(({ module }) => module)).toEqual([
      "src/structured",
    ]);
    expect(failed.map(({ module }) => module)).toContain("src/addresses");
    expect(generated).toContain("src/collections");
    expect(await project.read("src/__generated__/structured.ts")).toContain("jaunt:kind=placeholder");
    const text = await project.read(".jaunt/failed/src/structured.md");
    expect(text).toContain('An example fails: stripComments("21 Nov (a Thursday (really)) 2024")');
    expect(text).toContain(`expected: "21 Nov   2024"\nreceived: '21 Nov  2024'`);
    expect(text).toContain('kept += "";');
  });
});
