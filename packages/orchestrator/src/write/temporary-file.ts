import { readdirSync, rmSync, statSync, type Dirent } from "node:fs";
import { join, relative } from "node:path";
import { isAlive } from "../process/is-alive.ts";
import { nativePath } from "./native-path.ts";

/** Where a file is written before it takes the place of `target`; the process's id keeps two processes apart. */
export function temporaryPath(target: string): string {
  return `${target}.${process.pid}.jaunt-tmp`;
}

/** Whether a file is one that was never finished, or is being written right now. */
export function isTemporary(path: string): boolean {
  return temporaryName.test(path);
}

/**
 * Deletes what killed processes left half written: of `known` (posix, relative to the root), below `.jaunt`, and in the cache's
 * own folder (absolute). What a living process may still be writing stays.
 */
export function sweepTemporary(root: string, known: readonly string[], cacheFolder: string): void {
  const own = nativePath(root, ".jaunt");
  const found = [
    ...known.map((path) => nativePath(root, path)),
    ...temporaryBelow(own, cacheFolder),
    ...entriesOf(cacheFolder).map(({ name }) => join(cacheFolder, name)),
  ];
  for (const file of found) if (isAbandoned(file)) remove(file);
}

const temporaryName: RegExp = /\.(\d+)\.jaunt-tmp$/;

/** Longer than any write takes: by then the process's id belongs to another one. */
const longestWriteMs = 3_600_000;

/** The cache may hold a great many files, of which only those at its top are ours to write. */
function temporaryBelow(folder: string, cacheFolder: string): readonly string[] {
  if (relative(cacheFolder, folder) === "") return [];
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return temporaryBelow(path, cacheFolder);
    return isTemporary(entry.name) ? [path] : [];
  });
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** This process writes one file at a time, so one of its own that is seen from outside a write is of an earlier process. */
function isAbandoned(file: string): boolean {
  const pid = Number(temporaryName.exec(file)?.[1] ?? Number.NaN);
  if (Number.isNaN(pid)) return false;
  if (pid === process.pid || !isAlive(pid)) return true;
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && stats.mtimeMs < Date.now() - longestWriteMs;
}

/** What cannot be deleted does no harm. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The next build tries again.
  }
}
