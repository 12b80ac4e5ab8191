import type { SeenRequest } from "../wire/http-server.ts";
import { openaiResponses } from "../wire/openai-responses.ts";
import type { BatchCall, BatchVendor } from "./batch-vendor.ts";
import { countFates, type BatchFate, type KeptBatch } from "./kept-batch.ts";

/** OpenAI's Batch API, with responses in it. */
export const openaiBatches: BatchVendor = Object.freeze({
  wire: openaiResponses,
  read: (
    { method, path, headers, body }: SeenRequest,
    files: ReadonlyMap<string, string>,
  ): BatchCall | string | undefined => {
    if (method === "POST" && path === "/v1/files") return readUpload(String(headers["content-type"]), body);
    const [, which, id = ""] = /^\/v1\/files\/(out|err)-([\w-]+)\/content$/.exec(path) ?? [];
    if (which !== undefined) return { kind: "download", id, which: which === "out" ? "answers" : "errors" };
    if (!path.startsWith("/v1/batches")) return undefined;
    const [, batch, cancel] = /^\/v1\/batches(?:\/([\w-]+))?(\/cancel)?(?:\?.*)?$/.exec(path) ?? [];
    if (method === "POST" && batch === undefined) return readCreation(body, files);
    if (batch === undefined) return { kind: "list" };
    return { kind: cancel === undefined ? "poll" : "cancel", id: batch };
  },
  upload: (id: string) => ({ id, object: "file", purpose: "batch" }),
  batch: ({ id, requests, metadata, createdAt, state }: KeptBatch, fateOf: (id: string) => BatchFate) => {
    const counts = countFates(requests.keys(), fateOf);
    const done = state === "ended" || state === "expired" || state === "cancelled";
    return {
      id,
      object: "batch",
      endpoint: "/v1/responses",
      status: state === "running" ? "in_progress" : state === "ended" ? "completed" : state,
      created_at: createdAt,
      metadata,
      request_counts: {
        total: requests.size,
        completed: done ? counts.succeeded : 0,
        failed: done ? requests.size - counts.succeeded : 0,
      },
      errors: state === "failed" ? { object: "list", data: [{ code: "invalid", message: "No line is right." }] } : null,
      ...(done && counts.succeeded > 0 ? { output_file_id: `out-${id}` } : {}),
      ...(done && counts.succeeded < requests.size ? { error_file_id: `err-${id}` } : {}),
    };
  },
  list: (batches: readonly object[]) => ({ object: "list", data: batches, has_more: false }),
  line: (id: string, fate: BatchFate, answer: () => object, which: "all" | "answers" | "errors") => {
    if ((which === "answers") !== (fate === "succeeded")) return undefined;
    const line = { id: `batch_req_${id.slice(0, 8)}`, custom_id: id };
    if (fate === "succeeded") return { ...line, response: { status_code: 200, body: answer() }, error: null };
    if (fate === "expired" || fate === "cancelled")
      return { ...line, response: null, error: { code: `batch_${fate}`, message: `This request was ${fate}.` } };
    const error = { message: "This one was refused.", type: "invalid_request_error", code: "invalid_value" };
    return { ...line, response: { status_code: 400, body: { error } }, error: null };
  },
});

function readUpload(type: string, body: string): BatchCall | string {
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1];
  if (boundary === undefined) return "not a form";
  const part = body.split(`--${boundary}`).find((text) => text.includes('name="file"'));
  const file = part?.slice(part.indexOf("\r\n\r\n") + 4).replace(/\r\n$/, "");
  if (file === undefined || !/name="purpose"\r\n\r\nbatch\r\n/.test(body)) return "no file for a batch";
  return { kind: "upload", file };
}

function readCreation(body: string, files: ReadonlyMap<string, string>): BatchCall | string {
  const { input_file_id, endpoint, completion_window, metadata } = JSON.parse(body) as Readonly<
    Record<string, unknown>
  >;
  const file = files.get(String(input_file_id));
  if (file === undefined || endpoint !== "/v1/responses" || completion_window !== "24h") return "invalid batch";
  const lines = file
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { custom_id: string; method: string; url: string; body: object });
  if (lines.some(({ method, url }) => method !== "POST" || url !== endpoint)) return "a line is for another endpoint";
  if (lines.some(({ body }) => "stream" in body)) return "stream is not supported in batches";
  return { kind: "create", requests: lines.map(({ custom_id, body }) => [custom_id, body] as const), metadata };
}
