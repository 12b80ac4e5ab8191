import { BackendError, type Backend, type BackendErrorOptions, type GenerateRequest } from "@jaunt/core";
import { expect, test } from "vitest";
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
  let clock = 0;
  let limited = false;
  const slept: string[] = [];
  const inner: Backend = {
    apiVersion: 1,
    name: "inner",
    generate: ({ label }) => {
      if (label === "first" && !limited) {
        limited = true;
        return Promise.reject(new BackendError("slow down", { kind: "rate-limit", retryAfterMs: 1000 }));
      }
      return Promise.resolve(response);
    },
  };
  const backend = withRetry(inner, {
    ...settings([]),
    now: () => clock,
    sleep: (ms) => {
      slept.push(String(ms));
      return Promise.resolve();
    },
  });
  const { signal } = new AbortController();
  await backend.generate({ ...request, label: "first" }, { signal });
  clock = 400;
  await backend.generate({ ...request, label: "second" }, { signal });
  clock = 2000;
  await backend.generate({ ...request, label: "third" }, { signal });
  expect(slept).toEqual(["1000", "600"]);
});

const response = {
  text: "ok",
  channel: "text",
  finish: "stop",
  model: "m",
  usage: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
} as const;

function settings(waits: number[]): RetrySettings {
  return {
    maxCalls: 6,
    baseMs: 200,
    capMs: 5000,
    totalMs: 12_000,
    now: () => 0,
    random: () => 0,
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    onRetry: () => {},
  };
}

function scene(failures: readonly BackendErrorOptions[]) {
  const waits: number[] = [];
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
  const backend = withRetry(inner, settings(waits));
  const run = () => backend.generate(request, { signal: new AbortController().signal });
  return { backend, run, waits, calls: () => calls };
}
