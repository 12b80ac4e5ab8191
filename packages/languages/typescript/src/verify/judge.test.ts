import type { ExecResult } from "@jaunt/core";
import { describe, expect, test } from "vitest";
import { judgeRun, type Outcome } from "./judge.ts";
import { defaultLimits, type RunEvent } from "./sandbox.ts";

const ready: RunEvent = ["ready", -1, "", ""];
const loading: RunEvent = ["loading", -1, 50, ""];
const loaded: RunEvent = ["loaded", -1, 60, ""];
const start = (index: number, since = 70): RunEvent => ["start", index, since, ""];
const pass = (index: number): RunEvent => ["pass", index, "", ""];

function judge(events: readonly RunEvent[], result: Partial<ExecResult> = {}): readonly Outcome[] {
  const ended: ExecResult = { exitCode: 0, stdout: "", stderr: "", timedOut: false, ...result };
  return judgeRun({ events, result: ended }, 2, defaultLimits);
}

/** Outcomes in words. */
function words(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map((outcome) =>
    outcome.kind === "passed"
      ? "passed"
      : outcome.kind === "failed"
        ? `failed: ${outcome.received}`
        : `skipped: ${outcome.reason}`,
  );
}

test("what the harness says of a case is its outcome, once", () => {
  const events: readonly RunEvent[] = [
    ready,
    loading,
    loaded,
    start(0),
    ["fail", 0, "3", ""],
    pass(0),
    start(1),
    pass(1),
  ];
  expect(words(judge([...events, ["done", 2, "", ""]]))).toEqual(["failed: 3", "passed"]);
});

test("a program that ended early is told with the values it did not come back from, but for a counterexample found before", () => {
  const ended: Partial<ExecResult> = { exitCode: null, timedOut: true };
  const events: readonly RunEvent[] = [ready, loading, loaded, start(0), pass(0), start(1)];
  const tried: readonly RunEvent[] = [
    ["try", 1, "{ x: 0 }", ""],
    ["try", 1, "{ x: 7 }", ""],
  ];
  expect(words(judge([...events, ...tried], ended))[1]).toBe("failed: nothing within 5 seconds, tried with { x: 7 }");
  expect(words(judge([...events, ...tried, ["try", 1, "", ""]], ended))[1]).toBe("failed: nothing within 5 seconds");
  expect(judge([...events, ...tried, ["found", 1, "false", "{ x: 7 }"]], ended)[1]).toEqual({
    kind: "failed",
    received: "false",
    counterexample: "{ x: 7 }",
  });
});

describe("a program that ended early is charged to the case that ran", () => {
  test.each<[Partial<ExecResult>, string]>([
    [{ exitCode: 0 }, "the process ended with exit code 0"],
    [{ exitCode: 1, stderr: "TypeError: x\n" }, "the process ended with exit code 1 (TypeError: x)"],
    [{ exitCode: 13 }, "a promise that never settles"],
    [{ exitCode: null, timedOut: true }, "nothing within 5 seconds"],
    [{ exitCode: null, exceeded: "memory" }, "nothing before more than 512 MB of memory were used"],
    [
      { exitCode: null, stderr: "FATAL ERROR: heap out of memory" },
      "nothing before more than 256 MB of memory were used",
    ],
    [{ exitCode: null, exceeded: "output" }, "more output than any case needs"],
  ])("%j", (result, received) => {
    expect(words(judge([ready, loading, loaded, start(0), pass(0), start(1)], result))).toEqual([
      "passed",
      `failed: ${received}`,
    ]);
    expect(words(judge([ready, loading], result))).toEqual([
      `failed: ${received}`,
      "skipped: a case before it ended the run",
    ]);
  });
});

describe("nobody is charged", () => {
  test.each<[string, readonly RunEvent[], Partial<ExecResult>, string]>([
    [
      "when Node does not start",
      [],
      { exitCode: 9, stderr: "node: bad option: --permission\n" },
      "Node could not start",
    ],
    ["when Node starts too slowly", [], { exitCode: null, timedOut: true }, "Node could not start"],
    ["when a dependency hangs", [ready], { exitCode: null, timedOut: true }, "the run ended before the first case"],
    [
      "when a dependency does not load",
      [ready, ["broken", -1, "Error: no", ""]],
      {},
      "what the module imports does not load: Error: no",
    ],
    [
      "when loading needs what is not there",
      [ready, loading, ["broken", -1, "Error: no", "the network"]],
      {},
      "loading the module needs the network",
    ],
    [
      "when little time was left",
      [ready, loading, loaded, start(0, 4000)],
      { exitCode: null, timedOut: true },
      "there was not enough time",
    ],
    [
      "when something from outside kills it",
      [ready, loading, loaded, start(0)],
      { exitCode: null },
      "the run was ended: it was killed",
    ],
  ])("%s", (_name, events, result, reason) => {
    const outcomes = judge(events, result);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["skipped", "skipped"]);
    expect(words(outcomes)[0]).toContain(reason);
  });
});
