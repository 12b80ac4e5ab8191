import { setTimeout as sleep } from "node:timers/promises";

/** Time and chance, as retries see them. */
export interface Clock {
  /** Milliseconds; only differences mean anything. */
  now(): number;
  /** From 0 to below 1. */
  random(): number;
  /** Settles after the time, and rejects when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  random: () => Math.random(),
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
};
