import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BackendError, JauntError } from "@jaunt/core";
import type { BuildOptions, ProjectOptions } from "@jaunt/orchestrator";
import { describe, expect, onTestFinished, test } from "vitest";
import { runCli } from "./run-cli.ts";
import type { Services } from "./services.ts";
import { buildReport, createFakeServices, statusReport, type FakeMethods } from "./testing/fake-services.ts";
import { createFakeTerminal, type FakeTerminal, type FakeTerminalOptions } from "./testing/fake-terminal.ts";

function project(files: Readonly<Record<string, string>> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "jaunt-cli-")));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, text] of Object.entries({ "jaunt.toml": "version = 1\n", ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly terminal: FakeTerminal;
}

async function run(
  argv: readonly string[],
  methods: FakeMethods = {},
  options: FakeTerminalOptions & { readonly services?: Partial<Services> } = {},
): Promise<Outcome> {
  const { services = {}, ...terminalOptions } = options;
  const terminal = createFakeTerminal({ cwd: project(), ...terminalOptions });
  const code = await runCli(argv, terminal, createFakeServices(methods, services));
  return { code, stdout: terminal.stdout.text(), stderr: terminal.stderr.text(), terminal };
}

const builds: FakeMethods = {
  build: ({ onEvent }) => {
    onEvent?.({ type: "module-start", module: "src/a", reasons: ["never built"] });
    return Promise.resolve(buildReport({ generated: ["src/a"], duration_seconds: 1 }));
  },
};

describe("output", () => {
  test("of a command goes to standard output, its progress to standard error", async () => {
    expect(await run(["build"], builds)).toMatchObject({
      code: 0,
      stdout: "build: 1 module generated, 0 up to date in 1.0 s\n",
      stderr: "· src/a: started: never built\n",
    });
  });

  test.each([[["build", "--json"]], [["--json", "build"]], [["build", "--output", "json"]]])(
    "of %j is one JSON document, and progress goes on",
    async (argv) => {
      const { code, stdout, stderr } = await run(argv, builds);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toEqual(buildReport({ generated: ["src/a"], duration_seconds: 1 }));
      expect(stderr).toContain("src/a: started");
    },
  );

  test.each([
    [
      "a usage error",
      ["biuld", "--json"],
      { command: "jaunt", error: { code: "usage", exit_code: 2, message: "Unknown command 'biuld'." } },
    ],
    ["no command", ["--json"], { command: "jaunt", error: { code: "usage", exit_code: 2 } }],
    [
      "a missing project",
      ["status", "--json", "--root", "nowhere"],
      { command: "status", error: { code: "root-missing", exit_code: 2 } },
    ],
    ["a bug", ["check", "--json"], { command: "check", error: { code: "internal-error", exit_code: 1 } }],
  ])("of %s is one JSON document too", async (_name, argv, expected) => {
    const { code, stdout, stderr } = await run(argv);
    const report = JSON.parse(stdout) as { readonly error: { readonly exit_code: number } };
    expect(report).toMatchObject({ schema: "jaunt.error/1", ...expected });
    expect([code, stderr]).toEqual([report.error.exit_code, ""]);
  });

  test("of an error for a person goes to standard error", async () => {
    const { code, stdout, stderr } = await run(["status"], {
      status: () =>
        Promise.reject(
          new JauntError("No specs.\nNone at all.", { code: "no-specs", exitCode: 2, hint: "Write one." }),
        ),
    });
    expect([code, stdout, stderr]).toEqual([2, "", "error: No specs.\n  None at all.\n  hint: Write one.\n"]);
  });

  test("--version and --help", async () => {
    expect(await run(["--version"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    });
    expect(JSON.parse((await run(["--json", "--version"])).stdout)).toMatchObject({ schema: "jaunt.version/1" });
    expect((await run(["--help"])).stdout).toContain("Usage: jaunt");
  });

  test("--help loads no project, language or backend", async () => {
    const never = (): never => {
      throw new Error("loaded");
    };
    const services = { openProject: never, loadLanguages: never, providers: {} };
    for (const argv of [["--help"], ["build", "--help"], ["doctor", "--help"]])
      expect((await run(argv, {}, { services })).code).toBe(0);
  });
});

describe("colour", () => {
  const report: FakeMethods = {
    status: () => Promise.resolve(statusReport({ modules: { "src/a": { status: "stale", reasons: [] } } })),
  };

  test.each<[string, FakeTerminalOptions, readonly string[], boolean]>([
    ["on a screen", { columns: 80 }, [], true],
    ["in a pipe", {}, [], false],
    ["in a pipe with FORCE_COLOR", { env: { FORCE_COLOR: "1" } }, [], true],
    ["with FORCE_COLOR=0", { columns: 80, env: { FORCE_COLOR: "0" } }, [], false],
    ["with NO_COLOR", { columns: 80, env: { NO_COLOR: "1" } }, [], false],
    ["with an empty NO_COLOR", { columns: 80, env: { NO_COLOR: "" } }, [], true],
    ["with NO_COLOR and FORCE_COLOR", { columns: 80, env: { NO_COLOR: "1", FORCE_COLOR: "1" } }, [], false],
    ["with --no-color", { columns: 80, env: { FORCE_COLOR: "1" } }, ["--no-color"], false],
    ["in a dumb terminal", { columns: 80, env: { TERM: "dumb" } }, [], false],
  ])("%s", async (_name, options, argv, colored) => {
    expect((await run(["status", ...argv], report, options)).stdout.includes("\u001b[")).toBe(colored);
  });
});

describe("what a project is asked", () => {
  async function asked(
    argv: readonly string[],
    options: FakeTerminalOptions = {},
  ): Promise<{ readonly options: BuildOptions; readonly root: string; readonly opened: ProjectOptions }> {
    let seen: { readonly options: BuildOptions; readonly root: string; readonly opened: ProjectOptions } | undefined;
    const cwd = options.cwd ?? project();
    await run(
      ["build", ...argv],
      {
        build: (opened, given) => (
          (seen = { options: given ?? {}, root: cwd, opened }),
          Promise.resolve(buildReport())
        ),
      },
      { ...options, cwd },
    );
    if (seen === undefined) throw new Error("build was not called");
    return seen;
  }

  test("paths are relative to the current directory", async () => {
    const { options, root } = await asked(["--record", "../out", "--jobs", "2", "--force", "--offline"]);
    expect(options).toEqual({
      force: true,
      batch: false,
      resume: false,
      retryFailed: false,
      noCache: false,
      offline: true,
      jobs: 2,
      record: join(dirname(root), "out"),
    });
  });

  test("--debug keeps prompts inside the project", async () => {
    const { options, root } = await asked(["--debug"]);
    expect(options.dumpPrompts).toBe(join(root, ".jaunt", "prompts"));
  });

  test("a spec file, as a shell completes it, is its module", async () => {
    expect(
      (
        await asked([
          "--target",
          "src/a.jaunt.ts",
          "--target",
          "+./src/b.jaunt.ts+",
          "--target",
          "src/c:f",
          "--target",
          "src/*",
        ])
      ).options.targets,
    ).toEqual(["src/a", "+src/b+", "src/c:f", "src/*"]);
    const cwd = project({ "src/a.jaunt.ts": "" });
    expect((await asked(["--target", "a.jaunt.ts"], { cwd: join(cwd, "src") })).options.targets).toEqual(["src/a"]);
  });

  test("the version, the environment and the interrupt are passed on", async () => {
    const { opened } = await asked([], { env: { PATH: "/bin" } });
    expect(opened.toolVersion).toMatch(/^\d/);
    expect(opened.environment).toEqual({ PATH: "/bin" });
    expect(opened.signal?.aborted).toBe(false);
  });

  test("--dry-run plans and builds nothing", async () => {
    const plan: FakeMethods = {
      plan: () =>
        Promise.resolve({
          schema: "jaunt.plan/1",
          command: "plan",
          build: [],
          totals: { generate: 0, verify: 0, input_tokens: 0, output_tokens: 0, cost: 0 },
          model: "m",
          price: null,
          edited: [],
          blocked: [],
          skipped: 3,
          diagnostics: [],
          duration_seconds: 0,
        }),
    };
    expect((await run(["build", "--dry-run"], plan)).stdout).toContain(
      "plan: 0 modules to generate; 3 modules up to date",
    );
  });

  test.each([
    ["src/email", "src/email"],
    ["./src/email", "src/email"],
    ["src/email.jaunt.ts", "src/email"],
    ["src/email:Parser.parse", "src/email:Parser.parse"],
  ])("why %s asks about %s", async (argument, module) => {
    let seen = "";
    await run(["why", argument], { why: (_options, asked) => ((seen = asked), Promise.reject(new Error("enough"))) });
    expect(seen).toBe(module);
  });
});

describe("an interrupt", () => {
  const done = {
    type: "module-end",
    module: "src/a",
    outcome: "built",
    attempts: 1,
    usage: { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 },
    durationMs: 1,
    diagnostics: [],
  } as const;

  async function interrupt(
    build: NonNullable<FakeMethods["build"]>,
  ): Promise<Outcome & { readonly milliseconds: number }> {
    const terminal = createFakeTerminal({ cwd: project() });
    const running = runCli(["build"], terminal, createFakeServices({ build }));
    await sleep(20);
    const startedAt = performance.now();
    terminal.interrupt();
    const code = await running;
    return {
      code,
      stdout: terminal.stdout.text(),
      stderr: terminal.stderr.text(),
      terminal,
      milliseconds: performance.now() - startedAt,
    };
  }

  test("lets the project end in order and report", async () => {
    const { code, stdout } = await interrupt(async ({ signal }) => {
      await sleep(5_000, undefined, signal === undefined ? {} : { signal }).catch(() => {});
      return buildReport({ generated: ["src/a"], interrupted: true });
    });
    expect(code).toBe(130);
    expect(stdout).toContain("build: interrupted");
  });

  test("is what an aborted call amounts to", async () => {
    const { code, stderr } = await interrupt(async ({ signal, onEvent }) => {
      onEvent?.({ type: "plan-end", modules: 5, total: 3, order: [] });
      onEvent?.(done);
      await sleep(5_000, undefined, signal === undefined ? {} : { signal }).catch(() => {});
      throw new BackendError("aborted", { kind: "aborted" });
    });
    expect(code).toBe(130);
    expect(stderr).toContain("error: Interrupted: 1 done, 2 left.\n  hint: What was finished is kept");
  });

  test("does not wait for a project that hangs: it ends within a second", async () => {
    const { code, stderr, milliseconds } = await interrupt(({ onEvent }) => {
      onEvent?.({ type: "plan-end", modules: 5, total: 3, order: [] });
      onEvent?.(done);
      return new Promise(() => {});
    });
    expect(code).toBe(130);
    expect(milliseconds).toBeLessThan(1_000);
    expect(stderr).toContain("Interrupted: 1 done, 2 left.");
  });
});

test("a project is closed, also after an error", async () => {
  let closed = 0;
  const close = (): Promise<void> => {
    closed += 1;
    return Promise.resolve();
  };
  await run(["build"], { ...builds, close });
  await run(["build"], { build: () => Promise.reject(new Error("no")), close });
  expect(closed).toBe(2);
});

test("an error shows its stack with --debug, and only then", async () => {
  const broken: FakeMethods = { check: () => Promise.reject(new TypeError("x is undefined")) };
  expect((await run(["check"], broken)).stderr).not.toMatch(/^\s+at /m);
  expect((await run(["check", "--debug"], broken)).stderr).toMatch(/^\s+at .*run-cli\.test\.ts/m);
});

describe("clean", () => {
  function cleaner(): { readonly calls: unknown[]; readonly methods: FakeMethods } {
    const calls: unknown[] = [];
    const clean: NonNullable<FakeMethods["clean"]> = (_options, given = {}) => {
      calls.push(given);
      return Promise.resolve({
        schema: "jaunt.clean/1",
        command: "clean",
        dry_run: given.dryRun ?? false,
        removed: ["src/__generated__/a.ts"],
        kept: [],
        duration_seconds: 0,
      });
    };
    return { calls, methods: { clean } };
  }

  async function answer(key: string): Promise<Outcome & { readonly calls: readonly unknown[] }> {
    const { calls, methods } = cleaner();
    const terminal = createFakeTerminal({ cwd: project(), columns: 80 });
    const running = runCli(["clean"], terminal, createFakeServices(methods));
    await sleep(150);
    terminal.stdin.write(key);
    return { code: await running, stdout: terminal.stdout.text(), stderr: terminal.stderr.text(), terminal, calls };
  }

  test("asks a person first, and removes nothing without a yes", async () => {
    const { code, stderr, calls } = await answer("\r");
    expect([code, calls]).toEqual([130, [{ orphans: false, dryRun: true }]]);
    expect(stderr).toContain("src/__generated__/a.ts");
    expect(stderr).toContain("Nothing was removed.");
  });

  test("removes after a yes", async () => {
    const { code, calls } = await answer("y");
    expect([code, calls]).toEqual([0, [{ orphans: false, dryRun: true }, { orphans: false }]]);
  });

  test.each<[readonly string[], FakeTerminalOptions, unknown]>([
    [["--yes"], { columns: 80 }, { orphans: false, dryRun: false }],
    [["--json"], { columns: 80 }, { orphans: false, dryRun: false }],
    [["--dry-run", "--orphans"], { columns: 80 }, { orphans: true, dryRun: true }],
    [[], {}, { orphans: false, dryRun: false }],
    [[], { columns: 80, env: { CI: "1" } }, { orphans: false, dryRun: false }],
  ])("asks nobody with %j on %j", async (argv, options, given) => {
    const { calls, methods } = cleaner();
    expect((await run(["clean", ...argv], methods, options)).code).toBe(0);
    expect(calls).toEqual([given]);
  });
});
