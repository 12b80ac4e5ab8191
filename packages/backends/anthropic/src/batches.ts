import type Anthropic from "@anthropic-ai/sdk";
import {
  asCount,
  asObject,
  asText,
  controlCall,
  divideRequests,
  findBatch,
  readBatchAnswer,
  readObject,
  readObjects,
  readRetryAfter,
  type ControlLine,
} from "@jaunt/backend-kit";
import {
  BackendError,
  type BatchBackend,
  type BatchCounts,
  type BatchHandle,
  type BatchRequest,
  type BatchResult,
  type BatchState,
  type GenerateRequest,
} from "@jaunt/core";
import { createAnswer } from "./answer.ts";
import type { Client } from "./client.ts";
import { formatRequest, type RequestForm } from "./request.ts";

export interface BatchSetup {
  readonly client: Client;
  readonly line: ControlLine;
  /** The model that a request goes to. */
  readonly modelOf: (request: GenerateRequest) => string;
  readonly formOf: (model: string) => RequestForm;
}

type Json = Readonly<Record<string, unknown>>;

/** The API's limits on one batch, with room for what holds the requests together. */
const most = { requests: 100_000, bytes: 255_000_000 };

/** Message Batches. Answers are read as those of live calls are. */
export function createBatches({ client, line, modelOf, formOf }: BatchSetup): BatchBackend {
  const { batches } = client;
  const format = ({ id, request }: BatchRequest): Anthropic.Messages.BatchCreateParams.Request => {
    const model = modelOf(request);
    const { stream: _stream, ...params } = formatRequest(request, model, formOf(model));
    return { custom_id: id, params };
  };
  const handleOf = (id: string, requests: readonly BatchRequest[] = []): BatchHandle => {
    const model = requests[0] === undefined ? "" : modelOf(requests[0].request);
    return { id, notes: { model, channel: formOf(model).channel } };
  };

  function results(
    { id, notes }: BatchHandle,
    url: string | undefined,
    signal: AbortSignal,
  ): Promise<readonly BatchResult[]> {
    return controlCall(
      line,
      signal,
      (signal) => batches.results(id, url, signal),
      async (reply) => {
        const read: BatchResult[] = [];
        for await (const value of readObjects(reply)) read.push(...readResult(value, notes, line.clean));
        return read;
      },
    );
  }

  return {
    divide: (requests) => divideRequests(requests, most, (request) => sizeOf(format(request))),
    async submit({ requests }, signal) {
      const body = { requests: requests.map(format) };
      const made = await controlCall(line, signal, (signal) => batches.create(body, signal), readObject);
      const id = asText(made["id"]);
      if (id !== undefined) return handleOf(id, requests);
      throw new BackendError("The provider took a batch and did not say its id.", { kind: "server" });
    },
    async find(lost, signal) {
      const id = await findBatch(lost, {
        ask: (after) => controlCall(line, signal, (signal) => batches.list(after, signal), readObject),
        madeAt: ({ created_at: made }) => Date.parse(asText(made) ?? ""),
        // The list does not tell what is in a batch; the answers will.
        matches: ({ request_counts: counts }) => total(countsOf(counts)) === lost.requests,
      });
      return id === undefined ? undefined : handleOf(id);
    },
    async poll(handle, signal): Promise<BatchState> {
      const { batch, pollAfterMs } = await controlCall(
        line,
        signal,
        (signal) => batches.retrieve(handle.id, signal),
        async (reply) => ({ batch: await readObject(reply), pollAfterMs: readRetryAfter(reply.response.headers) }),
      );
      const counts = countsOf(batch["request_counts"]);
      if (batch["processing_status"] !== "ended")
        return { state: "running", counts, ...(pollAfterMs === undefined ? {} : { pollAfterMs }) };
      return {
        state: asText(batch["cancel_initiated_at"]) === undefined ? "ended" : "cancelled",
        counts,
        results: await results(handle, asText(batch["results_url"]), signal),
      };
    },
    async cancel({ id }, signal) {
      await controlCall(line, signal, (signal) => batches.cancel(id, signal), readObject);
    },
  };
}

function sizeOf(request: Anthropic.Messages.BatchCreateParams.Request): number {
  return Buffer.byteLength(JSON.stringify(request)) + 1;
}

function countsOf(value: unknown): BatchCounts {
  const counts = asObject(value);
  const count = (name: string): number => asCount(counts?.[name]) ?? 0;
  return {
    running: count("processing"),
    succeeded: count("succeeded"),
    failed: count("errored") + count("canceled") + count("expired"),
  };
}

function total({ running, succeeded, failed }: BatchCounts): number {
  return running + succeeded + failed;
}

/** One line of the results; none when it is about no request. */
function readResult(value: Json, notes: BatchHandle["notes"], clean: (text: string) => string): readonly BatchResult[] {
  const id = asText(value["custom_id"]);
  const result = asObject(value["result"]);
  if (id === undefined || result === undefined) return [];
  switch (result["type"]) {
    case "expired":
      return [{ id, failure: { kind: "timeout", message: "The request expired before it was answered." } }];
    case "canceled":
      return [{ id, failure: { kind: "aborted", message: "The batch was cancelled before it was answered." } }];
    default: {
      const channel = notes["channel"] === "json" ? "json" : "text";
      // A batch always tells its usage, so that nothing is estimated from the request, which may be gone.
      const answer = createAnswer(unknownRequest(id), notes["model"] ?? "", channel);
      const document = result["type"] === "succeeded" ? result["message"] : result["error"];
      return [readBatchAnswer({ id, answer, status: 200, document, clean })];
    }
  }
}

function unknownRequest(id: string): GenerateRequest {
  return { label: id, attempt: 1, prompt: [], model: "", maxOutputTokens: 0 };
}
