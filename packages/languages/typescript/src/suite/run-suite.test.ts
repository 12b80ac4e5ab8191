import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ExecOptions, ExecResult, Layout, SuiteRun, TargetIo } from "@jaunt/core";
import { createTemporaryProject, type TemporaryProject } from "@jaunt/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import type { SuiteLimits } from "./suite-limits.ts";
import { runSuite } from "./run-suite.ts";

/* What only small limits and false runners show; the rest is in tests/e2e/suite.test.ts, with the orchestrator's processes. */

const runners = ["vitest", "node:test"] as const;
const path = "tests/a.test.ts";

describe.each(runners)("%s", (testRunner) => {
  const head = `import { test } from "${testRunner}";\n`;

  test("a test that never gives back control is a failure, and the run ends", async () => {
    const { tests, diagnostics } = await run(
      { [path]: `${head}test("quick", () => {});\ntest("endless", () => { for (;;); });\n` },
      testRunner,
      { file: 2500, quiet: 1500, test: 1_000_000 },
      testRunner === "vitest" ? ["--testTimeout=500"] : [],
    );
    expect(tests.filter(({ name, outcome }) => name === "endless" && outcome !== "failed")).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: "suite/ended-early", severity: "error", file: path }]);
    expect(diagnostics[0]?.message).toMatch(/a\.test\.ts did (?:not end within 2\.5 s|nothing for 2 s)/);
  });

  test("no files are no run", async () => {
    expect(await run({}, testRunner, {}, [], [])).toEqual({ tests: [], diagnostics: [] });
  });

  test.each<[what: string, result: Partial<ExecResult>, says: RegExp]>([
    ["nothing and 0", {}, /without|no result|without a word/],
    ["garbage", { channel: "\u0000\u0001{{{\n" }, /cannot be read/],
    ["JSON that is no event", { channel: '{"ok":true}\n[1]\nnull\n' }, /cannot be read/],
    ["an event that was cut off", { channel: '{"event":"test","name":"one","outc' }, /cannot be read/],
    ["an error and 1", { exitCode: 1, stderr: "Error: out of luck\n    at x\n" }, /out of luck|exit code 1/],
    ["a death by a signal", { exitCode: null }, /was killed/],
    ["more than anybody reads", { exitCode: null, exceeded: "output" }, /wrote more/],
  ])("a runner that gives %s passes nothing", async (_what, result, says) => {
    const { tests, diagnostics } = await run(
      { [path]: `${head}test("one", () => {});\n` },
      testRunner,
      {},
      [],
      [path],
      () => Promise.resolve({ exitCode: 0, stdout: "", stderr: "", timedOut: false, channel: "", ...result }),
    );
    expect(tests.filter(({ outcome }) => outcome === "passed")).toEqual([]);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ severity: "error", message: expect.stringMatching(says) });
  });
});

test("a test of node:test that leaves work behind ends with its file", async () => {
  const { tests, diagnostics } = await run(
    {
      [path]:
        'import { test } from "node:test";\ntest("quick", () => {});\ntest("endless", () => new Promise((done) => setTimeout(done, 1e6)));\n',
    },
    "node:test",
    { file: 2000 },
  );
  expect(tests).toMatchObject([
    { name: "quick", outcome: "passed" },
    { name: "endless", outcome: "failed", message: "the file did not end within 2 s while this test ran" },
  ]);
  expect(diagnostics).toHaveLength(1);
});

test("jobs limit how many files of node:test run at once", async () => {
  const files = Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [`tests/${name}.test.ts`, "export {};\n"]));
  let running = 0;
  let most = 0;
  await run(files, "node:test", {}, [], Object.keys(files), async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 20));
    running -= 1;
    return { exitCode: 0, stdout: "", stderr: "", timedOut: false, channel: "" };
  });
  expect(most).toBe(2);
});

async function run(
  files: Readonly<Record<string, string>>,
  testRunner: Layout["testRunner"],
  limits: Partial<SuiteLimits> = {},
  args: readonly string[] = [],
  paths: readonly string[] = Object.keys(files),
  exec?: TargetIo["exec"],
): Promise<SuiteRun> {
  const project = await createTemporaryProject(
    { "package.json": '{ "type": "module" }', ...files },
    { nodeModules: ["vitest"] },
  );
  onTestFinished(() => project.remove());
  const layout: Layout = {
    sourceRoots: ["src"],
    testRoots: ["tests"],
    generatedDir: "__generated__",
    testRunner,
    settings: {},
  };
  return runSuite(paths, { args, jobs: 2 }, layout, ioOf(project, exec), limits);
}

function ioOf(
  project: TemporaryProject,
  exec: TargetIo["exec"] = (argv, options) => start(project, argv, options),
): TargetIo {
  return {
    root: project.root,
    signal: new AbortController().signal,
    exec,
    readText(file) {
      try {
        return readFileSync(join(project.root, file), "utf8");
      } catch {
        return undefined;
      }
    },
  };
}

/** As much of what the orchestrator does as these tests need. */
async function start(
  project: TemporaryProject,
  [command = "", ...args]: readonly string[],
  { files = new Map(), input = "", timeoutMs = 100_000 }: ExecOptions = {},
): Promise<ExecResult> {
  for (const [file, text] of files) await project.write(file, text);
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/VITEST|^TEST$|^NODE_/.test(name)));
  const child = spawn(command, args, {
    cwd: project.root,
    env,
    stdio: ["pipe", "pipe", "pipe", "ignore", "pipe"],
    detached: true,
  });
  child.stdin?.end(input);
  const written = ["", "", "", "", ""];
  for (const at of [1, 2, 4]) child.stdio[at]?.on("data", (chunk: Buffer) => (written[at] += chunk.toString()));
  const killGroup = (): void => {
    try {
      process.kill(-(child.pid ?? 0), "SIGKILL");
    } catch {
      // All of it has ended.
    }
  };
  // A worker in an endless loop outlives the runner that gave it up.
  child.once("exit", killGroup);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup();
  }, timeoutMs);
  const exitCode = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearTimeout(timer);
  return { exitCode, stdout: written[1] ?? "", stderr: written[2] ?? "", timedOut, channel: written[4] ?? "" };
}
