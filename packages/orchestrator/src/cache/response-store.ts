import { utimes } from "node:fs/promises";
import type { GenerateResponse } from "@jaunt/core";
import { parseResponse } from "./response.ts";

/** Replies by request key, on this machine. */
export interface ResponseStore {
  /** `rejected`: a reply to this request led nowhere, so that the model must be asked afresh. */
  get(key: string): Promise<GenerateResponse | "rejected" | undefined>;
  put(key: string, response: GenerateResponse): Promise<void>;
  /** Forgets the reply, and remembers that it led nowhere until there is another: a shared cache may still hold it. */
  reject(key: string): Promise<void>;
}

/** What stands in the place of a reply that led nowhere. */
const rejection = JSON.stringify({ rejected: true });

/** Whether an entry of the store's index is a mark of `reject`, not a reply. */
export function isRejection(entry: { readonly metadata?: unknown }): boolean {
  const { metadata } = entry as { readonly metadata?: { readonly rejected?: unknown } | null };
  return metadata?.rejected === true;
}

/** A store in `folder` (absolute), content-addressed and verified by cacache. A broken entry counts as absent. */
export function openResponseStore(folder: string): ResponseStore {
  return {
    async get(key) {
      const cacache = await import("cacache");
      try {
        const entry = await cacache.get.info(folder, key);
        if (entry === null) return undefined;
        const stored = (await cacache.get.byDigest(folder, entry.integrity)).toString("utf8");
        if (stored === rejection) return "rejected";
        await markUsed(entry.path);
        return parseResponse(stored);
      } catch {
        return undefined;
      }
    },
    async put(key, response) {
      const cacache = await import("cacache");
      await cacache.put(folder, key, JSON.stringify(response));
    },
    async reject(key) {
      const cacache = await import("cacache");
      await cacache.put(folder, key, rejection, { metadata: { rejected: true } });
    },
  };
}

/** `jaunt cache prune` takes the time of the file for the time of its last use. A read-only cache does without. */
async function markUsed(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}
