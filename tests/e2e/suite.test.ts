import { fileURLToPath } from "node:url";
import type { SuiteRun, SuiteTest } from "@jaunt/core";
import {
  createTemporaryProject,
  runProcess,
  startProcess,
  waitFor,
  type RunningProcess,
  type TemporaryProject,
} from "@jaunt/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { tsconfig } from "./fixture.ts";
import { testedNodes } from "./nodes.ts";

/*
 * The target's `test` on real projects: both runners, under the Node that runs this and under a current one. Everything is real: the
 * project's own runner, the orchestrator's processes, the built packages.
 */

const program = fileURLToPath(new URL("run-suite.mjs", import.meta.url));

const runners = ["vitest", "node:test"] as const;
type Runner = (typeof runners)[number];

const matrix = testedNodes.flatMap((tested) => runners.map((runner) => ({ ...tested, runner })));

describe.each(matrix)("$runner on $name", ({ name, node, missing, runner }) => {
  const suite = (
    title: string,
    body: (open: (files: Files, options?: Partial<RunOptions>) => Promise<Opened>) => Promise<void>,
  ): void =>
    test(title, async (context) => {
      context.skip(missing !== undefined, `${name} is not there: ${missing}`);
      await body((files, options) => openSuite(files, runner, { node, ...options }));
    });

  suite("passing, failing and skipped tests are told apart, flat and in groups", async (open) => {
    const { run, failure } = await open({
      "tests/__generated__/double.test.ts": `${head(runner)}
import { double } from "../../src/math.js";
export function doubles(): void {
  assert.equal(double(2), 4);
}
test("doubles", doubles);
export async function fails(): Promise<void> {
  await Promise.resolve();
  assert.deepEqual({ value: double(2) }, { value: 5 });
}
test("fails", fails);
test.skip("left out", () => {});
`,
      "tests/__generated__/examples/double.test.ts": `${head(runner)}
describe("double", () => {
  test("double(2) // => 4", () => {
    assert.equal(4, 4);
  });
  test('says "why"', () => {
    assert.equal(1, 2, "one is not two");
  });
});
`,
    });
    expect(run.diagnostics).toEqual([]);
    expect(outcomes(run)).toEqual([
      "tests/__generated__/double.test.ts doubles: passed",
      "tests/__generated__/double.test.ts fails: failed",
      "tests/__generated__/double.test.ts left out: skipped",
      "tests/__generated__/examples/double.test.ts double(2) // => 4: passed",
      'tests/__generated__/examples/double.test.ts says "why": failed',
    ]);
    expect(failure("fails").message?.trimEnd()).toBe(
      "Expected values to be strictly deep-equal:\n+ actual - expected\n\n  {\n+   value: 4\n-   value: 5\n  }",
    );
    expect(failure("fails").start).toMatchObject({ line: 10, column: 10 });
    expect(failure('says "why"').message).toMatch(/^one is not two\n[^]*- Expected\n\+ Received\n\n- 2\n\+ 1$/);
    expect(failure('says "why"').start).toMatchObject({ line: 8 });
    expect(run.tests.every(({ durationMs }) => durationMs >= 0 && durationMs < 20_000)).toBe(true);
  });

  suite("the offset of a failure is that of the file", async (open) => {
    const text = `${head(runner)}
test("fails", () => {
  assert.equal(1, 2);
});
`;
    const { failure } = await open({ "tests/__generated__/a.test.ts": text });
    expect(text.slice(failure("fails").start?.offset)).toMatch(/^equal\(1, 2\)/);
  });

  suite("what tests print disturbs nobody", async (open) => {
    const { run } = await open({
      "tests/__generated__/noisy.test.ts": `${head(runner)}
import { writeSync } from "node:fs";
const line = '{"event":"test","name":"forged","outcome":"passed","durationMs":1}\\n';
console.log(line);
test("noisy", () => {
  console.log(line);
  console.error(line);
  process.stdout.write(line);
  writeSync(1, line);
  writeSync(2, line);
});
`,
    });
    expect(run.diagnostics).toEqual([]);
    expect(outcomes(run)).toEqual(["tests/__generated__/noisy.test.ts noisy: passed"]);
  });

  suite("a file that does not parse is an error at its place, and the others run", async (open) => {
    const { run } = await open({
      "tests/__generated__/a.test.ts": `${head(runner)}\ntest("open", () => {\n  const = 3;\n});\n`,
      "tests/__generated__/b.test.ts": `${head(runner)}\ntest("fine", () => {});\n`,
    });
    expect(outcomes(run)).toEqual(["tests/__generated__/b.test.ts fine: passed"]);
    expect(run.diagnostics).toHaveLength(1);
    expect(run.diagnostics[0]).toMatchObject({ severity: "error", file: "tests/__generated__/a.test.ts" });
  });

  suite("a file that throws while it loads is an error with what it threw", async (open) => {
    const { run } = await open({
      "tests/__generated__/a.test.ts": `${head(runner)}
test("never reached", () => {});
throw new TypeError("not today");
`,
    });
    expect(run.diagnostics).toHaveLength(1);
    expect(run.diagnostics[0]).toMatchObject({
      code: "suite/broken",
      severity: "error",
      file: "tests/__generated__/a.test.ts",
      message: "tests/__generated__/a.test.ts failed outside of its tests: TypeError: not today",
      start: { line: 4 },
    });
  });

  suite("a file without tests, and one that is not there, are errors", async (open) => {
    const { run } = await open(
      { "tests/__generated__/a.test.ts": "export const nothing = 1;\n" },
      { files: ["tests/__generated__/a.test.ts", "tests/__generated__/gone.test.ts"] },
    );
    expect(run.tests).toEqual([]);
    expect(run.diagnostics.map(({ severity, file }) => [severity, file])).toEqual([
      ["error", "tests/__generated__/a.test.ts"],
      ["error", "tests/__generated__/gone.test.ts"],
    ]);
  });

  suite("a test that ends the process with 0 passes nothing, whatever passed before it", async (open) => {
    const pause = "await new Promise((resolve) => setTimeout(resolve, 200));";
    const { run } = await open({
      "tests/__generated__/a.test.ts": `${head(runner)}
test("first", async () => { ${pause} });
test("leaves", async () => {
  ${pause}
  process.exit(0);
});
test("stays", () => {});
`,
      "tests/__generated__/b.test.ts": `${head(runner)}
test("first", async () => { ${pause} });
test("leaves for good", async () => {
  ${pause}
  (process as unknown as { reallyExit(code: number): void }).reallyExit(0);
});
`,
    });
    expect(outcomes(run).filter((line) => line.endsWith("passed") && line.includes("leaves"))).toEqual([]);
    for (const file of ["a", "b"].map((name) => `tests/__generated__/${name}.test.ts`)) {
      const failures = run.tests.filter((each) => each.file === file && each.outcome === "failed");
      const errors = run.diagnostics.filter((each) => each.file === file);
      expect({ file, found: [...failures, ...errors] }).not.toEqual({ file, found: [] });
    }
  });

  suite("an error after the end of a test is an error", async (open) => {
    const { run } = await open({
      "tests/__generated__/a.test.ts": `${head(runner)}
test("starts something", () => {
  setTimeout(() => {
    throw new Error("too late");
  }, 1);
});
test("waits", () => new Promise((resolve) => setTimeout(resolve, 100)));
`,
    });
    const said = [...run.diagnostics.map(({ message }) => message), ...run.tests.map(({ message }) => message ?? "")];
    expect(said.join("\n")).toContain("too late");
    expect(run.diagnostics.length + run.tests.filter(({ outcome }) => outcome === "failed").length).toBeGreaterThan(0);
  });

  suite("a test that waits for ever fails", async (open) => {
    const { run } = await open(
      {
        "tests/__generated__/a.test.ts": `${head(runner)}
test("quick", () => {});
test("endless", () => new Promise(() => {}));
`,
      },
      { args: [runner === "vitest" ? "--testTimeout=400" : "--test-timeout=1500"] },
    );
    expect(outcomes(run)).toContain("tests/__generated__/a.test.ts quick: passed");
    expect(outcomes(run)).not.toContain("tests/__generated__/a.test.ts endless: passed");
    expect(JSON.stringify(run)).toMatch(/timed out|still pending/);
  });

  suite("a test knows where its file lies, and what it imports, too", async (open) => {
    const { run } = await open({
      "src/where.ts": "export const where: string = import.meta.url;\n",
      "tests/__generated__/a.test.ts": `${head(runner)}
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { where } from "../../src/where.js";
test("places", () => {
  assert.equal(basename(dirname(fileURLToPath(import.meta.url))), "__generated__");
  assert.equal(basename(import.meta.dirname), "__generated__");
  assert.equal(basename(import.meta.filename), "a.test.ts");
  assert.match(where, /\\/src\\/where\\.ts$/);
});
`,
    });
    expect(run).toMatchObject({ tests: [{ name: "places", outcome: "passed" }], diagnostics: [] });
  });

  suite("the aliases of the project lead where they should", async (open) => {
    const { run } = await open({
      "tsconfig.json": tsconfig({ paths: { "@/*": ["./src/*"] } }, { include: ["src", "tests"] }),
      "vite.config.ts": `import { fileURLToPath } from "node:url";
export default { resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } } };
`,
      "tests/__generated__/a.test.ts": `${head(runner)}
import { double } from "@/math";
test("aliased", () => {
  assert.equal(double(3), 6);
});
`,
    });
    expect(run).toMatchObject({ tests: [{ name: "aliased", outcome: "passed" }], diagnostics: [] });
  });

  suite("a project of CommonJS files works", async (open) => {
    const { run } = await open({
      "package.json": '{ "private": true }',
      "src/place.ts": "export const place: string = __dirname;\n",
      "tests/__generated__/a.test.ts": `${head(runner)}
import { double } from "../../src/math";
import { place } from "../../src/place";
test("required", () => {
  assert.equal(double(3), 6);
  assert.match(place, /src$/);
  assert.match(__filename, /a\\.test\\.ts$/);
});
`,
    });
    expect(run).toMatchObject({ tests: [{ name: "required", outcome: "passed" }], diagnostics: [] });
  });

  suite("no key is in the environment of a test", async (open) => {
    const { run } = await open(
      {
        "tests/__generated__/a.test.ts": `${head(runner)}
test("keys", () => {
  assert.deepEqual(Object.keys(process.env).filter((name) => /KEY|TOKEN/.test(name)), []);
  assert.equal(process.env["JAUNT_TEST_PLAIN"], "here");
});
`,
      },
      { env: { ANTHROPIC_API_KEY: "sk-planted", GITHUB_TOKEN: "planted", JAUNT_TEST_PLAIN: "here" } },
    );
    expect(run).toMatchObject({ tests: [{ name: "keys", outcome: "passed" }], diagnostics: [] });
  });

  suite("an abort ends the run at once and leaves nothing behind", async (open) => {
    const { project, start } = await open(
      {
        "tests/__generated__/a.test.ts": `${head(runner)}
import { writeFileSync } from "node:fs";
test("endless", async () => {
  writeFileSync("started", String(process.pid));
  for (;;) await new Promise((resolve) => setTimeout(resolve, 10));
});
`,
      },
      { waits: true },
    );
    const running = start();
    await waitFor(() => project.exists("started"));
    const pid = Number(await project.read("started"));
    const since = Date.now();
    running.kill("SIGTERM");
    const { stdout } = await running.finished;
    expect(JSON.parse(lastLine(stdout))).toEqual({ thrown: "aborted" });
    expect(Date.now() - since).toBeLessThan(3000);
    await waitFor(() => !isAlive(pid));
    expect((await project.list()).filter((path) => path.startsWith(".jaunt/test"))).toEqual([]);
  });

  suite("further arguments reach the runner", async (open) => {
    const { run } = await open(
      {
        "tests/__generated__/a.test.ts": `${head(runner)}\ntest("one", () => {});\ntest("two", () => assert.fail("no"));\n`,
      },
      { args: runner === "vitest" ? ["-t", "one"] : ["--test-name-pattern=one"] },
    );
    expect(run.diagnostics).toEqual([]);
    expect(outcomes(run)).toEqual([
      "tests/__generated__/a.test.ts one: passed",
      "tests/__generated__/a.test.ts two: skipped",
    ]);
  });

  suite("a file of the project cannot be hidden, and nothing else is run", async (open) => {
    const { run, project } = await open({
      "vitest.config.ts": `export default { test: {
  include: ["src/**/*.spec.ts"], exclude: ["**/__generated__/**", "tests/**"], passWithNoTests: true, bail: 1,
  coverage: { enabled: true, thresholds: { lines: 100 } }, reporters: ["verbose"],
} };
`,
      "src/other.spec.ts": `${head(runner)}\ntest("other", () => assert.fail("not asked for"));\n`,
      "tests/__generated__/[id].test.ts": `${head(runner)}\ntest("hidden", () => {});\n`,
    });
    expect(run.diagnostics).toEqual([]);
    expect(outcomes(run)).toEqual(["tests/__generated__/[id].test.ts hidden: passed"]);
    expect((await project.list(".jaunt")).filter((path) => path.includes(".jaunt/test"))).toEqual([]);
  });
});

describe("vitest and what a project makes of it", () => {
  const open = (files: Files, options: Partial<RunOptions> = {}): Promise<Opened> =>
    openSuite(files, "vitest", { node: process.execPath, ...options });

  test("setup files, globals and global setup of the project go on working", async () => {
    const { run } = await open({
      "vitest.config.ts": `export default { test: {
  include: ["nothing"], setupFiles: ["./tests/setup.ts"], globalSetup: ["./tests/global.ts"], globals: true, environment: "node",
} };
`,
      "tests/setup.ts": "(globalThis as unknown as { prepared: string }).prepared = 'yes';\nbeforeEach(() => {});\n",
      "tests/global.ts": "export default function setup(): void { process.env.STARTED = 'yes'; }\n",
      "tests/__generated__/a.test.ts": `${head("vitest")}
test("prepared", () => {
  assert.equal((globalThis as unknown as { prepared: string }).prepared, "yes");
  assert.equal(process.env["STARTED"], "yes");
});
`,
    });
    expect(run).toMatchObject({ tests: [{ name: "prepared", outcome: "passed" }], diagnostics: [] });
  });

  test("of several projects the nearest runs a file, once", async () => {
    const { run } = await open({
      "vitest.config.ts": `export default { test: { projects: [
  "packages/*",
  { test: { name: "rest", include: ["src/**/*.spec.ts"], exclude: ["tests/**"], env: { PROJECT: "rest" } } },
] } };
`,
      "packages/a/vitest.config.ts":
        'export default { test: { name: "a", include: ["none"], env: { PROJECT: "a" } } };\n',
      "packages/b/vitest.config.ts":
        'export default { test: { name: "b", exclude: ["**"], env: { PROJECT: "b" } } };\n',
      "packages/a/tests/__generated__/a.test.ts": projectTest("a"),
      "packages/b/tests/__generated__/b.test.ts": projectTest("b"),
      "tests/__generated__/c.test.ts": projectTest("rest"),
    });
    expect(run.diagnostics).toEqual([]);
    expect(outcomes(run)).toEqual([
      "packages/a/tests/__generated__/a.test.ts in a: passed",
      "packages/b/tests/__generated__/b.test.ts in b: passed",
      "tests/__generated__/c.test.ts in rest: passed",
    ]);
  });

  test.each([
    ["package-lock.json", "npm install --save-dev vitest"],
    ["pnpm-lock.yaml", "pnpm add --save-dev vitest"],
    ["yarn.lock", "yarn add --dev vitest"],
    ["bun.lock", "bun add --dev vitest"],
  ])("without vitest in a project with %s the error says `%s`", async (lock, line) => {
    const { run } = await open(
      { [lock]: "", "tests/__generated__/a.test.ts": `${head("vitest")}\ntest("one", () => {});\n` },
      { packages: [] },
    );
    expect(run.tests).toEqual([]);
    expect(run.diagnostics).toMatchObject([{ code: "suite/runner-missing", severity: "error" }]);
    expect(run.diagnostics[0]?.hint).toContain(`\`${line}\``);
  });

  test("a vitest that is too old is an error with its version", async () => {
    const { run } = await open(
      {
        "node_modules/vitest/package.json":
          '{ "name": "vitest", "version": "2.1.9", "exports": { "./*": "./*", "./node": "./node.js" } }',
        "node_modules/vitest/node.js": "",
        "tests/__generated__/a.test.ts": `${head("vitest")}\ntest("one", () => {});\n`,
      },
      { packages: [] },
    );
    expect(run.diagnostics[0]?.message).toBe("The project has vitest 2.1.9; generated tests need vitest 3 or newer.");
  });

  test("a configuration that cannot be loaded is an error with its words", async () => {
    const { run } = await open({
      "vitest.config.ts": 'throw new Error("no configuration today");\n',
      "tests/__generated__/a.test.ts": `${head("vitest")}\ntest("one", () => {});\n`,
    });
    expect(run.tests).toEqual([]);
    expect(run.diagnostics).toMatchObject([{ code: "suite/runner-failed", severity: "error" }]);
    expect(run.diagnostics[0]?.message).toContain("no configuration today");
  });

  test("arguments that are no options are an error", async () => {
    const { run } = await open(
      { "tests/__generated__/a.test.ts": `${head("vitest")}\ntest("one", () => {});\n` },
      { args: ["somewhere"] },
    );
    expect(run.tests).toEqual([]);
    expect(run.diagnostics[0]?.message).toContain("These arguments of vitest are no options: somewhere");
  });
});

type Files = Readonly<Record<string, string>>;

interface RunOptions {
  readonly node: string;
  readonly files: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Packages to link besides those that every project needs. */
  readonly packages: readonly string[];
  /** Start it only when asked to. */
  readonly waits: boolean;
}

interface Opened {
  readonly project: TemporaryProject;
  readonly run: SuiteRun;
  /** The one failed test of this name. */
  failure(name: string): SuiteTest;
  start(): RunningProcess;
}

async function openSuite(files: Files, runner: Runner, options: Partial<RunOptions>): Promise<Opened> {
  const { node = process.execPath, args = [], env = {}, packages = ["vitest"], waits = false } = options;
  const project = await createTemporaryProject(
    {
      "jaunt.toml": `version = 1\n[test]\nrunner = "${runner}"\n`,
      "package.json": '{ "type": "module", "private": true }',
      "tsconfig.json": tsconfig({}, { include: ["src", "tests"] }),
      "src/half.jaunt.ts": "/** Half. */\nexport declare function half(value: number): number;\n",
      "src/math.ts": "export function double(value: number): number {\n  return value * 2;\n}\n",
      ...files,
    },
    { nodeModules: ["@jaunt/spec", "@types/node", "typescript", ...packages] },
  );
  onTestFinished(() => project.remove());
  const tests = options.files ?? Object.keys(files).filter((path) => path.includes("__generated__"));
  const argv = [program, JSON.stringify({ files: tests, args })];
  const start = (): RunningProcess => startProcess(node, argv, { cwd: project.root, env, timeoutMs: 100_000 });
  const run = waits ? { tests: [], diagnostics: [] } : await runToEnd(node, argv, project, env);
  return {
    project,
    run,
    start,
    failure(name) {
      const [found, ...others] = run.tests.filter((each) => each.name === name && each.outcome === "failed");
      if (found === undefined || others.length > 0)
        throw new Error(`${name} did not fail once: ${JSON.stringify(run)}`);
      return found;
    },
  };
}

async function runToEnd(
  node: string,
  argv: readonly string[],
  { root }: TemporaryProject,
  env: Readonly<Record<string, string>>,
): Promise<SuiteRun> {
  const { exitCode, stdout, stderr } = await runProcess(node, argv, { cwd: root, env, timeoutMs: 100_000 });
  expect([exitCode, stderr]).toEqual([0, ""]);
  return JSON.parse(lastLine(stdout)) as SuiteRun;
}

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? "";
}

function outcomes({ tests }: SuiteRun): readonly string[] {
  return tests.map(({ file, name, outcome }) => `${file} ${name}: ${outcome}`);
}

/** First lines of a generated test file: three of them. */
function head(runner: Runner): string {
  return `import assert from "node:assert/strict";\nimport { describe, test } from "${runner}";`;
}

function projectTest(project: string): string {
  return `${head("vitest")}\ntest("in ${project}", () => assert.equal(process.env["PROJECT"], "${project}"));\n`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
