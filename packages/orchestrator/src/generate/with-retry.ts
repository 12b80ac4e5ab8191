import {
  BackendError,
  type Backend,
  type GenerateOptions,
  type GenerateRequest,
  type GenerateResponse,
} from "@jaunt/core";

export interface RetrySettings {
  /** Calls in all, the first included. */
  readonly maxCalls: number;
  /** First wait, in milliseconds; doubles each time, with jitter. */
  readonly baseMs: number;
  /** Longest single wait, even when the server asks for more. */
  readonly capMs: number;
  /** Longest sum of waits for one request. */
  readonly totalMs: number;
  /** Milliseconds of a steady clock. */
  now(): number;
  /** From 0 to 1. */
  random(): number;
  /** Settles after the time, and rejects when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  onRetry(retry: {
    readonly label: string;
    readonly attempt: number;
    readonly why: string;
    readonly waitMs: number;
  }): void;
}

/**
 * A backend that asks again after failures that may pass. A limit of the provider pauses every call of this backend, not just
 * the one that met it. Retries are no attempts: the request stays the same.
 */
export function withRetry(backend: Backend, settings: RetrySettings): Backend {
  let pausedUntil = 0;
  return {
    ...backend,
    async generate(request, options) {
      let waited = 0;
      for (let call = 1; ; call += 1) {
        await waitForPause(settings, pausedUntil, options.signal);
        const outcome = await callOnce(backend, request, options);
        if (!(outcome instanceof BackendError)) return outcome;
        const waitMs = waitBefore(settings, call, outcome);
        waited += waitMs;
        if (!outcome.retryable || call >= settings.maxCalls || waited > settings.totalMs) throw outcome;
        settings.onRetry({ label: request.label, attempt: request.attempt, why: outcome.message, waitMs });
        if (outcome.kind === "rate-limit" || outcome.kind === "overloaded") {
          pausedUntil = Math.max(pausedUntil, settings.now() + waitMs);
        } else {
          await settings.sleep(waitMs, options.signal);
        }
      }
    },
  };
}

async function waitForPause(settings: RetrySettings, until: number, signal: AbortSignal): Promise<void> {
  const left = until - settings.now();
  if (left > 0) await settings.sleep(left, signal);
}

async function callOnce(
  backend: Backend,
  request: GenerateRequest,
  options: GenerateOptions,
): Promise<GenerateResponse | BackendError> {
  try {
    return await backend.generate(request, options);
  } catch (error) {
    if (error instanceof BackendError) return error;
    throw error;
  }
}

function waitBefore({ baseMs, capMs, random }: RetrySettings, call: number, error: BackendError): number {
  const backoff = baseMs * 2 ** (call - 1) * (0.5 + random() / 2);
  return Math.min(capMs, error.retryAfterMs ?? backoff);
}
