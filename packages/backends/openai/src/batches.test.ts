import { startBatchServer } from "@jaunt/testkit";
import { batchConformance } from "@jaunt/testkit/conformance";
import { expect, onTestFinished, test } from "vitest";
import { createBackend } from "./index.ts";

const setup = { provider: "openai", model: "", output: "text", timeoutMs: 20_000, recordings: "" };
const never = new AbortController().signal;
const request = { label: "a", attempt: 1, prompt: [], model: "", maxOutputTokens: 100 };

batchConformance("openai", {
  vendor: "openai",
  connect: ({ baseUrl, apiKey }) => createBackend({ ...setup, baseUrl, apiKey }),
});

test("source that a model hands to its tool is source", async () => {
  const answer = {
    text: "const a = 1;",
    finish: "stop",
    usage: undefined,
    chunkSize: 8,
    tool: "write_source",
  } as const;
  const server = await startBatchServer({ vendor: "openai", answer: () => answer, pollsBeforeEnd: 0 });
  onTestFinished(() => server.close());
  const { batch } = createBackend({ ...setup, output: "auto", baseUrl: server.url, apiKey: "a-key" });
  const handle = await batch?.submit({ name: "n", requests: [{ id: "a", request }] }, never);
  const state = await batch?.poll(handle ?? { id: "", notes: {} }, never);
  expect(state?.results).toMatchObject([{ id: "a", response: { text: "const a = 1;", channel: "source" } }]);
});

test("a batch of which no line is right has failed, with what the provider says", async () => {
  const server = await startBatchServer({
    vendor: "openai",
    answer: () => undefined,
    pollsBeforeEnd: 0,
    ends: "failed",
  });
  onTestFinished(() => server.close());
  const { batch } = createBackend({ ...setup, baseUrl: server.url, apiKey: "a-key" });
  const handle = await batch?.submit({ name: "n", requests: [{ id: "a", request }] }, never);
  expect(await batch?.poll(handle ?? { id: "", notes: {} }, never)).toMatchObject({
    state: "failed",
    message: "No line is right.",
  });
});

test("more requests than a file may hold become several batches", () => {
  const { batch } = createBackend({ ...setup, baseUrl: "http://127.0.0.1:1", apiKey: "a-key" });
  const requests = Array.from({ length: 50_001 }, (_, index) => ({ id: String(index), request }));
  expect(batch?.divide(requests).map(({ length }) => length)).toEqual([50_000, 1]);
});
