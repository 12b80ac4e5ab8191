import type { BackendErrorKind, GenerateRequest, GenerateResponse } from "./backend.ts";

/** One request of a batch. Answers come in any order and are told by `id`. */
export interface BatchRequest {
  /** Unique in its batch: 1 to 64 letters, digits, `-` and `_`. */
  readonly id: string;
  readonly request: GenerateRequest;
}

/** A batch before it is submitted. */
export interface BatchDraft {
  /** Tells it from every other batch, letters, digits and `-`; kept by providers that keep such notes. */
  readonly name: string;
  readonly requests: readonly BatchRequest[];
}

/** What is known of a submission whose answer never arrived. */
export interface LostBatch {
  readonly name: string;
  /** How many requests it held. */
  readonly requests: number;
  /** When it was about to be sent, in milliseconds since the epoch. */
  readonly sentAt: number;
  /** Ids of batches that are accounted for. */
  readonly known: readonly string[];
}

/** A submitted batch, as JSON: it is kept on disk, and another process polls it hours later. */
export interface BatchHandle {
  /** The provider's own name of it. */
  readonly id: string;
  /** What else its backend needs to read the answers: how they were asked for. */
  readonly notes: Readonly<Record<string, string>>;
}

/** How far a batch is, as far as its provider says. */
export interface BatchCounts {
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** Why one request of a batch has no answer: `timeout` when it expired, `aborted` when the batch was cancelled before. */
export interface BatchFailure {
  readonly kind: BackendErrorKind;
  readonly message: string;
}

/** What became of one request. */
export type BatchResult =
  | { readonly id: string; readonly response: GenerateResponse }
  | { readonly id: string; readonly failure: BatchFailure };

/** `failed`: the provider took none of it. `expired` and `cancelled` may still have answers to some of the requests. */
export interface BatchState {
  readonly state: "running" | "ended" | "expired" | "cancelled" | "failed";
  readonly counts: BatchCounts;
  /** For `failed`: what the provider said. */
  readonly message?: string;
  /** While it runs: how long the server asks to wait before the next poll, in milliseconds. */
  readonly pollAfterMs?: number;
  /** Once it runs no more, in any order; requests may be missing, and others may be among them. */
  readonly results?: readonly BatchResult[];
}

/** How a provider takes many requests at once, to be answered within a day at half the price. */
export interface BatchBackend {
  /** The requests in portions, each small enough for one batch. */
  divide(requests: readonly BatchRequest[]): readonly (readonly BatchRequest[])[];
  /** @throws {BackendError} of kind `connection`, `timeout` or `server` when it may have been taken all the same */
  submit(draft: BatchDraft, signal: AbortSignal): Promise<BatchHandle>;
  /** The batch that a submission without an answer made after all; undefined when there is none that it must be. */
  find(lost: LostBatch, signal: AbortSignal): Promise<BatchHandle | undefined>;
  /** @throws {BackendError} when the provider does not tell */
  poll(handle: BatchHandle, signal: AbortSignal): Promise<BatchState>;
  /** Asks the provider to stop; what is answered by then is paid for. */
  cancel(handle: BatchHandle, signal: AbortSignal): Promise<void>;
}
