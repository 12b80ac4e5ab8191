import { BackendError } from "@jaunt/core";

/** Why and when one call must end early. */
export interface Deadline {
  /** Aborts when the caller does, when the time is up, or when an answer that had begun goes silent. */
  readonly signal: AbortSignal;
  /** Restarts the idle limit, which counts from the first piece of the answer: models may think in silence before it. */
  touch(): void;
  /** The error of an early end; `undefined` while there is none. */
  failure(): BackendError | undefined;
  /** Stops the clocks and closes the connection if it is still open. */
  close(): void;
}

export interface DeadlineOptions {
  readonly signal: AbortSignal;
  readonly totalMs: number;
  readonly idleMs: number;
}

/** Watches one call. */
export function createDeadline({ signal, totalMs, idleMs }: DeadlineOptions): Deadline {
  const controller = new AbortController();
  let failure: BackendError | undefined;
  let idle: NodeJS.Timeout | undefined;

  function end(error: BackendError): void {
    failure ??= error;
    controller.abort(failure);
  }
  function abort(): void {
    end(new BackendError("The call was aborted.", { kind: "aborted" }));
  }

  const total = setTimeout(() => end(timeout(`took over ${seconds(totalMs)}`)), totalMs);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });

  return {
    signal: controller.signal,
    touch() {
      clearTimeout(idle);
      if (!controller.signal.aborted)
        idle = setTimeout(() => end(timeout(`sent nothing for ${seconds(idleMs)}`)), idleMs);
    },
    failure: () => failure,
    close() {
      clearTimeout(total);
      clearTimeout(idle);
      signal.removeEventListener("abort", abort);
      controller.abort();
    },
  };
}

function timeout(what: string): BackendError {
  return new BackendError(`The model ${what}.`, {
    kind: "timeout",
    hint: "Raise [llm] timeout_seconds if the model is that slow.",
  });
}

function seconds(milliseconds: number): string {
  return `${String(milliseconds / 1_000)} s`;
}
