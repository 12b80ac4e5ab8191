import { BackendError, type Backend, type GenerateRequest, type GenerateResponse } from "@jaunt/core";
import { expect, test } from "vitest";
import { createBudget, type Budget } from "../cost/budget.ts";
import { withBudget } from "./with-budget.ts";

const request: GenerateRequest = {
  label: "src/a",
  attempt: 1,
  prompt: [{ name: "rules", role: "system", stability: "project", text: "x".repeat(350) }],
  model: "m",
  maxOutputTokens: 50,
};
const signal = new AbortController().signal;

test("what a call used is booked, and the rest is free again", async () => {
  const { backend, budget } = scene(200, [answer(90, 10), answer(40, 20)]);
  await backend.generate(request, { signal });
  await backend.generate({ ...request, prompt: [] }, { signal });
  expect(budget.spending()).toMatchObject({ tokens: 160, reached: false });
});

test("a call that could cost more than is left is not made, nor is any after it", async () => {
  const { backend, calls } = scene(149, [answer(1, 1)]);
  await expect(backend.generate(request, { signal })).rejects.toMatchObject({ kind: "budget", retryable: false });
  await expect(backend.generate({ ...request, prompt: [] }, { signal })).rejects.toMatchObject({ kind: "budget" });
  expect(calls()).toBe(0);
});

test.each([
  ["rate-limit", 0],
  ["server", 0],
  ["timeout", 100],
  ["aborted", 100],
] as const)("a call that ended with %s is booked with %i tokens", async (kind, tokens) => {
  const { backend, budget } = scene(1000, [new BackendError("no", { kind })]);
  await expect(backend.generate(request, { signal })).rejects.toMatchObject({ kind });
  expect(budget.spending().tokens).toBe(tokens);
});

function answer(input: number, output: number): GenerateResponse {
  const usage = { input, cacheRead: 0, cacheWrite: 0, output, reasoning: 0 };
  return { text: "", channel: "source", finish: "stop", usage, model: "m" };
}

function scene(
  tokens: number,
  script: readonly (GenerateResponse | BackendError)[],
): { readonly backend: Backend; readonly budget: Budget; calls(): number } {
  const budget = createBudget({ dollars: 0, tokens, price: undefined });
  let calls = 0;
  const inner: Backend = {
    apiVersion: 1,
    name: "scripted",
    async generate() {
      const next = script[calls++];
      if (next === undefined || next instanceof BackendError) throw next ?? new Error("no more answers");
      return next;
    },
  };
  return { backend: withBudget(inner, budget), budget, calls: () => calls };
}
