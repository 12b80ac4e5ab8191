import type { BatchHandle, BatchRequest, ModuleId } from "@jaunt/core";
import { digest, shortDigest } from "@jaunt/core/digest";
import { countInput } from "../generate/with-budget.ts";

/** One request of a batch, as the record keeps it: never the prompt. */
export interface RecordedRequest {
  /** Its id in the batch, which is its key in the reply cache. */
  readonly id: string;
  readonly module: ModuleId;
  /** The most that it may use. */
  readonly input_tokens: number;
  readonly output_tokens: number;
}

/** A batch that is out, as `.jaunt/batches/<name>.json` keeps it. */
export interface BatchRecord {
  readonly name: string;
  /** Digest of who was asked: nobody else knows of the batch. */
  readonly provider: string;
  /** Milliseconds since the epoch. */
  readonly sent_at: number;
  /** Null until the provider has said that it has the batch: it may have it or not. */
  readonly handle: BatchHandle | null;
  readonly requests: readonly RecordedRequest[];
  /** Ids of the batches that were accounted for when it was sent: it is none of those. */
  readonly known: readonly string[];
}

/** The record of requests that are about to be sent at `sentAt`, in milliseconds since the epoch. */
export function newBatchRecord(
  requests: readonly BatchRequest[],
  provider: string,
  sentAt: number,
  known: readonly string[],
): BatchRecord {
  const ids = requests.map(({ id }) => id);
  return {
    name: `${sentAt.toString(36)}-${shortDigest(digest("batch", ids), 12)}`,
    provider,
    sent_at: sentAt,
    handle: null,
    requests: requests.map(({ id, request }) => ({
      id,
      module: request.label,
      input_tokens: countInput(request),
      output_tokens: request.maxOutputTokens,
    })),
    known,
  };
}

/** The record that a file holds; undefined when it holds none. */
export function parseBatchRecord(text: string): BatchRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { name, provider, sent_at, handle, requests, known } = value as Partial<Record<keyof BatchRecord, unknown>>;
  const isWhole =
    typeof name === "string" &&
    typeof provider === "string" &&
    typeof sent_at === "number" &&
    (handle === null || isHandle(handle)) &&
    Array.isArray(requests) &&
    requests.every(isRequest) &&
    Array.isArray(known) &&
    known.every((id) => typeof id === "string");
  return isWhole ? { name, provider, sent_at, handle, requests, known } : undefined;
}

function isHandle(value: unknown): value is BatchHandle {
  const { id, notes } = (value ?? {}) as Partial<Record<keyof BatchHandle, unknown>>;
  return typeof id === "string" && typeof notes === "object" && notes !== null;
}

function isRequest(value: unknown): value is RecordedRequest {
  const { id, module, input_tokens, output_tokens } = (value ?? {}) as Partial<Record<keyof RecordedRequest, unknown>>;
  return (
    typeof id === "string" &&
    typeof module === "string" &&
    typeof input_tokens === "number" &&
    typeof output_tokens === "number"
  );
}
