import { BackendError, type BatchState } from "@jaunt/core";
import { expect, test } from "vitest";
import { followBatch } from "./follow-batch.ts";

const counts = { running: 1, succeeded: 0, failed: 0 };
const running: BatchState = { state: "running", counts };
const ended: BatchState = { state: "ended", counts, results: [] };
const busy = new BackendError("Busy.", { kind: "overloaded" });

test("a batch is polled ever less often, up to once a minute", async () => {
  const { waits, state } = await follow([...repeat(7, running), ended]);
  expect(state).toEqual(ended);
  expect(waits).toEqual([10_000, 15_000, 22_500, 33_750, 50_625, 60_000, 60_000]);
});

test.each([
  [3_000, 3_000],
  [0, 50],
  [86_400_000, 600_000],
])("a server that asks for %i ms is polled after %i ms", async (pollAfterMs, expected) => {
  expect((await follow([{ ...running, pollAfterMs }, ended])).waits).toEqual([expected]);
});

test("a provider that does not answer is asked again, and that is said once", async () => {
  const limited = new BackendError("Slow down.", { kind: "rate-limit", retryAfterMs: 7_000 });
  const { waits, warnings, state } = await follow([busy, busy, limited, ended]);
  expect(state).toEqual(ended);
  expect(waits).toEqual([10_000, 15_000, 7_000]);
  expect(warnings).toEqual(["How far the batch b1 is, is not known for now: Busy."]);
});

test("a provider that stays away ends the waiting, not the batch", async () => {
  await expect(follow(repeat(100, busy))).rejects.toMatchObject({
    code: "batch-unreachable",
    exitCode: 3,
    hint: "The batch goes on: `jaunt build --batch --resume` waits for it.",
  });
});

test.each([
  [new BackendError("No such batch.", { kind: "bad-request", status: 404 }), { code: "batch-unknown", exitCode: 2 }],
  [new BackendError("Wrong key.", { kind: "auth", status: 401 }), { code: "batch-unreachable", exitCode: 2 }],
])("a refusal ends it at once: %s", async (error, expected) => {
  await expect(follow([error, ended])).rejects.toMatchObject(expected);
});

function repeat<Value>(count: number, value: Value): readonly Value[] {
  return Array.from({ length: count }, () => value);
}

/** Follows a batch whose provider answers so, poll by poll. */
async function follow(
  answers: readonly (BatchState | BackendError)[],
): Promise<{ readonly waits: readonly number[]; readonly warnings: readonly string[]; readonly state: BatchState }> {
  const left = [...answers];
  const waits: number[] = [];
  const warnings: string[] = [];
  const state = await followBatch(
    {
      batch: {
        poll() {
          const next = left.shift() ?? ended;
          return next instanceof BackendError ? Promise.reject(next) : Promise.resolve(next);
        },
      },
      signal: new AbortController().signal,
      sleep: (milliseconds) => Promise.resolve(void waits.push(milliseconds)),
      onState: () => {},
      warn: (message) => void warnings.push(message),
    },
    { id: "b1", notes: {} },
  );
  return { waits, warnings, state };
}
