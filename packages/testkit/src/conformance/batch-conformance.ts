import { BackendError, type Backend, type BatchBackend, type BatchRequest, type BatchState } from "@jaunt/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { startBatchServer, type BatchServer, type BatchServerOptions } from "../batch/batch-server.ts";
import type { BatchFate } from "../batch/kept-batch.ts";
import type { WireAnswer } from "../wire/wire-format.ts";
import { conformanceRequest, everythingIn, neverAborted, rejection } from "./calls.ts";

/** A backend that takes batches. */
export interface BatchingBackend {
  readonly vendor: BatchServerOptions["vendor"];
  /** Makes it for a server of the suite. */
  connect(setup: { readonly baseUrl: string; readonly apiKey: string }): Backend;
}

/** Of no form that a redaction by looks would know. */
const secret = "zebra7Quartz9Lantern";
const names = ["one", "two", "three", "four"] as const;

/** Declares the tests that every backend with batches must pass, against a server that behaves like the vendor's own. */
export function batchConformance(name: string, { vendor, connect }: BatchingBackend): void {
  async function open(
    options: Partial<BatchServerOptions> = {},
  ): Promise<{ readonly server: BatchServer; readonly batch: BatchBackend }> {
    const server = await startBatchServer({ vendor, answer: answerOf, pollsBeforeEnd: 0, ...options });
    onTestFinished(() => server.close());
    const { batch } = connect({ baseUrl: server.url, apiKey: secret });
    if (batch === undefined) throw new Error(`${name} takes no batches.`);
    return { server, batch };
  }

  async function run(options: Partial<BatchServerOptions> = {}): Promise<BatchState> {
    const { batch } = await open(options);
    return batch.poll(await batch.submit(draft, neverAborted()), neverAborted());
  }

  describe(`${name} in batches`, () => {
    test("answers come by id, with text, usage and model, in whatever order", async () => {
      const { state, results = [], counts } = await run();
      expect({ state, counts }).toEqual({ state: "ended", counts: { running: 0, succeeded: 4, failed: 0 } });
      expect(results.map(({ id }) => id)).not.toEqual(names);
      for (const id of names)
        expect(results.find((result) => result.id === id)).toEqual({
          id,
          response: {
            text: `answer ${id}`,
            channel: "text",
            finish: "stop",
            usage: { input: 90, cacheRead: 10, cacheWrite: 0, output: 30, reasoning: 5 },
            model: "wire-model",
          },
        });
    });

    test("the handle is plain data that another backend, hours later, polls as well", async () => {
      const { server, batch } = await open();
      const kept = JSON.stringify(await batch.submit(draft, neverAborted()));
      expect(kept).not.toContain(secret);
      const other = connect({ baseUrl: server.url, apiKey: secret }).batch;
      expect(await other?.poll(JSON.parse(kept) as never, neverAborted())).toMatchObject({ state: "ended" });
    });

    test("a batch that runs says how far it is and when to ask again", async () => {
      const state = await run({ pollsBeforeEnd: 1, pollAfterMs: 70 });
      expect(state).toEqual({
        state: "running",
        counts: { running: 4, succeeded: 0, failed: 0 },
        pollAfterMs: 70,
      });
    });

    test.each<[BatchFate, object | undefined]>([
      ["errored", { failure: { kind: "bad-request", message: "This one was refused." } }],
      ["expired", { failure: { kind: "timeout" } }],
      ["cancelled", { failure: { kind: "aborted" } }],
      ["malformed", undefined],
      ["missing", undefined],
    ])("a request that is %s takes nothing from the others", async (fate, expected) => {
      const { results = [] } = await run({ fate: (body) => (body.includes("answer two") ? fate : "succeeded") });
      const two = results.find(({ id }) => id === "two");
      if (expected === undefined) expect(two).toBeUndefined();
      else expect(two).toMatchObject(expected);
      expect(results.filter((result) => "response" in result).map(({ id }) => id)).toEqual(["four", "three", "one"]);
    });

    test.each<[WireAnswer["finish"]]>([["length"], ["refusal"]])(
      "an answer with finish %s is told as such",
      async (finish) => {
        const { results = [] } = await run({ answer: (body) => ({ ...answerOf(body), finish }) });
        expect(results[0]).toMatchObject({ response: { finish } });
      },
    );

    test("an empty answer is none", async () => {
      const { results = [] } = await run({ answer: (body) => ({ ...answerOf(body), text: "" }) });
      expect(results[0]).toMatchObject({ failure: { kind: "invalid-response" } });
    });

    test("a batch that is cancelled is told from one that ended", async () => {
      const { batch } = await open({ pollsBeforeEnd: 9, fate: () => "cancelled" });
      const handle = await batch.submit(draft, neverAborted());
      await batch.cancel(handle, neverAborted());
      expect(await batch.poll(handle, neverAborted())).toMatchObject({ state: "cancelled" });
    });

    test.each<[number, object]>([
      [429, { kind: "rate-limit", retryable: true, retryAfterMs: 3_000 }],
      [503, { kind: "overloaded", retryable: true }],
      [401, { kind: "auth", retryable: false }],
      [404, { kind: "bad-request", retryable: false, status: 404 }],
    ])("a poll that is answered %i is an error of its kind, without the key", async (status, expected) => {
      const { batch } = await open({
        intercept: ({ kind }, reply) => {
          if (kind !== "poll") return false;
          reply
            .writeHead(status, { "retry-after": "3" })
            .end(JSON.stringify({ error: { message: `Said of ${secret}` } }));
          return true;
        },
      });
      const error = await rejection(batch.poll(await batch.submit(draft, neverAborted()), neverAborted()));
      expect(error).toBeInstanceOf(BackendError);
      expect(error).toMatchObject(expected);
      expect(everythingIn(error)).not.toContain(secret);
    });

    test("results that break off are an error, not a smaller batch", async () => {
      const { batch } = await open({
        intercept: ({ kind }, reply) => {
          if (kind !== "download") return false;
          reply.writeHead(200, { "content-length": "1000" }).write('{"custom_id":"one"');
          setTimeout(() => reply.destroy(), 20);
          return true;
        },
      });
      const error = await rejection(batch.poll(await batch.submit(draft, neverAborted()), neverAborted()));
      expect(error).toMatchObject({ kind: "connection", retryable: true });
    });

    test("a submission whose answer was lost is found again, and only that one", async () => {
      const sentAt = Date.now();
      const { server, batch } = await open({
        intercept: ({ kind }, reply) => {
          if (kind === "create") reply.destroy();
          return kind === "create";
        },
      });
      expect(await rejection(batch.submit(draft, neverAborted()))).toMatchObject({ kind: "connection" });
      const lost = { name: draft.name, requests: names.length, sentAt, known: [] };
      const handle = await batch.find(lost, neverAborted());
      expect(handle?.id).toBe(server.batches[0]?.id);
      expect(await batch.find({ ...lost, known: [handle?.id ?? ""] }, neverAborted())).toBeUndefined();
      expect(await batch.find({ ...lost, sentAt: sentAt - 5 * 3_600_000 }, neverAborted())).toBeUndefined();
      expect(await batch.find({ ...lost, name: "another", requests: 3 }, neverAborted())).toBeUndefined();
    });

    test("a submission is aborted at once", async () => {
      const { batch } = await open();
      expect(await rejection(batch.submit(draft, AbortSignal.abort()))).toMatchObject({ kind: "aborted" });
    });
  });
}

const draft = { name: "a-name", requests: names.map(requestFor) };

function requestFor(id: string): BatchRequest {
  const request = conformanceRequest();
  return {
    id,
    request: { ...request, prompt: [{ name: "spec", role: "user", stability: "module", text: `answer ${id}` }] },
  };
}

function answerOf(body: string): WireAnswer {
  const text = /answer \w+/.exec(body)?.[0] ?? "";
  return { text, finish: "stop", usage: { input: 90, cacheRead: 10, output: 30, reasoning: 5 }, chunkSize: 8 };
}
