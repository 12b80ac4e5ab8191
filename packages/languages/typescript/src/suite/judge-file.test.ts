import type { TargetIo } from "@jaunt/core";
import { describe, expect, test } from "vitest";
import { judgeFile, type Ending } from "./judge-file.ts";
import type { RunnerEvent } from "./runner-events.ts";

const file = "tests/a.test.ts";
const text = 'import { test } from "vitest";\ntest("one", f);\ntest("two", f);\n';
const io: TargetIo = {
  root: "/project",
  signal: new AbortController().signal,
  exec: () => Promise.reject(new Error("nothing is run here")),
  readText: (path) => (path === file ? text : undefined),
};
const end: RunnerEvent = { event: "end" };
const passed = (name: string): RunnerEvent => ({ event: "test", name, outcome: "passed", durationMs: 1 });
const failed = (name: string, message: string, stack = ""): RunnerEvent => ({
  event: "test",
  name,
  outcome: "failed",
  durationMs: 1,
  error: { message, stack },
});

/** Outcomes and complaints in words. */
function words(events: readonly RunnerEvent[], ending: Partial<Ending> = {}): readonly string[] {
  const { tests, diagnostics } = judgeFile(file, events, { failed: false, isSelection: false, ...ending }, io);
  return [
    ...tests.map(({ name, outcome, message }) => `${name}: ${outcome}${message === undefined ? "" : ` (${message})`}`),
    ...diagnostics.map(({ code, severity, message }) => `${severity} ${code}: ${message}`),
  ];
}

test("a file of which every test has a result and whose end was told is taken as it is", () => {
  expect(words([passed("one"), failed("two", "no"), end], { failed: true })).toEqual([
    "one: passed",
    "two: failed (no)",
  ]);
});

describe("a file is never passed by silence", () => {
  test.each<[what: string, events: readonly RunnerEvent[], ending: Partial<Ending>, complaint: string]>([
    [
      "a test without a result",
      [passed("one"), end],
      {},
      'error suite/not-run: tests/a.test.ts was run without its tests "two".',
    ],
    [
      "a result for another test",
      [passed("one"), passed("three"), end],
      {},
      'error suite/not-run: tests/a.test.ts was run without its tests "two".',
    ],
    [
      "the same test twice",
      [passed("one"), passed("one"), end],
      {},
      'error suite/not-run: tests/a.test.ts was run without its tests "two".',
    ],
    ["no event at all", [], {}, 'error suite/not-run: tests/a.test.ts was run without its tests "one", "two".'],
    [
      "no word of the end",
      [passed("one"), passed("two")],
      {},
      "error suite/ended-early: The test runner ended without a word on tests/a.test.ts.",
    ],
    [
      "a failure that no test has",
      [passed("one"), passed("two"), end],
      { failed: true },
      "error suite/failed: The test runner says that tests/a.test.ts failed, and names no test.",
    ],
    [
      "an error outside of tests",
      [passed("one"), passed("two"), { event: "problem", error: { message: "late" } }, end],
      {},
      "error suite/broken: tests/a.test.ts failed outside of its tests: late",
    ],
    [
      "a process that was ended",
      [passed("one"), passed("two")],
      { early: "was killed" },
      "error suite/ended-early: tests/a.test.ts was killed.",
    ],
    [
      "a choice among tests with an error outside of them",
      [passed("one"), { event: "problem", error: { message: "late" } }, end],
      { isSelection: true },
      "error suite/broken: tests/a.test.ts failed outside of its tests: late",
    ],
    [
      "a choice among tests that was ended",
      [passed("one")],
      { isSelection: true, early: "was killed" },
      'error suite/ended-early: tests/a.test.ts was killed; "two" had no result.',
    ],
  ])("%s", (_what, events, ending, complaint) => {
    expect(words(events, ending).filter((line) => line.startsWith("error"))).toEqual([complaint]);
  });
});

test("a test that was running when its file was ended has failed", () => {
  const events: readonly RunnerEvent[] = [
    { event: "begin", name: "one" },
    passed("one"),
    { event: "begin", name: "two" },
  ];
  expect(words(events, { early: "did not end within 60 s" })).toEqual([
    "one: passed",
    "two: failed (the file did not end within 60 s while this test ran)",
    "error suite/ended-early: tests/a.test.ts did not end within 60 s.",
  ]);
});

test("where arguments chose among the tests, the others are skipped", () => {
  expect(words([passed("one"), end], { isSelection: true })).toEqual(["one: passed", "two: skipped"]);
});

test("a message has no escape sequences and an end", () => {
  const [one, two] = judgeFile(
    file,
    [failed("one", "\u001b[31mred\u001b[39m\n"), failed("two", "x".repeat(9000)), end],
    { failed: true, isSelection: false },
    io,
  ).tests;
  expect(one?.message).toBe("red");
  expect(two?.message).toHaveLength(4001);
});

test.each([
  [
    "a path",
    "Error: no\n    at f (/project/src/a.ts:9:9)\n    at /project/tests/a.test.ts:2:6\n    at /project/tests/a.test.ts:3:1",
  ],
  ["an address", "Error: no\n    at Test.f (file:///project/tests/a.test.ts:2:6)\n    at node:internal/test:1:1"],
])("the innermost place in the file is where a test failed: %s", (_what, stack) => {
  const [one] = judgeFile(file, [failed("one", "no", stack)], { failed: true, isSelection: false }, io).tests;
  expect(one?.start).toEqual({ line: 2, column: 6, offset: 36 });
});
