import {
  BackendError,
  type Backend,
  type GenerateOptions,
  type GenerateRequest,
  type GenerateResponse,
} from "@jaunt/core";
import type { CallEnd, Limiter } from "./limiter.ts";

export interface RetrySettings {
  /** Calls in all, the first included. */
  readonly maxCalls: number;
  /** First wait, in milliseconds; doubles each time, with jitter. */
  readonly baseMs: number;
  /** Longest single wait, even when the server asks for more. */
  readonly capMs: number;
  /** Longest sum of waits for one request. */
  readonly totalMs: number;
  /** Where every call waits for its turn: a limit of the provider concerns all of them. */
  readonly limiter: Limiter;
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
 * A backend that asks again after failures that may pass. A limit of the provider slows every call of this backend down, not just
 * the one that met it. Retries are no attempts: the request stays the same.
 */
export function withRetry(backend: Backend, settings: RetrySettings): Backend {
  return {
    ...backend,
    async generate(request, options) {
      let waited = 0;
      for (let call = 1; ; call += 1) {
        const end = await settings.limiter.enter(options.signal);
        const outcome = await callOnce(backend, request, options, end);
        if (!(outcome instanceof BackendError)) {
          end({ kind: "done" });
          return outcome;
        }
        const waitMs = waitBefore(settings, call, outcome);
        const limited = outcome.kind === "rate-limit" || outcome.kind === "overloaded";
        end(limited ? { kind: "limited", pauseMs: waitMs } : { kind: "done" });
        waited += waitMs;
        if (!outcome.retryable || call >= settings.maxCalls || waited > settings.totalMs) throw outcome;
        settings.onRetry({ label: request.label, attempt: request.attempt, why: outcome.message, waitMs });
        if (!limited) await settings.sleep(waitMs, options.signal);
      }
    },
  };
}

async function callOnce(
  backend: Backend,
  request: GenerateRequest,
  options: GenerateOptions,
  end: (end: CallEnd) => void,
): Promise<GenerateResponse | BackendError> {
  try {
    return await backend.generate(request, options);
  } catch (error) {
    if (error instanceof BackendError) return error;
    end({ kind: "done" });
    throw error;
  }
}

function waitBefore({ baseMs, capMs, random }: RetrySettings, call: number, error: BackendError): number {
  const backoff = baseMs * 2 ** (call - 1) * (0.5 + random() / 2);
  return Math.min(capMs, error.retryAfterMs ?? backoff);
}
