import type { RunEvent } from "@jaunt/orchestrator";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createView } from "../render/view.ts";
import { createFakeTerminal, createRecordedOutput, type RecordedOutput } from "../testing/fake-terminal.ts";
import { showOnScreen } from "../testing/screen.ts";
import { createLiveReporter } from "./live-reporter.ts";
import { createLogReporter } from "./log-reporter.ts";
import { createReporter } from "./create-reporter.ts";
import { createTally } from "./tally.ts";

const usage = { input: 1247, cacheRead: 0, cacheWrite: 0, output: 892, reasoning: 0 };
const rejected = {
  code: "types/2322",
  severity: "error",
  message: "Type 'string' is not\nassignable.",
  file: "src/__generated__/email.ts",
} as const;

const build: readonly RunEvent[] = [
  { type: "run-start", command: "build", root: "/project" },
  { type: "backend-chosen", provider: "litellm", model: "gpt-5", why: "LITELLM_API_KEY is set" },
  { type: "plan-end", modules: 8, total: 3, order: ["src/email", "src/thread", "src/app"] },
  {
    type: "module-start",
    module: "src/email",
    reasons: ["The doc of parseEmail changed.", "The types it uses changed."],
  },
  { type: "module-start", module: "src/thread", reasons: [] },
  { type: "attempt-start", module: "src/email", attempt: 1, maxAttempts: 3, promptCharacters: 12_345 },
  { type: "attempt-progress", module: "src/email", attempt: 1, outputCharacters: 1_204 },
  { type: "call-retry", module: "src/thread", attempt: 1, why: "rate limited", waitMs: 2_000 },
  {
    type: "attempt-end",
    module: "src/email",
    attempt: 1,
    accepted: false,
    cached: false,
    usage,
    diagnostics: [rejected],
  },
  { type: "attempt-start", module: "src/email", attempt: 2, maxAttempts: 3, promptCharacters: 13_000 },
  { type: "attempt-end", module: "src/email", attempt: 2, accepted: true, cached: false, usage, diagnostics: [] },
  { type: "file-write", path: "src/__generated__/email.ts", kind: "build" },
  { type: "module-end", module: "src/email", outcome: "built", attempts: 2, usage, durationMs: 2_100, diagnostics: [] },
  {
    type: "module-end",
    module: "src/thread",
    outcome: "failed",
    attempts: 3,
    usage,
    durationMs: 9_000,
    diagnostics: [rejected],
    message: "The same errors came back.",
  },
  {
    type: "module-end",
    module: "src/app",
    outcome: "blocked",
    attempts: 0,
    usage,
    durationMs: 0,
    diagnostics: [],
    message: "src/app depends on src/thread, which failed to build. Fix the dependency first.",
  },
  { type: "warning", message: "The lock was stale.", hint: "Nothing to do." },
  { type: "run-end", ok: false, durationMs: 11_000 },
];

const view = createView({ color: false, width: 100, verbose: false, readText: () => undefined });
const verbose = { ...view, verbose: true };

describe("the plain log", () => {
  test("has one line per start and end", () => {
    const output = createRecordedOutput();
    const reporter = createLogReporter(output, view);
    build.forEach(reporter.onEvent);
    expect(output.text().trimEnd().split("\n")).toEqual([
      "using litellm (gpt-5): LITELLM_API_KEY is set",
      "3 of 8 modules to generate",
      "· src/email: started: The doc of parseEmail changed. (and 1 more reason)",
      "· src/thread: started",
      "↻ src/thread: asking again in 2.0 s: rate limited",
      "↻ src/email: attempt 1 rejected: 1 error: Type 'string' is not assignable.",
      "· src/email: attempt 2 of 3",
      "✓ src/email: built in 2.1 s (2 attempts, 1,247 input tokens, 892 output tokens)",
      "✗ src/thread: failed after 3 attempts in 9.0 s: The same errors came back.",
      "− src/app: blocked: src/app depends on src/thread, which failed to build. Fix the dependency first.",
      "warning: The lock was stale.",
      "  hint: Nothing to do.",
    ]);
  });

  test("when verbose adds every attempt, its errors and the files written", () => {
    const output = createRecordedOutput();
    build.forEach(createLogReporter(output, verbose).onEvent);
    expect(output.text()).toContain("started: The doc of parseEmail changed. The types it uses changed.\n");
    expect(output.text()).toContain("· src/email: attempt 1 of 3 (12,345 prompt characters)\n");
    expect(output.text()).toContain("src/__generated__/email.ts error types/2322: Type 'string' is not\n  assignable.");
    expect(output.text()).toContain("wrote src/__generated__/email.ts\n");
  });

  test("prints nothing that an event may smuggle in", () => {
    const output = createRecordedOutput();
    const reporter = createLogReporter(output, verbose);
    const evil = "x\u001b[2J\u0007\nforged: built";
    reporter.onEvent({ type: "warning", message: evil, module: evil });
    reporter.onEvent({
      type: "module-end",
      module: evil,
      outcome: "failed",
      attempts: 1,
      usage,
      durationMs: 1,
      diagnostics: [],
      message: evil,
    });
    expect(output.text().trimEnd().split("\n")).toHaveLength(2);
    // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(output.text()).not.toMatch(/[\u0007\u001b]/);
  });

  test("is silent once closed", () => {
    const output = createRecordedOutput();
    const reporter = createLogReporter(output, view);
    reporter.close();
    build.forEach(reporter.onEvent);
    expect(output.text()).toBe("");
  });
});

describe("the live display", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function play(
    events: readonly RunEvent[],
    screen: { readonly columns: number; readonly rows?: number },
  ): { readonly output: RecordedOutput; close(): void } {
    const output = Object.assign(createRecordedOutput(screen.columns), screen);
    const reporter = createLiveReporter(output, view, () => Date.now());
    events.forEach(reporter.onEvent);
    return { output, close: reporter.close };
  }

  test("shows a line per running module below what is finished, and redraws it in place", () => {
    const { output, close } = play(build.slice(0, 8), { columns: 80 });
    vi.advanceTimersByTime(1_500);
    const lines = showOnScreen(output.text(), 80);
    expect(lines.slice(0, 3)).toEqual([
      "using litellm (gpt-5): LITELLM_API_KEY is set",
      "3 of 8 modules to generate",
      "↻ src/thread: asking again in 2.0 s: rate limited",
    ]);
    expect(lines.slice(3).map((line) => line.replace(/^[⠀-⣿]/, "*"))).toEqual([
      "* src/email   attempt 1/3     1.5 s  1,204 characters",
      "* src/thread  preparing     1.5 s  waiting to ask again",
      "  0 of 3 done, 1.5 s",
    ]);
    close();
  });

  test("shows modules that wait for a batch as that one batch, until it ends", () => {
    const counts = { running: 1_204, succeeded: 40, failed: 0 };
    const submitted: readonly RunEvent[] = [
      ...build.slice(2, 7),
      { type: "batch-submit", batch: "b1", modules: ["src/email"], resumed: false, left: 3 },
      { type: "batch-progress", batch: "b1", state: "running", ...counts },
    ];
    const { output, close } = play(submitted, { columns: 80 });
    vi.advanceTimersByTime(1_500);
    expect(showOnScreen(output.text(), 80).map((line) => line.replace(/^[⠀-⣿]/, "*"))).toEqual([
      "3 of 8 modules to generate",
      "⧗ batch b1: 1 request submitted; the budget leaves 3 more for the next one",
      "* batch b1    40 of 1,244 answered  1.5 s",
      "* src/thread  preparing     1.5 s",
      "  0 of 3 done, 1.5 s",
    ]);
    close();
    const ended = play(
      [...submitted, { type: "batch-progress", batch: "b1", state: "ended", running: 0, succeeded: 1, failed: 1 }],
      { columns: 80 },
    );
    const lines = showOnScreen(ended.output.text(), 80);
    expect(lines).toContain("! batch b1: ended, 1 request answered, 1 not");
    expect(lines.at(-3)).toContain("src/email");
    ended.close();
  });

  test("leaves only the lasting lines behind", () => {
    const { output, close } = play(build, { columns: 80 });
    vi.advanceTimersByTime(1_000);
    close();
    const lines = showOnScreen(output.text(), 200);
    expect(lines.at(-1)).toBe("  hint: Nothing to do.");
    expect(lines.filter((line) => /[⠀-⣿]|done,/.test(line))).toEqual([]);
    expect(lines).toContain("✓ src/email: built in 2.1 s (2 attempts, 1,247 input tokens, 892 output tokens)");
  });

  test("stops at once when it is closed, whatever still runs", () => {
    const { output, close } = play(build.slice(0, 7), { columns: 80 });
    close();
    const before = output.text();
    vi.advanceTimersByTime(5_000);
    expect(output.text()).toBe(before);
    expect(showOnScreen(before, 80).at(-1)).toBe("3 of 8 modules to generate");
  });

  test.each([20, 40, 80])("never wraps a live line on a screen of %i columns", (columns) => {
    const wide = build.slice(0, 7).concat({
      type: "module-start",
      module: "src/日本語のとても長い名前のモジュール/multipart-message",
      reasons: [],
    });
    const { output, close } = play(wide, { columns });
    vi.advanceTimersByTime(300);
    const screen = showOnScreen(output.text(), columns);
    expect(screen.filter((line) => /^[⠀-⣿]/.test(line))).toHaveLength(3);
    expect(screen.at(-1)).toContain("0 of 3");
    close();
  });

  test("clears what a screen made narrower has wrapped", () => {
    const { output, close } = play(build.slice(2, 4), { columns: 60 });
    const before = output.text();
    output.columns = 15;
    close();
    // A real screen wraps the lines again at the new width, as showing them at that width from the start does.
    expect(showOnScreen(before, 15)).toHaveLength(7);
    expect(showOnScreen(output.text(), 15)).toEqual(["3 of 8 modules", "to generate"]);
  });

  test("uses at most half of the screen", () => {
    const many = Array.from({ length: 20 }, (_, index): RunEvent => ({
      type: "module-start",
      module: `src/m${String(index)}`,
      reasons: [],
    }));
    const { output, close } = play(many, { columns: 80, rows: 12 });
    const lines = showOnScreen(output.text(), 80);
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toContain("15 more running");
    close();
  });

  test("takes a screen that claims no columns for a usual one", () => {
    const { output, close } = play(build.slice(0, 7), { columns: 0, rows: 0 });
    expect(showOnScreen(output.text(), 80).at(-2)).toContain("src/thread");
    close();
  });
});

describe("a watch", () => {
  const at = new Date(2030, 0, 1, 12, 4, 31).getTime();
  const changes = ["a", "b", "c", "d", "e"].map((name) => ({
    path: `src/${name}.jaunt.ts`,
    change: "changed" as const,
  }));
  const round: readonly RunEvent[] = [
    { type: "watch-ready", folders: ["src"] },
    { type: "watch-change", at, changes: changes.slice(0, 1), effect: "build", modules: ["src/a"] },
    { type: "plan-end", modules: 8, total: 1, order: ["src/a"] },
    { type: "module-start", module: "src/a", reasons: [] },
    { type: "module-end", module: "src/a", outcome: "built", attempts: 1, usage, durationMs: 900, diagnostics: [] },
    { type: "watch-idle", modules: 8, states: { current: 6, failed: 1, orphaned: 1 } },
    { type: "watch-change", at, changes: changes.slice(1, 2), effect: "none", modules: [] },
  ];
  const error: RunEvent = {
    type: "watch-error",
    code: "config-invalid",
    message: "jaunt.toml:2:1: no such key.",
    hint: "Remove it.",
    diagnostics: [],
  };

  test("logs a header and an end for every round, and nothing for a change of no concern", () => {
    const output = createRecordedOutput();
    [...round, { ...round[1], changes, effect: "report" } as RunEvent, error].forEach(
      createLogReporter(output, view).onEvent,
    );
    expect(output.text().trimEnd().split("\n")).toEqual([
      "12:04:31 src/a.jaunt.ts changed",
      "1 of 8 modules to generate",
      "· src/a: started",
      "✓ src/a: built in 0.9 s (1,247 input tokens, 892 output tokens)",
      "watching 8 modules, 1 failed, 1 orphaned; Ctrl-C to stop",
      "12:04:31 src/a.jaunt.ts, src/b.jaunt.ts, src/c.jaunt.ts and 2 more files changed",
      "error: jaunt.toml:2:1: no such key.",
      "  hint: Remove it.",
    ]);
  });

  test("when verbose mentions a change of no concern", () => {
    const output = createRecordedOutput();
    round.forEach(createLogReporter(output, verbose).onEvent);
    expect(output.text()).toContain("12:04:31 src/b.jaunt.ts changed: nothing to do\n");
  });

  test.each([30, 80])("keeps one line of %i columns at the bottom of the screen while it waits", (columns) => {
    const output = createRecordedOutput(columns);
    const reporter = createLiveReporter(output, view, () => 0);
    [...round, error, ...round.slice(0, 4)].forEach(reporter.onEvent);
    expect(showOnScreen(output.text(), columns).at(-1)).toBe("  0 of 1 done, 0.0 s");
    round.slice(4).forEach(reporter.onEvent);
    reporter.onEvent(error);
    const waiting = showOnScreen(output.text(), columns);
    expect(waiting.filter((line) => line.startsWith("watching"))).toHaveLength(1);
    expect(waiting.at(-1)).toMatch(columns === 30 ? /^watching 8 modules.*…$/ : /^watching 8 modules.*Ctrl-C to stop$/);
    reporter.close();
    expect(showOnScreen(output.text(), columns).at(-1)).toBe("  hint: Remove it.");
  });
});

describe("which reporter is used", () => {
  test.each([
    ["a screen", {}, 80, true],
    ["a pipe", {}, undefined, false],
    ["a build server", { CI: "true" }, 80, false],
    ["CI=false", { CI: "false" }, 80, true],
    ["NO_COLOR", { NO_COLOR: "1" }, 80, false],
    ["a dumb terminal", { TERM: "dumb" }, 80, false],
    ["a pipe with FORCE_COLOR", { FORCE_COLOR: "1" }, undefined, false],
  ])("%s", (_name, env, columns, live) => {
    const terminal = createFakeTerminal({
      env: env as Readonly<Record<string, string>>,
      ...(columns === undefined ? {} : { columns }),
    });
    const reporter = createReporter(terminal, view);
    reporter.onEvent({ type: "module-start", module: "src/a", reasons: [] });
    reporter.onEvent({ type: "attempt-start", module: "src/a", attempt: 1, maxAttempts: 3, promptCharacters: 1 });
    reporter.close();
    expect(terminal.stderr.text().includes("\u001b[J")).toBe(live);
    expect(terminal.stdout.text()).toBe("");
  });
});

test("the tally tells what is done and what is left", () => {
  const tally = createTally();
  build.forEach(tally.onEvent);
  expect(tally.counts()).toEqual({ done: 1, left: 2 });
});
