import type { ServerResponse } from "node:http";
import { startHttpServer, type HttpServer, type SeenRequest } from "../wire/http-server.ts";
import type { WireAnswer } from "../wire/wire-format.ts";
import { anthropicBatches } from "./anthropic-batches.ts";
import type { BatchCall, BatchVendor } from "./batch-vendor.ts";
import type { BatchFate, KeptBatch } from "./kept-batch.ts";
import { openaiBatches } from "./openai-batches.ts";

export interface BatchServerOptions {
  readonly vendor: "anthropic" | "openai";
  /** What the model says to a request, given its body as JSON; undefined answers a live call with 400. */
  answer(body: string): WireAnswer | undefined;
  /** What becomes of a request of a batch, given its body. Default: it is answered. */
  fate?(body: string): BatchFate;
  /** Polls of a batch before it ends; infinite keeps it running. Default 2. */
  readonly pollsBeforeEnd?: number;
  /** How a batch ends. Default `ended`. */
  readonly ends?: KeptBatch["state"];
  /** What the server asks to wait before the next poll, in milliseconds. Default 20. */
  readonly pollAfterMs?: number;
  /** Interferes with a request: true when it has answered it. `batch` is what a creation just made. */
  intercept?(call: BatchCall, reply: ServerResponse, batch: KeptBatch | undefined): boolean;
}

export interface BatchServer extends HttpServer {
  /** Every batch so far, in the order of submission. */
  readonly batches: readonly KeptBatch[];
  /** Bodies of the live calls so far. */
  readonly live: readonly string[];
}

/**
 * Serves a vendor's batch endpoints and its live one on loopback. Batches advance with every poll, answers come in the reverse order,
 * and what the vendors keep apart is apart.
 */
export async function startBatchServer(options: BatchServerOptions): Promise<BatchServer> {
  const vendor = options.vendor === "anthropic" ? anthropicBatches : openaiBatches;
  const state: ServerState = { vendor, options, batches: [], files: new Map(), live: [], url: "" };
  const server = await startHttpServer((request, reply) => answerRequest(state, request, reply));
  state.url = server.url;
  return Object.assign(server, { batches: state.batches, live: state.live });
}

interface ServerState {
  readonly vendor: BatchVendor;
  readonly options: BatchServerOptions;
  readonly batches: KeptBatch[];
  readonly files: Map<string, string>;
  readonly live: string[];
  url: string;
}

function answerRequest(state: ServerState, request: SeenRequest, reply: ServerResponse): unknown {
  const { vendor, options, files } = state;
  if (request.path === vendor.wire.path) return answerLive(state, request, reply);
  const call = vendor.read(request, files);
  if (call === undefined) return send(reply, 404, { error: { message: `Nothing is served at ${request.path}.` } });
  if (typeof call === "string") return send(reply, 400, { error: { message: call, type: "invalid_request_error" } });
  const made = call.kind === "create" ? keep(state, call) : undefined;
  if (options.intercept?.(call, reply, made) === true) return undefined;
  switch (call.kind) {
    case "upload": {
      const id = `file-${String(files.size + 1)}`;
      files.set(id, call.file);
      return send(reply, 200, vendor.upload(id));
    }
    case "create":
      return sendBatch(state, made, reply);
    case "list":
      return send(reply, 200, vendor.list([...state.batches].reverse().map((batch) => describe(state, batch))));
    case "poll":
    case "cancel": {
      const batch = state.batches.find(({ id }) => id === call.id);
      if (call.kind === "poll") advance(state, batch);
      else if (batch?.state === "running") batch.state = "cancelled";
      return sendBatch(state, batch, reply);
    }
    case "download":
      return sendFile(state, call, reply);
  }
}

function answerLive({ vendor, options, live }: ServerState, { body }: SeenRequest, reply: ServerResponse): unknown {
  live.push(body);
  const answer = options.answer(body);
  if (answer === undefined) return send(reply, 400, { error: { message: "There is no answer to this." } });
  return reply.writeHead(200, { "content-type": "text/event-stream" }).end(vendor.wire.stream(answer).join(""));
}

function keep({ batches }: ServerState, call: Extract<BatchCall, { readonly kind: "create" }>): KeptBatch {
  const batch: KeptBatch = {
    id: `batch_${String(batches.length + 1)}`,
    requests: new Map(call.requests.map(([id, body]) => [id, JSON.stringify(body)])),
    metadata: call.metadata ?? null,
    createdAt: Math.floor(Date.now() / 1_000),
    polls: 0,
    state: "running",
  };
  batches.push(batch);
  return batch;
}

function advance({ options }: ServerState, batch: KeptBatch | undefined): void {
  if (batch?.state !== "running") return;
  batch.polls += 1;
  if (batch.polls > (options.pollsBeforeEnd ?? 2)) batch.state = options.ends ?? "ended";
}

function describe({ vendor, options, url }: ServerState, batch: KeptBatch): object {
  return vendor.batch(batch, (id) => fateOf(options, batch, id), url);
}

function fateOf({ fate }: BatchServerOptions, { requests }: KeptBatch, id: string): BatchFate {
  return fate?.(requests.get(id) ?? "") ?? "succeeded";
}

function sendBatch(state: ServerState, batch: KeptBatch | undefined, reply: ServerResponse): unknown {
  if (batch === undefined)
    return send(reply, 404, { error: { message: "There is no such batch.", type: "not_found_error" } });
  const headers = { "retry-after-ms": String(state.options.pollAfterMs ?? 20) };
  return send(reply, 200, describe(state, batch), headers);
}

function sendFile(
  { vendor, options, batches }: ServerState,
  { id, which }: Extract<BatchCall, { readonly kind: "download" }>,
  reply: ServerResponse,
): unknown {
  const batch = batches.find((kept) => kept.id === id);
  if (batch === undefined || batch.state === "running") return send(reply, 404, { error: { message: "No results." } });
  const lines = [...batch.requests].reverse().flatMap(([custom, body]) => {
    const fate = fateOf(options, batch, custom);
    if (fate === "missing") return [];
    if (fate === "malformed") return [`{"custom_id":"${custom}","resp`];
    const line = vendor.line(custom, fate, () => documentOf(vendor, options, body), which);
    return line === undefined ? [] : [JSON.stringify(line)];
  });
  return reply.writeHead(200, { "content-type": "application/binary" }).end(`${lines.join("\n")}\n`);
}

function documentOf(vendor: BatchVendor, { answer }: BatchServerOptions, body: string): object {
  const said = answer(body);
  if (said === undefined) throw new Error("A request that is answered needs an answer.");
  return vendor.wire.document(said);
}

function send(
  reply: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): unknown {
  return reply.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
