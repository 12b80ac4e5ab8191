import type { GenerateRequest, GenerateResponse } from "@jaunt/core";
import { expect, test } from "vitest";
import { backendConformance, conformanceLabel } from "./conformance/index.ts";
import { createScriptedBackend, type ScriptedBackend } from "./index.ts";

// The suite for real backends runs on the scripted one too: what stands in for a backend must behave like one.
backendConformance("scripted", ({ text, finish, usage, failure, stalls }) => {
  const rate = failure === "rate-limit" ? { retryAfterMs: 7_000 } : {};
  const estimate = { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0, estimated: true };
  const reply =
    failure === undefined
      ? {
          text,
          finish,
          usage: usage === undefined ? estimate : { ...usage, cacheWrite: 0 },
          delayMs: stalls ? 60_000 : 0,
        }
      : { error: { kind: failure, ...rate } };
  return Promise.resolve({
    backend: createScriptedBackend({ [conformanceLabel]: reply }),
    close: () => Promise.resolve(),
  });
});

test("a list answers successive calls of a label, and every request is logged", async () => {
  const backend = createScriptedBackend({
    a: ["one", { text: "two", finish: "length" }],
    b: (request) => `for ${request.label}`,
  });

  expect((await call(backend, "a")).text).toBe("one");
  expect((await call(backend, "b")).text).toBe("for b");
  expect(await call(backend, "a")).toMatchObject({ text: "two", finish: "length" });
  expect(backend.calls.map(({ label }) => label)).toEqual(["a", "b", "a"]);
});

test.each([
  ["a", "The script has no reply for call 2 of a."],
  ["unknown", "The script has no reply for call 1 of unknown."],
  ["toString", "The script has no reply for call 1 of toString."],
])("an unscripted call of %s fails in a way nothing retries", async (label, message) => {
  const backend = createScriptedBackend({ a: ["one"] });
  await call(backend, "a");

  await expect(call(backend, label)).rejects.toMatchObject({ kind: "no-recording", retryable: false, message });
});

test("the peak counts calls that were under way together", async () => {
  const backend = createScriptedBackend({ a: { text: "slow", delayMs: 20 } });
  await Promise.all([call(backend, "a"), call(backend, "a"), call(backend, "a")]);
  await call(backend, "a");

  expect(backend.peak()).toBe(3);
});

function call(backend: ScriptedBackend, label: string): Promise<GenerateResponse> {
  const request: GenerateRequest = { label, attempt: 1, prompt: [], model: "", maxOutputTokens: 1 };
  return backend.generate(request, { signal: new AbortController().signal });
}
