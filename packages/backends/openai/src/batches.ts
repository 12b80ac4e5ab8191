import {
  asCount,
  asObject,
  asObjects,
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
import { errorIn } from "./error-in.ts";
import { formatRequest, type RequestForm } from "./request.ts";

export interface BatchSetup {
  readonly client: Client;
  readonly line: ControlLine;
  /** The model that a request goes to. */
  readonly modelOf: (request: GenerateRequest) => string;
  readonly formOf: (model: string) => RequestForm;
}

type Json = Readonly<Record<string, unknown>>;

/** The API's limits on one file of requests. */
const most = { requests: 50_000, bytes: 200_000_000 };

/** Batches of responses: a file of requests, and for what came of them a file of answers and one of errors. */
export function createBatches({ client, line, modelOf, formOf }: BatchSetup): BatchBackend {
  const { batches } = client;
  const format = ({ id, request }: BatchRequest): string => {
    const model = modelOf(request);
    const { stream: _stream, ...body } = formatRequest(request, model, formOf(model));
    return `${JSON.stringify({ custom_id: id, method: "POST", url: "/v1/responses", body })}\n`;
  };
  const handleOf = (id: string, requests: readonly BatchRequest[] = []): BatchHandle => {
    const model = requests[0] === undefined ? modelOf(unknownRequest(id)) : modelOf(requests[0].request);
    return { id, notes: { model, channel: formOf(model).channel } };
  };

  async function results(
    file: string | undefined,
    notes: BatchHandle["notes"],
    signal: AbortSignal,
  ): Promise<readonly BatchResult[]> {
    if (file === undefined) return [];
    return controlCall(
      line,
      signal,
      (signal) => batches.download(file, signal),
      async (reply) => {
        const read: BatchResult[] = [];
        for await (const value of readObjects(reply)) read.push(...readResult(value, notes, line.clean));
        return read;
      },
    );
  }

  return {
    divide: (requests) => divideRequests(requests, most, (request) => Buffer.byteLength(format(request))),
    async submit({ name, requests }, signal) {
      const text = requests.map(format).join("");
      const upload = (signal: AbortSignal): Promise<Response> => batches.upload(`jaunt-${name}.jsonl`, text, signal);
      const file = await controlCall(line, signal, upload, readObject);
      const body = {
        input_file_id: idOf(file, "a file"),
        endpoint: "/v1/responses",
        completion_window: "24h",
        metadata: { jaunt: name },
      } as const;
      const made = await controlCall(line, signal, (signal) => batches.create(body, signal), readObject);
      return handleOf(idOf(made, "a batch"), requests);
    },
    async find(lost, signal) {
      const id = await findBatch(lost, {
        ask: (after) => controlCall(line, signal, (signal) => batches.list(after, signal), readObject),
        madeAt: ({ created_at: made }) => (asCount(made) ?? 0) * 1_000,
        matches: ({ metadata }) => asObject(metadata)?.["jaunt"] === lost.name,
      });
      return id === undefined ? undefined : handleOf(id);
    },
    async poll({ id, notes }, signal): Promise<BatchState> {
      const { batch, pollAfterMs } = await controlCall(
        line,
        signal,
        (signal) => batches.retrieve(id, signal),
        async (reply) => ({ batch: await readObject(reply), pollAfterMs: readRetryAfter(reply.response.headers) }),
      );
      const state = stateOf(batch["status"]);
      const counts = countsOf(batch["request_counts"]);
      if (state === "running") return { state, counts, ...(pollAfterMs === undefined ? {} : { pollAfterMs }) };
      if (state === "failed") return { state, counts, message: line.clean(whyFailed(batch["errors"])) };
      const files = [asText(batch["output_file_id"]), asText(batch["error_file_id"])];
      const [answers = [], errors = []] = await Promise.all(files.map((file) => results(file, notes, signal)));
      return { state, counts, results: [...answers, ...errors] };
    },
    async cancel({ id }, signal) {
      await controlCall(line, signal, (signal) => batches.cancel(id, signal), readObject);
    },
  };
}

function idOf(made: Json, what: string): string {
  const id = asText(made["id"]);
  if (id !== undefined) return id;
  throw new BackendError(`The provider took ${what} and did not say its id.`, { kind: "server" });
}

/** A batch that is being checked, finished or cancelled still runs. */
function stateOf(status: unknown): BatchState["state"] {
  switch (status) {
    case "completed":
      return "ended";
    case "expired":
    case "cancelled":
    case "failed":
      return status;
    default:
      return "running";
  }
}

function countsOf(value: unknown): BatchCounts {
  const counts = asObject(value);
  const [total = 0, succeeded = 0, failed = 0] = ["total", "completed", "failed"].map((name) =>
    asCount(counts?.[name]),
  );
  return { running: Math.max(0, total - succeeded - failed), succeeded, failed };
}

function whyFailed(value: unknown): string {
  const said = asObjects(asObject(value)?.["data"]).flatMap(({ message }) => asText(message) ?? []);
  return said.length === 0 ? "without saying why" : said.slice(0, 3).join(" ").slice(0, 500);
}

/** One line of either file; none when it is about no request. */
function readResult(value: Json, notes: BatchHandle["notes"], clean: (text: string) => string): readonly BatchResult[] {
  const id = asText(value["custom_id"]);
  if (id === undefined) return [];
  const error = asObject(value["error"]);
  if (error !== undefined) return [{ id, failure: neverAsked(asText(error["code"]), asText(error["message"]), clean) }];
  const response = asObject(value["response"]);
  const channel = notes["channel"] === "tool" || notes["channel"] === "json" ? notes["channel"] : "text";
  // A batch always tells its usage, so that nothing is estimated from the request, which may be gone.
  const answer = createAnswer(unknownRequest(id), notes["model"] ?? "", channel);
  const status = asCount(response?.["status_code"]) ?? 200;
  return [readBatchAnswer({ id, answer, status, document: response?.["body"], errorIn, clean })];
}

function neverAsked(
  code: string | undefined,
  message: string | undefined,
  clean: (text: string) => string,
): Extract<BatchResult, { readonly failure: unknown }>["failure"] {
  const kind = code === "batch_expired" ? "timeout" : code === "batch_cancelled" ? "aborted" : "server";
  return { kind, message: clean(message ?? code ?? "The request was not answered.") };
}

function unknownRequest(id: string): GenerateRequest {
  return { label: id, attempt: 1, prompt: [], model: "", maxOutputTokens: 0 };
}
