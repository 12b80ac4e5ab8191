import type { GenerateResponse } from "@jaunt/core";
import type { RemoteStore } from "./remote-store.ts";
import type { ResponseStore } from "./response-store.ts";

/** A reply that was found, and where. */
export interface FoundReply {
  readonly response: GenerateResponse;
  readonly from: "local" | "remote";
}

/** The replies of one build: those on this machine before those that a team shares. */
export interface LayeredStore {
  get(key: string): Promise<FoundReply | undefined>;
  put(key: string, response: GenerateResponse): Promise<void>;
  /** The reply to this request led nowhere: neither this build nor the next takes it again, from wherever. */
  reject(key: string): Promise<void>;
  /** The reply to this request led to a good module: offers it to the team, unless it came from there. Does not wait. */
  share(key: string): void;
}

/**
 * Puts `local` before `remote`. What is found in the latter is kept in the former. A reply is shared only once it has proven itself,
 * so that what one build could not use never reaches another.
 */
export function layerStores(local: ResponseStore, remote: RemoteStore | undefined): LayeredStore {
  const unshared = new Map<string, GenerateResponse>();
  // Kept besides the marks in `local`, which may be on a disk that cannot be written to.
  const rejected = new Set<string>();
  const remember = (key: string, response: GenerateResponse): void => {
    if (remote !== undefined) unshared.set(key, response);
  };
  return {
    async get(key) {
      const kept = await local.get(key);
      if (kept === "rejected" || rejected.has(key)) return undefined;
      if (kept !== undefined) {
        remember(key, kept);
        return { response: kept, from: "local" };
      }
      const fetched = await remote?.get(key);
      if (fetched === undefined) return undefined;
      await local.put(key, fetched);
      return { response: fetched, from: "remote" };
    },
    async put(key, response) {
      rejected.delete(key);
      remember(key, response);
      await local.put(key, response);
    },
    async reject(key) {
      rejected.add(key);
      unshared.delete(key);
      await local.reject(key);
    },
    share(key) {
      const response = unshared.get(key);
      unshared.delete(key);
      if (response !== undefined) remote?.put(key, response);
    },
  };
}
