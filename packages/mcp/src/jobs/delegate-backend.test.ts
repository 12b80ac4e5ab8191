import type { GenerateRequest } from "@jaunt/core";
import { describe, expect, test } from "vitest";
import { createDelegateBackend, type DelegateBackend } from "./delegate-backend.ts";

describe("a backend whose model is the agent", () => {
  test("hands the shared rules out apart from what differs by module", () => {
    const { backend } = create();
    void backend.generate(request("src/a"), { signal: new AbortController().signal });
    expect(backend.pending()).toEqual([
      { module: "src/a", attempt: 1, instructions: "rules", prompt: "spec of src/a\n\nerrors" },
    ]);
  });

  test("answers each module with its own source, in any order", async () => {
    const { backend, changes } = create();
    const { signal } = new AbortController();
    const replies = ["src/a", "src/b"].map((label) => backend.generate(request(label), { signal }));
    backend.submit("src/b", "const b = 1;");
    backend.submit("src/a", "Here:\n```ts\nconst a = 1;\n```");
    expect(await Promise.all(replies)).toMatchObject([
      { text: "Here:\n```ts\nconst a = 1;\n```", channel: "text", model: "tester" },
      { text: "const b = 1;", channel: "source", model: "tester" },
    ]);
    expect(backend.pending()).toEqual([]);
    expect(changes()).toBe(4);
  });

  test("refuses a module that nobody asked for, and a second source until it is asked for again", async () => {
    const { backend } = create();
    const { signal } = new AbortController();
    expect(() => backend.submit("src/a", "x")).toThrow(/No prompt of this build waits for "src\/a"/);
    void backend.generate(request("src/a"), { signal });
    backend.submit("src/a", "x");
    expect(() => backend.submit("src/a", "x")).toThrow(/submitted already/);
    const second = backend.generate(request("src/a", 2), { signal });
    backend.submit("src/a", "y");
    expect(await second).toMatchObject({ text: "y" });
  });

  test("gives up on a source that does not come in time, and nobody asks again", async () => {
    const { backend } = create(20);
    const late = backend.generate(request("src/a"), { signal: new AbortController().signal });
    await expect(late).rejects.toMatchObject({ kind: "timeout", retryable: false });
    expect(backend.pending()).toEqual([]);
  });

  test("forgets what waits when the build is cancelled, before or while it waits", async () => {
    const { backend } = create();
    const controller = new AbortController();
    const waiting = backend.generate(request("src/a"), { signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ kind: "aborted" });
    await expect(backend.generate(request("src/b"), { signal: controller.signal })).rejects.toMatchObject({
      kind: "aborted",
    });
    expect(backend.pending()).toEqual([]);
  });
});

function create(timeLimitMs = 60_000): { backend: DelegateBackend; changes: () => number } {
  let count = 0;
  const backend = createDelegateBackend({ agent: "tester", timeLimitMs, onChange: () => void (count += 1) });
  return { backend, changes: () => count };
}

function request(label: string, attempt = 1): GenerateRequest {
  return {
    label,
    attempt,
    model: "",
    maxOutputTokens: 100,
    prompt: [
      { name: "rules", role: "system", stability: "project", text: "rules\n" },
      { name: "spec", role: "user", stability: "module", text: `spec of ${label}\n` },
      { name: "errors", role: "user", stability: "attempt", text: "errors\n" },
    ],
  };
}
