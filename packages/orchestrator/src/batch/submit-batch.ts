import {
  BackendError,
  JauntError,
  type BackendErrorKind,
  type BatchBackend,
  type BatchDraft,
  type BatchHandle,
} from "@jaunt/core";
import type { BatchRecord } from "./batch-record.ts";
import type { BatchStore } from "./batch-store.ts";

/** What submitting needs of the world. */
export interface SubmitContext {
  readonly batch: BatchBackend;
  readonly store: BatchStore;
  readonly signal: AbortSignal;
  /** Ids of the batches that are accounted for. */
  known(): readonly string[];
  /** Settles after the time, and rejects when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  warn(message: string): void;
}

const mostTries = 6;
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

/** Failures after which the provider may have the batch all the same. */
const ambiguous: ReadonlySet<BackendErrorKind> = new Set(["connection", "timeout", "server", "invalid-response"]);

/**
 * Submits a batch so that it is never lost and never submitted twice: its record is on disk before and, with the provider's handle,
 * right after; where the answer of a submission does not arrive, the provider is asked whether it has the batch before it is sent again.
 * @throws {JauntError} when the provider takes no such batch, or cannot be reached
 */
export async function submitBatch(
  context: SubmitContext,
  record: BatchRecord,
  draft: BatchDraft,
): Promise<BatchRecord & { readonly handle: BatchHandle }> {
  const { batch, store, signal } = context;
  signal.throwIfAborted();
  store.save(record);
  const handle = await trySubmit(context, record, draft);
  const submitted = { ...record, handle };
  try {
    store.save(submitted);
  } catch (error) {
    // Nobody would ever fetch its answers.
    await batch.cancel(handle, signal).catch(() => undefined);
    store.remove(record.name);
    throw error;
  }
  return submitted;
}

/**
 * The batch of a record that an earlier build left without a handle; undefined when the provider has none that it must be.
 * @throws {JauntError} when the provider does not tell
 */
export async function recoverBatch(context: SubmitContext, record: BatchRecord): Promise<BatchHandle | undefined> {
  try {
    return await findLost(context, record);
  } catch (error) {
    if (!(error instanceof BackendError) || context.signal.aborted) throw error;
    throw new JauntError(`Whether the provider has a batch that was submitted earlier is not known: ${error.message}`, {
      code: "batch-unreachable",
      exitCode: error.exitCode,
      hint: error.hint ?? "Run `jaunt build --batch` again later: nothing is sent twice.",
      cause: error,
    });
  }
}

/** The batch of a record without a handle, as far as the provider can tell. */
function findLost({ batch, signal, known }: SubmitContext, record: BatchRecord): Promise<BatchHandle | undefined> {
  const { name, sent_at: sentAt, requests } = record;
  return batch.find({ name, sentAt, requests: requests.length, known: [...record.known, ...known()] }, signal);
}

async function trySubmit(context: SubmitContext, record: BatchRecord, draft: BatchDraft): Promise<BatchHandle> {
  const { batch, store, signal, sleep, warn } = context;
  let isUncertain = false;
  for (let tries = 1; ; tries += 1) {
    try {
      const found = isUncertain ? await findLost(context, record) : undefined;
      return found ?? (await batch.submit(draft, signal));
    } catch (error) {
      if (!(error instanceof BackendError) || signal.aborted) throw error;
      isUncertain ||= ambiguous.has(error.kind);
      if (!error.retryable || tries >= mostTries) {
        if (!isUncertain) store.remove(record.name);
        throw refused(error, draft.requests.length);
      }
      const waitMs = Math.min(longestWaitMs, error.retryAfterMs ?? firstWaitMs * 2 ** (tries - 1));
      warn(`A batch was not taken yet: ${error.message} It is sent again in ${String(Math.ceil(waitMs / 1_000))} s.`);
      await sleep(waitMs, signal);
    }
  }
}

function refused(error: BackendError, requests: number): JauntError {
  return new JauntError(`A batch of ${String(requests)} requests was not taken: ${error.message}`, {
    code: "batch-refused",
    exitCode: error.exitCode,
    hint: error.hint ?? "Mend that and run `jaunt build --batch` again, or `jaunt build` to ask without a batch.",
    cause: error,
  });
}
