import { anthropicMessages } from "../wire/anthropic-messages.ts";
import type { SeenRequest } from "../wire/http-server.ts";
import type { BatchCall, BatchVendor } from "./batch-vendor.ts";
import { countFates, type BatchFate, type KeptBatch } from "./kept-batch.ts";

/** Anthropic's Message Batches. */
export const anthropicBatches: BatchVendor = Object.freeze({
  wire: anthropicMessages,
  read: ({ method, path, body }: SeenRequest): BatchCall | string | undefined => {
    const [, id, action] = /^\/v1\/messages\/batches(?:\/([\w-]+))?(?:\/(cancel|results))?(?:\?.*)?$/.exec(path) ?? [];
    if (!path.startsWith("/v1/messages/batches")) return undefined;
    if (method === "POST" && id === undefined) return readCreation(body);
    if (method === "GET" && id === undefined) return { kind: "list" };
    if (id === undefined) return `nothing at ${path}`;
    if (method === "POST" && action === "cancel") return { kind: "cancel", id };
    return action === "results" ? { kind: "download", id, which: "all" } : { kind: "poll", id };
  },
  upload: () => ({}),
  batch: (batch: KeptBatch, fateOf: (id: string) => BatchFate, url: string) => {
    const ended = batch.state !== "running";
    const counts = countFates(batch.requests.keys(), fateOf);
    const none = { processing: batch.requests.size, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
    return {
      id: batch.id,
      type: "message_batch",
      processing_status: ended ? "ended" : "in_progress",
      // Nothing is told apart before all of it has ended.
      request_counts: ended
        ? {
            processing: 0,
            succeeded: counts.succeeded,
            errored: counts.errored + counts.malformed + counts.missing,
            canceled: counts.cancelled,
            expired: counts.expired,
          }
        : none,
      created_at: new Date(batch.createdAt * 1_000).toISOString(),
      cancel_initiated_at: batch.state === "cancelled" ? new Date().toISOString() : null,
      results_url: ended ? `${url}/v1/messages/batches/${batch.id}/results` : null,
    };
  },
  list: (batches: readonly object[]) => ({ data: batches, has_more: false }),
  line: (id: string, fate: BatchFate, answer: () => object) => ({ custom_id: id, result: resultOf(fate, answer) }),
});

function readCreation(body: string): BatchCall | string {
  const { requests } = JSON.parse(body) as { readonly requests: readonly { custom_id: string; params: object }[] };
  const ids = requests.map(({ custom_id }) => custom_id);
  if (!ids.every((id) => /^[a-zA-Z0-9_-]{1,64}$/.test(id))) return "requests.0.custom_id: invalid";
  if (new Set(ids).size < ids.length) return "requests: custom_id must be unique";
  if (requests.some(({ params }) => "stream" in params)) return "requests.0.params.stream: not supported in batches";
  return { kind: "create", requests: requests.map(({ custom_id, params }) => [custom_id, params] as const) };
}

function resultOf(fate: BatchFate, answer: () => object): object {
  if (fate === "succeeded") return { type: "succeeded", message: answer() };
  if (fate === "expired") return { type: "expired" };
  if (fate === "cancelled") return { type: "canceled" };
  const error = { type: "invalid_request_error", message: "This one was refused." };
  return { type: "errored", error: { type: "error", error, request_id: "req_1" } };
}
