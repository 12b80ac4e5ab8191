import type { ResponseStore } from "./response-store.ts";

/** A store that never fails, and can be waited for. */
export interface TolerantStore extends ResponseStore {
  /** Settles when all that was begun is kept, or could not be. */
  settled(): Promise<void>;
}

/**
 * A store that cannot be written to costs money later, but is no reason to lose the reply in hand: `onFailure` is told once. What
 * is being written goes on when nobody waits for it any more, as in a build that was interrupted.
 */
export function tolerateFailures(store: ResponseStore, onFailure: (why: string) => void): TolerantStore {
  const running = new Set<Promise<void>>();
  let told = false;
  const attempt = async (write: () => Promise<void>): Promise<void> => {
    try {
      await write();
    } catch (error) {
      if (!told) onFailure(error instanceof Error ? error.message : String(error));
      told = true;
    }
  };
  const keep = (write: () => Promise<void>): Promise<void> => {
    const work = attempt(write);
    running.add(work);
    return work.finally(() => running.delete(work));
  };
  return {
    get: (key) => store.get(key),
    put: (key, response) => keep(() => store.put(key, response)),
    reject: (key) => keep(() => store.reject(key)),
    settled: async () => void (await Promise.all(running)),
  };
}
