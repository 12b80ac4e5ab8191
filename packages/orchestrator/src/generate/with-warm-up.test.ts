import type { Backend, GenerateOptions, GenerateRequest, GenerateResponse } from "@jaunt/core";
import { expect, test } from "vitest";
import { withWarmUp } from "./with-warm-up.ts";

test("calls of one prefix wait until the answer to the first begins", async () => {
  const { backend, started, begin, finish } = scene();
  const all = ["a", "b", "c"].map((label) => backend.generate(request(label), options()));
  await settle();
  expect(started).toEqual(["a"]);
  begin("a");
  await settle();
  expect(started).toEqual(["a", "b", "c"]);
  for (const label of ["a", "b", "c"]) finish(label);
  expect(await Promise.all(all)).toHaveLength(3);
});

test("when the first fails, one of the others goes first", async () => {
  const { backend, started, finish, fail } = scene();
  const first = backend.generate(request("a"), options());
  const others = ["b", "c"].map((label) => backend.generate(request(label), options()));
  await settle();
  fail("a");
  await expect(first).rejects.toThrow("failed");
  await settle();
  expect(started).toEqual(["a", "b"]);
  finish("b");
  await settle();
  expect(started).toEqual(["a", "b", "c"]);
  finish("c");
  expect(await Promise.all(others)).toHaveLength(2);
});

test("short prefixes, which no provider keeps, and other models do not wait", async () => {
  const { backend, started, finish } = scene();
  const all = [
    backend.generate(request("a", 100), options()),
    backend.generate(request("b", 100), options()),
    backend.generate(request("c"), options()),
    backend.generate({ ...request("d"), model: "other" }, options()),
  ];
  await settle();
  expect(started).toEqual(["a", "b", "c", "d"]);
  for (const label of ["a", "b", "c", "d"]) finish(label);
  await Promise.all(all);
});

test("one that gives up waiting goes on to its backend, which says so", async () => {
  const { backend, started } = scene();
  void backend.generate(request("a"), options());
  const stop = new AbortController();
  void backend.generate(request("b"), { signal: stop.signal });
  await settle();
  stop.abort();
  await settle();
  expect(started).toEqual(["a", "b"]);
});

function request(label: string, characters = 4000): GenerateRequest {
  const prompt = [
    { name: "rules", role: "system", stability: "project", text: "x".repeat(characters) },
    { name: "module", role: "user", stability: "module", text: label },
  ] as const;
  return { label, attempt: 1, prompt, model: "m", maxOutputTokens: 10 };
}

function options(): GenerateOptions {
  return { signal: new AbortController().signal };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

function scene(): {
  readonly backend: Backend;
  readonly started: string[];
  begin(label: string): void;
  finish(label: string): void;
  fail(label: string): void;
} {
  const running = new Map<string, { begin(): void; finish(): void; fail(): void }>();
  const started: string[] = [];
  const response: GenerateResponse = {
    text: "",
    channel: "source",
    finish: "stop",
    usage: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
    model: "m",
  };
  const backend = withWarmUp({
    apiVersion: 1,
    name: "scripted",
    generate: ({ label }, { onProgress }) =>
      new Promise((resolve, reject) => {
        started.push(label);
        running.set(label, {
          begin: () => onProgress?.({ outputCharacters: 1 }),
          finish: () => resolve(response),
          fail: () => reject(new Error("failed")),
        });
      }),
  });
  return {
    backend,
    started,
    begin: (label) => running.get(label)?.begin(),
    finish: (label) => running.get(label)?.finish(),
    fail: (label) => running.get(label)?.fail(),
  };
}
