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
import { afterEach, describe, expect, test, type TestContext } from "vitest";
import { documentProblems, problemsOfDocument } from "../documents.ts";
import { renderJsonPage } from "../json-page.ts";
import { listCommands } from "../list-commands.ts";
import { tsconfig } from "./fixture.ts";
import { openSession } from "./mcp-session.ts";
import { recordings } from "./recorded-project.ts";

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
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
  opened.push(() => project.remove());
  return project;
}

const broken = { "src/lost.jaunt.ts": "/** Nobody recorded it. */\nexport declare function lost(): number;\n" };
const syntax = { "src/greet.jaunt.ts": "export declare function (" };

/** Command lines that printed a report, not an error. */
const reported: string[] = [];

/** Whole documents, the latest of each kind that shows most, for the page. */
const examples = new Map<string, unknown>();

async function run(project: TemporaryProject, args: readonly string[], options = {}): Promise<ProcessResult> {
  const result = await runJaunt(project.root, args, options);
  return published(args, result);
}

function published(args: readonly string[], result: ProcessResult): ProcessResult {
  expect(documentProblems(args, result.stdout), result.stdout).toEqual([]);
  const last = JSON.parse(result.stdout.trimEnd().split("\n").at(-1) ?? "") as { readonly schema: string };
  if (!/^jaunt\.(error|help)\//.test(last.schema)) reported.push(args.join(" "));
  return result;
}

function remember(name: string, result: ProcessResult, project: TemporaryProject): void {
  examples.set(name, settled(result.json(), project.root));
}

/** What differs from run to run, made equal. */
function settled(value: unknown, root: string): unknown {
  const text = JSON.stringify(value)
    .replaceAll(JSON.stringify(root).slice(1, -1), "/project")
    .replaceAll(/"(duration_seconds|duration_ms|elapsed_seconds)":[\d.e-]+/g, '"$1":0.1')
    .replaceAll(/"since":"\d{4}-\d\d-\d\d"/g, '"since":"2026-11-21"')
    .replaceAll(/"at":"[^"]+"/g, '"at":"2026-11-21T09:30:00.000Z"')
    .replaceAll(/"run":"[^"]+"/g, '"run":"5f0c7a1e-8a0b-4c43-9d3c-0f6f1d0c2b11"')
    .replaceAll(/"(estimated_input_tokens|input_tokens|seq)":\d+/g, '"$1":42')
    .replaceAll(/"input":\d{3,}/g, '"input":1200')
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
    expect(published(["watch", "--json"], result).json()).toMatchObject({ command: "watch", totals: { generated: 1 } });
    remember("watch", result, project);
  });
});

describe("what a test run prints with --json is as published", () => {
  const fee = `/**
 * What it costs to send goods: nothing from 50 on.
 * @example fee(100) // => 0
 */
export declare function fee(total: number): number;
`;
  const testOf = (name: string, target: string, words: string): string => `import { test } from "@jaunt/spec";
import { ${target} } from "../src/${target}.js";

/** ${words} */
export function ${name}(): void {
  test(${target});
}
`;
  const tested = {
    "jaunt.toml": '[llm]\nprovider = "replay"\n[test]\nrunner = "node:test"\n',
    "tsconfig.json": tsconfig({ rootDir: "." }, { include: ["src", "tests"] }),
    "src/fee.jaunt.ts": fee,
    "tests/fee.jaunt.ts": testOf("chargesForLittle", "fee", "Less than 50 costs something."),
    "tests/greet.jaunt.ts": testOf("asksWhoItIs", "greet", "A greeting ends in a question mark."),
    ...recordings({
      "src/fee": "export function fee(total: number): number {\n  return total >= 50 ? 0 : 5;\n}",
      "tests/fee": `import assert from "node:assert/strict";

export function chargesForLittle(): void {
  assert.ok(fee(1) > 0);
}`,
      "tests/greet": `import assert from "node:assert/strict";

export function asksWhoItIs(): void {
  assert.ok(greet("Ann").endsWith("?"), "It ends in something else.");
}`,
    }),
  };

  test("with mutants, and a test that fails: exit code 4", async () => {
    const project = await open(tested);
    const result = await run(project, ["test", "--mutants", "--json"]);
    expect(result.json(), result.stderr).toMatchObject({
      runner: "node:test",
      build: { generated: ["src/fee", "src/greet"] },
      generated: ["tests/fee", "tests/greet"],
      counts: { passed: 2, failed: 1, skipped: 0 },
      mutation: [{ ref: "src/fee:fee" }],
    });
    expect(result.exitCode).toBe(4);
    remember("test", result, project);
  });

  test.each([
    ["all tests pass", ["--target", "tests/fee"], 0, { counts: { passed: 1, failed: 0 } }],
    ["nothing may be built first", ["--no-build"], 3, { failed: [{ module: "tests/fee" }, { module: "tests/greet" }] }],
    ["nothing may be asked for", ["--target", "tests/none"], 2, { error: { code: "unknown-selector" } }],
  ])("when %s", async (_when, args, exitCode, expected) => {
    const project = await open(tested);
    const result = await run(project, ["test", ...args, "--json"]);
    expect(result.json(), result.stderr).toMatchObject(expected);
    expect(result.exitCode).toBe(exitCode);
  });

  test("event by event", async () => {
    const project = await open(tested);
    const { stdout, exitCode } = await run(project, ["test", "--events"]);
    expect(stdout).toContain('"type":"test-result"');
    expect(exitCode).toBe(4);
  });
});

test("what tools of the MCP server answer is as published", async () => {
  const project = await open({ "jaunt.toml": '[llm]\nprovider = "anthropic"\nmodel = "any"\n' });
  const session = await openSession(project.root);
  opened.push(() => session.close());
  for (const [name, tool, input] of [
    ["spec-info", "jaunt_spec_info", { module: "src/greet" }],
    ["job", "jaunt_build", { mode: "delegate" }],
  ] as const) {
    const { structured } = await session.call(tool, input);
    expect(problemsOfDocument(structured)).toEqual([]);
    examples.set(name, settled(structured, project.root));
  }
  expect(examples.get("job")).toMatchObject({ state: "running", pending: [{ module: "src/greet" }] });
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

  test("a broken configuration, in every command", async () => {
    const project = await open({ "jaunt.toml": "[llm\n" });
    for (const command of await listCommands(project.root)) {
      if (servers.has(command)) continue;
      const result = await run(project, [...command.split(" "), "--json"]);
      const { error } = result.json() as { readonly error?: { readonly exit_code: number } };
      expect([0, 2], command).toContain(result.exitCode);
      if (error !== undefined) expect(error.exit_code, command).toBe(result.exitCode);
      expect(result.stderr, command).not.toMatch(/^\s+at .+:\d+:\d+/m);
    }
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

/** They speak a protocol of their own on standard output, whatever the options say. */
const servers: ReadonlySet<string> = new Set(["mcp serve"]);

test("a report of every command was looked at", async (context) => {
  if (isPartialRun(context)) return context.skip("A part of the tests above looks at a part of the commands.");
  const commands = await listCommands(repositoryRoot());
  expect(commands).toEqual(expect.arrayContaining(["build", "cache info"]));
  const missing = commands.filter(
    (command) => !servers.has(command) && !reported.some((line) => `${line} `.startsWith(`${command} `)),
  );
  expect(missing).toEqual([]);
});

test("docs/json.md is made of the schemas, and of these documents (`npm run docs` writes it)", async (context) => {
  if (isPartialRun(context)) return context.skip("A part of the tests above gives a part of the examples.");
  expect(Object.keys(documentSchemas).filter((name) => !examples.has(name))).toEqual([]);
  await expect(renderJsonPage(examples)).toMatchFileSnapshot(join(repositoryRoot(), "docs", "json.md"));
});

/** Whether tests of this file are left out: by `-t`, by `.only`, or because this system cannot run them. */
function isPartialRun({ task }: TestContext): boolean {
  type Task = (typeof task.file.tasks)[number];
  const isLeftOut = (each: Task): boolean => (each.type === "suite" ? each.tasks.some(isLeftOut) : each.mode !== "run");
  return task.file.tasks.some(isLeftOut);
}
