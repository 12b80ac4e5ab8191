import type { Clock } from "./clock.ts";

/** How a call ended, as far as limits go. */
export type CallEnd = { readonly kind: "done" } | { readonly kind: "limited"; readonly pauseMs: number };

/** What a limiter does now. */
export interface LimiterState {
  /** Calls at once. */
  readonly limit: number;
  /** Milliseconds until the next call may start. */
  readonly pauseMs: number;
}

/**
 * Lets calls of one provider start, shared by all that ask. A rate limit pauses everyone and halves the number of calls at once; every
 * full round of good calls adds one again: additive increase, multiplicative decrease (Chiu and Jain, 1989), as TCP does.
 */
export interface Limiter {
  /** Waits for a turn, first come first served. Every turn must be ended. @throws when the signal aborts */
  enter(signal: AbortSignal): Promise<(end: CallEnd) => void>;
}

/** A limiter that begins with `most` calls at once. `onChange` hears of every slowing down and of the way back. */
export function createLimiter(
  most: number,
  clock: Pick<Clock, "now" | "sleep">,
  onChange: (state: LimiterState) => void,
): Limiter {
  const queue: Waiter[] = [];
  let limit = most;
  let active = 0;
  let good = 0;
  let pausedUntil = 0;
  /** Calls that started before the last decrease knew nothing of it: that they are limited too is no news. */
  let generation = 0;

  const slowDown = (pauseMs: number, started: number): void => {
    const until = clock.now() + pauseMs;
    const longer = until > pausedUntil;
    if (longer) pausedUntil = until;
    good = 0;
    if (started !== generation) return;
    generation += 1;
    limit = Math.max(1, Math.floor(Math.min(limit, active) / 2));
    onChange({ limit, pauseMs });
  };
  const speedUp = (): void => {
    good += 1;
    if (good < limit || limit >= most) return;
    good = 0;
    limit += 1;
    onChange({ limit, pauseMs: 0 });
  };
  const next = (): void => {
    for (const waiter of queue) waiter.look();
  };
  const start = (): ((end: CallEnd) => void) => {
    const started = generation;
    active += 1;
    let open = true;
    return (end) => {
      if (!open) return;
      open = false;
      if (end.kind === "limited") slowDown(end.pauseMs, started);
      else speedUp();
      active -= 1;
      next();
    };
  };

  return {
    async enter(signal) {
      signal.throwIfAborted();
      const waiter = createWaiter(signal);
      queue.push(waiter);
      try {
        for (;;) {
          const pause = pausedUntil - clock.now();
          if (queue[0] === waiter && active < limit && pause <= 0) return start();
          if (queue[0] === waiter && active < limit) await clock.sleep(pause, signal);
          else await waiter.wait();
        }
      } finally {
        queue.splice(queue.indexOf(waiter), 1);
        waiter.close();
        next();
      }
    },
  };
}

interface Waiter {
  /** Settles at the next `look`; rejects when the signal aborts. */
  wait(): Promise<void>;
  look(): void;
  close(): void;
}

function createWaiter(signal: AbortSignal): Waiter {
  let looked = (): void => {};
  let failed = (_reason: unknown): void => {};
  const onAbort = (): void => failed(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  return {
    wait: () =>
      new Promise<void>((resolve, reject) => {
        looked = resolve;
        failed = reject;
        if (signal.aborted) onAbort();
      }),
    look: () => looked(),
    close: () => signal.removeEventListener("abort", onAbort),
  };
}
