import { hash } from "node:crypto";
import { readFileSync, statSync, type Stats } from "node:fs";
import { nativePath } from "../write/native-path.ts";

/**
 * A file as it was looked at: what `stat` said, and a digest of its bytes. `changedMs` is the later of the times of its contents and of
 * its status: tools set the former back, as they please, and never the latter.
 */
export type LedgerEntry = readonly [path: string, changedMs: number, size: number, inode: number, hash: string];

/** Everything a plan was drawn from: files, and paths where there was none. */
export interface LedgerData {
  readonly files: readonly LedgerEntry[];
  readonly missing: readonly string[];
  /** Milliseconds since the epoch. A file changed less than two seconds before may change again under the same time. */
  readonly writtenAt: number;
}

/** Looks at files once each, and reads only those that may have changed since `earlier`. Paths are posix, relative to the root. */
export interface FileLedger {
  /** Digest of the file's bytes; undefined when there is no readable file. */
  hash(path: string): string | undefined;
  /** The bytes; undefined when there is no readable file. */
  bytes(path: string): Buffer | undefined;
  exists(path: string): boolean;
  /** What of `earlier` no longer holds: files that are others or gone, and gaps that are filled. Everything, when there is no `earlier`. */
  changed(): readonly string[] | "everything";
  /** Digest of the file's bytes as `earlier` knows them; undefined for paths that it knows no file at. */
  earlierHash(path: string): string | undefined;
  /** Why a path that exists could not be read. */
  problem(path: string): string | undefined;
  /** All that was looked at, in code-unit order. */
  data(writtenAt: number): LedgerData;
  /** Files that had to be read although they hold what they held: too young to trust their time, or with another time. */
  readonly rereads: { readonly young: number; readonly touched: number };
}

const resolutionMs = 2000;

/** A ledger of the project at `root` that trusts what `earlier` says of unchanged files. */
export function openLedger(root: string, earlier: LedgerData | undefined): FileLedger {
  const known = new Map(earlier?.files.map((entry) => [entry[0], entry]));
  const trustedBefore = (earlier?.writtenAt ?? 0) - resolutionMs;
  const looked = new Map<string, LedgerEntry | undefined>();
  const problems = new Map<string, string>();
  const rereads = { young: 0, touched: 0 };
  let lastRead: { readonly path: string; readonly bytes: Buffer } | undefined;

  const statsOf = (path: string): Stats | undefined => {
    try {
      return statSync(nativePath(root, path), { throwIfNoEntry: false });
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      // Below what is a file itself there is nothing.
      if (code !== "ENOTDIR") problems.set(path, message);
      return undefined;
    }
  };
  const readBytes = (path: string): Buffer | undefined => {
    try {
      return readFileSync(nativePath(root, path));
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      if (code !== "ENOENT") problems.set(path, message);
      return undefined;
    }
  };
  const look = (path: string): LedgerEntry | undefined => {
    if (looked.has(path)) return looked.get(path);
    const entry = inspect(path);
    looked.set(path, entry);
    return entry;
  };
  const inspect = (path: string): LedgerEntry | undefined => {
    // Looked at before it is read: a change in between then shows as a change next time.
    const stats = statsOf(path);
    if (stats?.isFile() !== true) return undefined;
    const changedMs = Math.max(stats.mtimeMs, stats.ctimeMs);
    const before = known.get(path);
    const same = before !== undefined && before[1] === changedMs && before[2] === stats.size && before[3] === stats.ino;
    if (same && changedMs < trustedBefore) return before;
    const bytes = readBytes(path);
    if (bytes !== undefined) lastRead = { path, bytes };
    const hash = bytes === undefined ? "" : contentHash(bytes);
    if (before?.[4] === hash) rereads[same ? "young" : "touched"] += 1;
    return [path, changedMs, stats.size, stats.ino, hash];
  };
  const bytesOf = (path: string): Buffer | undefined => {
    const entry = look(path);
    if (entry === undefined) return undefined;
    if (lastRead?.path === path) return lastRead.bytes;
    const bytes = readBytes(path);
    // What was read now need not be what was looked at before; a time of 0 is never trusted.
    if (bytes !== undefined && contentHash(bytes) !== entry[4])
      looked.set(path, [path, 0, bytes.length, entry[3], contentHash(bytes)]);
    return bytes;
  };

  return {
    hash: (path) => look(path)?.[4] || undefined,
    bytes: bytesOf,
    exists: (path) => look(path) !== undefined,
    earlierHash: (path) => known.get(path)?.[4],
    problem: (path) => problems.get(path),
    changed: () =>
      earlier === undefined
        ? "everything"
        : [
            ...earlier.files.filter((entry) => look(entry[0])?.[4] !== entry[4]).map(([path]) => path),
            ...earlier.missing.filter((path) => look(path) !== undefined),
          ],
    data: (writtenAt) => ({
      files: [...looked.values()].filter((entry) => entry !== undefined).sort(byPath),
      missing: [...looked].flatMap(([path, entry]) => (entry === undefined ? [path] : [])).sort(),
      writtenAt,
    }),
    rereads,
  };
}

/** Digest of a file's bytes, 32 hexadecimal digits. */
export function contentHash(bytes: Buffer): string {
  return hash("sha256", bytes, "hex").slice(0, 32);
}

function byPath(left: LedgerEntry, right: LedgerEntry): number {
  return left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0;
}
