import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { documentSchemas } from "@jaunt/cli/schemas";
import {
  createTemporaryProject,
  repositoryRoot,
  runJaunt,
  runProcess,
  startJaunt,
  waitFor,
  type ProcessResult,
  type TemporaryProject,
} from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { documentProblems } from "../documents.ts";
import { renderJsonPage } from "../json-page.ts";
import { tsconfig } from "./fixture.ts";
import { recordings } from "./recorded-project.ts";

const opened: TemporaryProject[] = [];
afterEach(async () => {
  for (const project of opened.splice(0)) await project.remove();
});

/** One module that its recording builds, `greet`, and one without a recording when `files` add it. */
async function open(files: Readonly<Record<string, string>> = {}): Promise<TemporaryProject> {
  const project = await createTemporaryProject(
    {
      "jaunt.toml": '[llm]\nprovider = "replay"\n',
      "package.json": '{ "name": "json", "private": true, "type": "module" }',
      "tsconfig.json": tsconfig(),
      "src/greet.jaunt.ts": "/** Hello, and the name! */\nexport declare function greet(name: string): string;\n",
      ...recordings({ "src/greet": "export function greet(name: string): string {\n  return `Hello, ${name}!`;\n}" }),
      ...files,
    },
    { nodeModules: true },
  );
  opened.push(project);
  return project;
}

const broken = { "src/lost.jaunt.ts": "/** Nobody recorded it. */\nexport declare function lost(): number;\n" };
const syntax = { "src/greet.jaunt.ts": "export declare function (" };

/** Whole documents, the latest of each kind that shows most, for the page. */
const examples = new Map<string, unknown>();

async function run(project: TemporaryProject, args: readonly string[], options = {}): Promise<ProcessResult> {
  const result = await runJaunt(project.root, args, options);
  expect(documentProblems(args, result.stdout), result.stdout).toEqual([]);
  return result;
}

function remember(name: string, result: ProcessResult, project: TemporaryProject): void {
  examples.set(name, settled(result.json(), project.root));
}

/** What differs from run to run, made equal. */
function settled(value: unknown, root: string): unknown {
  const text = JSON.stringify(value)
    .replaceAll(JSON.stringify(root).slice(1, -1), "/project")
    .replaceAll(/"(duration_seconds|duration_ms)":[\d.e-]+/g, '"$1":0.1')
    .replaceAll(/"since":"\d{4}-\d\d-\d\d"/g, '"since":"2026-11-21"')
    .replaceAll(/"at":"[^"]+"/g, '"at":"2026-11-21T09:30:00.000Z"')
    .replaceAll(/"run":"[^"]+"/g, '"run":"5f0c7a1e-8a0b-4c43-9d3c-0f6f1d0c2b11"')
    .replaceAll(/"(estimated_input_tokens|input_tokens|seq)":\d+/g, '"$1":42')
    .replaceAll(/"bytes":\d+/g, '"bytes":1024')
    .replaceAll(/_bytes":\d+/g, '_bytes":1024')
    .replaceAll(/v?\d+\.\d+\.\d+(?=[" ,])/g, "1.0.0");
  return JSON.parse(text) as unknown;
}

describe("what a command prints with --json is as published", () => {
  test("from an empty folder to a built project", async () => {
    const project = await open();
    await project.remove("jaunt.toml");
    const init = await run(project, ["init", "--yes", "--provider", "replay", "--json"]);
    expect(init.exitCode).toBe(0);
    remember("init", init, project);
    const commands: readonly (readonly [string, readonly string[]])[] = [
      ["sync", ["sync"]],
      ["plan", ["plan"]],
      ["plan", ["build", "--dry-run"]],
      ["build", ["build"]],
      ["status", ["status"]],
      ["why", ["why", "src/greet"]],
      ["check", ["check"]],
      ["lint", ["lint"]],
      ["doctor", ["doctor"]],
      ["instructions", ["instructions"]],
      ["skill", ["skill", "export", "--dry-run"]],
      ["cache", ["cache", "info"]],
      ["cache", ["cache", "prune"]],
      ["clean", ["clean", "--dry-run"]],
      ["cache", ["cache", "clear"]],
      ["clean", ["clean"]],
      ["version", ["--version"]],
      ["help", ["status", "--help"]],
    ];
    for (const [name, args] of commands) {
      const result = await run(project, [...args, "--json"]);
      expect(result.json(), result.stderr).toMatchObject({
        schema: `jaunt.${name}/1`,
        command: name === "help" ? "status" : name,
      });
      if (!examples.has(name)) remember(name, result, project);
    }
  });

  test("of states that are not current", async () => {
    const project = await open();
    await run(project, ["build", "--json"]);
    await project.write(
      "src/greet.jaunt.ts",
      "/** Hello, and the name? */\nexport declare function greet(name: string): string;\n",
    );
    await project.write("src/__generated__/gone.ts", await project.read("src/__generated__/greet.ts"));
    const status = await run(project, ["status", "--json"]);
    expect(status.json()).toMatchObject({ modules: { "src/greet": { status: "stale" } } });
    remember("status", status, project);
    remember("why", await run(project, ["why", "src/greet", "--json"]), project);
    remember("plan", await run(project, ["plan", "--json"]), project);
    const check = await run(project, ["check", "--json"]);
    expect(check.exitCode).toBe(3);
    remember("check", check, project);
  });

  test("guard, over what is staged", async () => {
    const project = await open();
    await run(project, ["build", "--json"]);
    const git = (...args: readonly string[]): Promise<ProcessResult> =>
      runProcess("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: project.root });
    await git("init", "-q");
    await git("add", "-A");
    const clean = await run(project, ["guard", "--git", "--json"]);
    expect(clean.json()).toMatchObject({ schema: "jaunt.guard/1", ok: true });
    const path = "src/__generated__/greet.ts";
    await project.write(path, (await project.read(path)).replace("`Hello", "`Goodbye"));
    await git("add", "-A");
    const refused = await run(project, ["guard", "--git", "--json"]);
    expect(refused.json()).toMatchObject({ ok: false });
    remember("guard", refused, project);
  });

  test("watch, when it is stopped", async () => {
    const project = await open();
    const running = startJaunt(project.root, ["watch", "--json"]);
    await waitFor(() => running.output().stderr.includes("watching"), { timeoutMs: 20_000 });
    running.kill("SIGINT");
    const result = await running.finished;
    expect(documentProblems(["watch", "--json"], result.stdout)).toEqual([]);
    expect(result.json()).toMatchObject({ command: "watch", totals: { generated: 1 } });
    remember("watch", result, project);
  });
});

describe("what a failure prints with --json is as published, with its exit code and the next command", () => {
  const failures: readonly (readonly [
    name: string,
    files: Readonly<Record<string, string>>,
    args: readonly string[],
    exitCode: number,
    expected: object,
  ])[] = [
    ["an unknown command", {}, ["biuld"], 2, { error: { code: "usage" } }],
    ["an unknown option", {}, ["build", "--fast"], 2, { error: { code: "usage", next: "jaunt build --help" } }],
    ["--json with --events", {}, ["build", "--events"], 2, { error: { code: "usage" } }],
    [
      "--events of a command without any",
      {},
      ["status", "--events"],
      2,
      { error: { code: "usage", next: "jaunt status --json" } },
    ],
    [
      "a folder that is not there",
      {},
      ["status", "--root", "nowhere"],
      2,
      { error: { code: "root-missing", next: null } },
    ],
    ["a broken configuration", { "jaunt.toml": "[llm\n" }, ["build"], 2, { error: { code: "config-syntax" } }],
    ["an unknown key", { "jaunt.toml": "[lmm]\n" }, ["build"], 2, { error: { code: "config-unknown-key" } }],
    [
      "an unknown module",
      {},
      ["build", "--target", "src/nothing"],
      2,
      { error: { code: "unknown-selector", next: "jaunt status" } },
    ],
    ["a spec that cannot be read", syntax, ["build"], 2, { command: "build" }],
    ["a spec that cannot be read, of status", syntax, ["status"], 2, { command: "status" }],
    [
      "a module that cannot be generated",
      broken,
      ["build"],
      3,
      { failed: [{ module: "src/lost", outcome: "failed" }] },
    ],
    ["drift", {}, ["check"], 3, { ok: false }],
    [
      "a reply that is not cached",
      { "jaunt.toml": `[llm]\nprovider = "litellm"\nmodel = "m"\nbase_url = "http://127.0.0.1:9"\n` },
      ["build", "--offline"],
      3,
      { command: "build" },
    ],
    ["a revision without a repository", {}, ["check", "--since", "main"], 2, { command: "check" }],
    ["nothing to go on with", {}, ["build", "--resume"], 2, { command: "build" }],
    [
      "a provider that is not there",
      { "jaunt.toml": '[llm]\nprovider = "@acme/none"\n' },
      ["build"],
      2,
      { error: { code: "provider-missing" } },
    ],
    [
      "a provider without a key",
      { "jaunt.toml": '[llm]\nprovider = "anthropic"\n' },
      ["build"],
      2,
      { error: { code: "provider-key-missing", next: "jaunt doctor" } },
    ],
    [
      "something else in the cache folder",
      { "jaunt.toml": '[llm]\nprovider = "replay"\n[cache]\ndir = "src"\n' },
      ["cache", "clear"],
      2,
      { error: { code: "cache-not-ours" } },
    ],
  ];

  test.each(failures)("%s", async (_name, files, args, exitCode, expected) => {
    const project = await open(files);
    const result = await run(project, [...args, "--json"]);
    expect(result.json()).toMatchObject(expected);
    expect(result.exitCode, result.stdout).toBe(exitCode);
    const { error } = result.json() as { readonly error?: { readonly exit_code: number } };
    if (error !== undefined) expect(error.exit_code).toBe(exitCode);
    expect(result.stderr).not.toMatch(/^\s+at .+:\d+:\d+/m);
    if (expected === failures[7]?.[4]) remember("error", result, project);
  });

  test("a bug, and one that says why by its causes", async () => {
    const plugin = `export const keyEnvironment = [];
export const keyRequired = () => false;
export const createBackend = () => { throw new Error("odd", { cause: new Error("odder") }); };
`;
    const project = await open({ "jaunt.toml": '[llm]\nprovider = "./odd.mjs"\n', "odd.mjs": plugin });
    const result = await run(project, ["build", "--json"]);
    expect(result.exitCode).toBe(1);
    expect(result.json()).toMatchObject({
      error: { code: "internal-error", cause: "odder", exit_code: 1, next: "jaunt doctor" },
    });
  });

  test.skipIf(process.platform === "win32")("an interrupt", async () => {
    const deaf = `export const keyEnvironment = [];
export const keyRequired = () => false;
export const createBackend = (setup) => ({ apiVersion: 1, name: setup.provider, generate: () => new Promise(() => {}) });
`;
    const project = await open({ "jaunt.toml": '[llm]\nprovider = "./deaf.mjs"\n', "deaf.mjs": deaf });
    const running = startJaunt(project.root, ["build", "--json"]);
    await waitFor(() => running.output().stderr.includes("started"), { timeoutMs: 20_000 });
    running.kill("SIGINT");
    const result = await running.finished;
    expect(result.exitCode).toBe(130);
    expect(documentProblems(["build", "--json"], result.stdout)).toEqual([]);
  });
});

describe("--events", () => {
  interface Line {
    readonly type: string;
    readonly seq: number;
    readonly run: string;
    readonly module?: string;
    readonly schema: string;
  }

  const linesOf = (stdout: string): readonly Line[] =>
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);

  test("tells of a build event by event, and ends with its report", async () => {
    const project = await open(broken);
    const result = await run(project, ["build", "--events"]);
    expect(result.exitCode).toBe(3);
    const lines = linesOf(result.stdout);
    const events = lines.slice(0, -1);
    expect(lines.at(-1)).toMatchObject({ schema: "jaunt.build/1", generated: ["src/greet"] });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(new Set(events.map(({ run }) => run)).size).toBe(1);
    expect(events[0]).toMatchObject({ type: "run-start", command: "build" });
    expect(events.at(-1)).toMatchObject({ type: "run-end", ok: false });
    const ends = events.filter(({ type }) => type === "module-end");
    expect(ends.find(({ module }) => module === "src/greet")).toMatchObject({ outcome: "built", cost: 0 });
    expect(ends.find(({ module }) => module === "src/lost")).toMatchObject({ outcome: "failed" });
    examples.set(
      "event",
      settled(
        ends.find(({ module }) => module === "src/greet"),
        project.root,
      ),
    );
  });

  test("ends with the error that stopped the command", async () => {
    const project = await open({ "jaunt.toml": "[llm\n" });
    const result = await run(project, ["build", "--events"]);
    expect(linesOf(result.stdout)).toMatchObject([{ schema: "jaunt.error/1", command: "build" }]);
    expect(result.exitCode).toBe(2);
  });

  test.skipIf(process.platform === "win32")("of an interrupted build are whole lines, the report last", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `m${String(index)}`);
    const specs = names.map((name) => [
      `src/${name}.jaunt.ts`,
      `/** A number. */\nexport declare function ${name}(): number;\n`,
    ]);
    const slow = `export const keyEnvironment = [];
export const keyRequired = () => false;
const reply = ({ label }) => ({ text: "\`\`\`ts\\nexport function " + label.slice(4) + "(): number {\\n  return 1;\\n}\\n\`\`\`", channel: "text", finish: "stop", usage: { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 }, model: "slow" });
export const createBackend = (setup) => ({ apiVersion: 1, name: setup.provider, generate: (request) => new Promise((resolve) => setTimeout(() => resolve(reply(request)), 60)) });
`;
    const project = await open({
      "jaunt.toml": '[llm]\nprovider = "./slow.mjs"\n',
      "slow.mjs": slow,
      ...Object.fromEntries(specs),
    });
    const running = startJaunt(project.root, ["build", "--events", "--jobs", "2"]);
    await waitFor(() => running.output().stdout.includes('"module-end"'), { timeoutMs: 20_000 });
    running.kill("SIGINT");
    const result = await running.finished;
    expect(result.exitCode).toBe(130);
    expect(documentProblems(["build", "--events"], result.stdout)).toEqual([]);
    const last = linesOf(result.stdout).at(-1);
    expect(["jaunt.build/1", "jaunt.error/1"]).toContain(last?.schema);
  });

  test.skipIf(process.platform === "win32")("of a watch come as they happen", async () => {
    const project = await open();
    const running = startJaunt(project.root, ["watch", "--events"]);
    await waitFor(() => running.output().stdout.includes('"watch-idle"'), { timeoutMs: 20_000 });
    await writeFile(join(project.root, "src/more.jaunt.ts"), broken["src/lost.jaunt.ts"]);
    await waitFor(() => running.output().stdout.includes('"watch-change"'), { timeoutMs: 20_000 });
    running.kill("SIGINT");
    const result = await running.finished;
    expect(documentProblems(["watch", "--events"], result.stdout)).toEqual([]);
    expect(linesOf(result.stdout).at(-1)).toMatchObject({ schema: "jaunt.watch/1" });
  });
});

test("docs/json.md is made of the schemas, and of these documents (`npm run docs` writes it)", async (context) => {
  // A part of the runs above gives a part of the examples.
  const missing = Object.keys(documentSchemas).filter((name) => !examples.has(name) && name !== "test");
  if (missing.length > 0) return context.skip(`no example of ${missing.join(", ")}`);
  await expect(renderJsonPage(examples)).toMatchFileSnapshot(join(repositoryRoot(), "docs", "json.md"));
});
