import { statSync } from "node:fs";
import { measure } from "./cache-folder.ts";
import { isRejection } from "./response-store.ts";

/** Which replies may go. */
export interface PruneLimits {
  /** Milliseconds since the last use. */
  readonly olderThanMs?: number;
  /** Bytes of replies that may stay; the least recently used go first. */
  readonly maxBytes?: number;
}

/** What pruning came to. */
export interface PruneResult {
  readonly removed: number;
  readonly kept: number;
  readonly freedBytes: number;
  readonly keptBytes: number;
}

interface Entry {
  readonly key: string;
  readonly integrity: string;
  readonly size: number;
  readonly usedAt: number;
  readonly rejected: boolean;
}

/**
 * Removes replies from the store in `folder` (absolute) that exceed the limits, and with or without limits what is damaged or belongs
 * to no reply. Nobody may write to the store meanwhile.
 */
export async function pruneReplies(folder: string, limits: PruneLimits, now: number): Promise<PruneResult> {
  const before = measure(folder);
  if (before.files === 0) return { removed: 0, kept: 0, freedBytes: 0, keptBytes: 0 };
  const cacache = await import("cacache");
  const entries = await listReplies(folder);
  const leaving = chooseLeaving(entries, limits, now);
  // Its type declarations lack the option, without which an empty file stays for each.
  const removeEntry = cacache.rm.entry as (folder: string, key: string, options: object) => Promise<unknown>;
  for (const { key } of leaving) await removeEntry(folder, key, { removeFully: true });
  await cacache.verify(folder);
  const kept = (await listReplies(folder)).filter(({ rejected }) => !rejected).length;
  const keptBytes = measure(folder).bytes;
  return {
    removed: entries.filter(({ rejected }) => !rejected).length - kept,
    kept,
    freedBytes: Math.max(0, before.bytes - keptBytes),
    keptBytes,
  };
}

/** Number of replies in the store in `folder` (absolute). */
export async function countReplies(folder: string): Promise<number> {
  return (await listReplies(folder)).filter(({ rejected }) => !rejected).length;
}

async function listReplies(folder: string): Promise<readonly Entry[]> {
  const cacache = await import("cacache");
  // Its stream never ends where there is no store.
  if (measure(folder).files === 0) return [];
  return Object.values(await cacache.ls(folder)).map((entry) => ({
    key: entry.key,
    integrity: entry.integrity,
    size: entry.size,
    usedAt: Math.max(entry.time, statSync(entry.path, { throwIfNoEntry: false })?.mtimeMs ?? 0),
    rejected: isRejection(entry),
  }));
}

function chooseLeaving(
  entries: readonly Entry[],
  { olderThanMs = Number.POSITIVE_INFINITY, maxBytes = Number.POSITIVE_INFINITY }: PruneLimits,
  now: number,
): readonly Entry[] {
  const leaving = entries.filter(({ usedAt }) => now - usedAt > olderThanMs);
  const old = new Set(leaving);
  const staying = entries
    .filter((entry) => !old.has(entry) && !entry.rejected)
    .sort((left, right) => right.usedAt - left.usedAt || (left.key < right.key ? -1 : 1));
  const counted = new Set<string>();
  let bytes = 0;
  let full = false;
  for (const entry of staying) {
    // Equal replies share their bytes.
    if (!counted.has(entry.integrity)) bytes += entry.size;
    counted.add(entry.integrity);
    full ||= bytes > maxBytes;
    if (full) leaving.push(entry);
  }
  return leaving;
}
