import { BackendError, type Backend, type BackendErrorOptions, type GenerateRequest } from "@jaunt/core";
import { expect, test } from "vitest";
import { createLimiter } from "./limiter.ts";
import { withRetry, type RetrySettings } from "./with-retry.ts";

const request: GenerateRequest = { label: "src/a", attempt: 1, prompt: [], model: "m", maxOutputTokens: 10 };

test("failures that may pass are asked again, waiting longer each time", async () => {
  const { run, waits, calls } = scene([{ kind: "server" }, { kind: "connection" }]);
  expect((await run()).text).toBe("ok");
  expect(calls()).toBe(3);
  expect(waits).toEqual([100, 200]);
});

test("what the server asks to wait is honoured, up to the cap", async () => {
  const { run, waits } = scene([
    { kind: "server", retryAfterMs: 700 },
    { kind: "server", retryAfterMs: 3_600_000 },
  ]);
  await run();
  expect(waits).toEqual([700, 5000]);
});

test.each(["auth", "quota", "bad-request", "context-overflow"] as const)("%s is final at once", async (kind) => {
  const { run, calls } = scene([{ kind }]);
  await expect(run()).rejects.toMatchObject({ kind });
  expect(calls()).toBe(1);
});

test("the number of calls and the sum of waits are bounded", async () => {
  const many = scene(Array.from({ length: 20 }, () => ({ kind: "server", retryAfterMs: 1 }) as const));
  await expect(many.run()).rejects.toMatchObject({ kind: "server" });
  expect(many.calls()).toBe(6);
  const long = scene(Array.from({ length: 20 }, () => ({ kind: "server", retryAfterMs: 5000 }) as const));
  await expect(long.run()).rejects.toMatchObject({ kind: "server" });
  expect(long.waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(12_000);
});

test("a rate limit pauses every call of the backend", async () => {
  const { backend, waits } = scene([{ kind: "rate-limit", retryAfterMs: 900 }]);
  const signal = new AbortController().signal;
  await backend.generate(request, { signal });
  expect(waits).toEqual([900]);
});

test("other calls wait for the same pause", async () => {
  const clock = fakeClock();
  const sent: [string, number][] = [];
  const inner: Backend = {
    apiVersion: 1,
    name: "inner",
    generate: ({ label }) => {
      sent.push([label, clock.now()]);
      return sent.length === 1
        ? Promise.reject(new BackendError("slow down", { kind: "rate-limit", retryAfterMs: 1000 }))
        : Promise.resolve(response);
    },
  };
  const backend = withRetry(inner, settings(clock));
  const { signal } = new AbortController();
  const first = backend.generate({ ...request, label: "first" }, { signal });
  await clock.turn();
  await Promise.all([first, backend.generate({ ...request, label: "second" }, { signal })]);
  expect(sent).toEqual([
    ["first", 0],
    ["first", 1000],
    ["second", 1000],
  ]);
});

const response = {
  text: "ok",
  channel: "text",
  finish: "stop",
  model: "m",
  usage: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
} as const;

function fakeClock() {
  const waits: number[] = [];
  let time = 0;
  return {
    waits,
    now: () => time,
    random: () => 0,
    async sleep(milliseconds: number) {
      waits.push(milliseconds);
      // Whoever else asks meanwhile still sees the time before.
      await new Promise((resolve) => setImmediate(resolve));
      time += milliseconds;
    },
    turn: (): Promise<void> => new Promise((resolve) => process.nextTick(resolve)),
  };
}

function settings(clock: ReturnType<typeof fakeClock>): RetrySettings {
  const limiter = createLimiter(8, clock, () => {});
  return { maxCalls: 6, baseMs: 200, capMs: 5000, totalMs: 12_000, limiter, ...clock, onRetry: () => {} };
}

function scene(failures: readonly BackendErrorOptions[]) {
  const clock = fakeClock();
  let calls = 0;
  const inner: Backend = {
    apiVersion: 1,
    name: "inner",
    generate: () => {
      const failure = failures[calls];
      calls += 1;
      return failure === undefined ? Promise.resolve(response) : Promise.reject(new BackendError("failed", failure));
    },
  };
  const backend = withRetry(inner, settings(clock));
  const run = () => backend.generate(request, { signal: new AbortController().signal });
  return { backend, run, waits: clock.waits, calls: () => calls };
}
