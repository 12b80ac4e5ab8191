import { startBatchServer, startHttpServer } from "@jaunt/testkit";
import { batchConformance } from "@jaunt/testkit/conformance";
import { expect, onTestFinished, test } from "vitest";
import { createBackend } from "./index.ts";

const setup = { provider: "anthropic", model: "", output: "auto", timeoutMs: 20_000, recordings: "" };
const never = new AbortController().signal;
const request = { label: "a", attempt: 1, prompt: [], model: "", maxOutputTokens: 100 };

batchConformance("anthropic", {
  vendor: "anthropic",
  connect: ({ baseUrl, apiKey }) => createBackend({ ...setup, baseUrl, apiKey }),
});

test("the results are fetched from where the key goes anyway, whatever address the answer names", async () => {
  const elsewhere = await startHttpServer((_request, reply) => reply.end());
  onTestFinished(() => elsewhere.close());
  const server = await startBatchServer({
    vendor: "anthropic",
    answer: () => ({ text: "yes", finish: "stop", usage: undefined, chunkSize: 8 }),
    intercept: ({ kind }, reply) => {
      const batch = { processing_status: "ended", results_url: `${elsewhere.url}/results` };
      if (kind === "poll") reply.end(JSON.stringify(batch));
      if (kind === "download") reply.end("{}\n");
      return kind === "poll" || kind === "download";
    },
  });
  onTestFinished(() => server.close());
  const { batch } = createBackend({ ...setup, baseUrl: server.url, apiKey: "a-key" });
  await batch?.poll({ id: "batch_1", notes: {} }, never);
  expect(elsewhere.requests).toEqual([]);
  expect(server.requests.at(-1)?.path).toBe("/v1/messages/batches/batch_1/results");
});

test("more requests than the API takes at once become several batches", () => {
  const { batch } = createBackend({ ...setup, baseUrl: "http://127.0.0.1:1", apiKey: "a-key" });
  const requests = Array.from({ length: 100_001 }, (_, index) => ({ id: String(index), request }));
  expect(batch?.divide(requests).map(({ length }) => length)).toEqual([100_000, 1]);
  const text = "ä".repeat(60_000_000);
  const large = { ...request, prompt: [{ name: "spec", role: "user", stability: "module", text } as const] };
  expect(batch?.divide(["a", "b", "c"].map((id) => ({ id, request: large }))).map(({ length }) => length)).toEqual([
    2, 1,
  ]);
});
