import { BackendError, JauntError, type BatchBackend, type BatchHandle, type BatchState } from "@jaunt/core";

/** What waiting for a batch needs of the world. */
export interface FollowContext {
  readonly batch: Pick<BatchBackend, "poll">;
  readonly signal: AbortSignal;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Told of every answer of the provider. */
  onState(state: BatchState): void;
  warn(message: string): void;
}

const firstWaitMs = 10_000;
const longestWaitMs = 60_000;
/** Also where the server asks for less, or for more. */
const leastWaitMs = 50;
const mostWaitMs = 600_000;
/** At the longest wait, twenty minutes. */
const mostFailures = 20;

/**
 * Polls a batch until it runs no more: after ten seconds, then ever less often up to once a minute, or when the server says. A provider that
 * cannot be reached for a while is asked again; what it does stays the same.
 * @throws {JauntError} when the provider does not know the batch, refuses to tell, or stays away
 */
export async function followBatch(context: FollowContext, handle: BatchHandle): Promise<BatchState> {
  const { signal, sleep, onState } = context;
  let waitMs = firstWaitMs;
  let failures = 0;
  for (;;) {
    const outcome = await pollOnce(context, handle);
    if (outcome instanceof BackendError) {
      failures += 1;
      if (!outcome.retryable || failures >= mostFailures) throw unreachable(outcome, handle);
      if (failures === 1) context.warn(`How far the batch ${handle.id} is, is not known for now: ${outcome.message}`);
    } else {
      failures = 0;
      onState(outcome);
      if (outcome.state !== "running") return outcome;
    }
    const asked = outcome instanceof BackendError ? outcome.retryAfterMs : outcome.pollAfterMs;
    await sleep(Math.min(mostWaitMs, Math.max(leastWaitMs, asked ?? waitMs)), signal);
    waitMs = Math.min(longestWaitMs, waitMs * 1.5);
  }
}

async function pollOnce({ batch, signal }: FollowContext, handle: BatchHandle): Promise<BatchState | BackendError> {
  try {
    return await batch.poll(handle, signal);
  } catch (error) {
    if (error instanceof BackendError && !signal.aborted) return error;
    throw error;
  }
}

function unreachable(error: BackendError, { id }: BatchHandle): JauntError {
  const isUnknown = error.status === 404;
  return new JauntError(
    isUnknown
      ? `The provider does not know the batch ${id}: ${error.message}`
      : `How far the batch ${id} is cannot be found out: ${error.message}`,
    {
      code: isUnknown ? "batch-unknown" : "batch-unreachable",
      exitCode: isUnknown ? 2 : error.exitCode,
      hint: isUnknown
        ? "It may have been submitted with another key. If it is gone, delete its file in .jaunt/batches, and `jaunt build --batch` submits its requests anew."
        : (error.hint ?? "The batch goes on: `jaunt build --batch --resume` waits for it."),
      cause: error,
    },
  );
}
