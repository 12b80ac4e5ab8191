import { readFileSync } from "node:fs";
import { contentHash } from "../cache/file-ledger.ts";
import { nativePath } from "../write/native-path.ts";
import type { FileChange } from "./file-change.ts";

/** What files held when they were last seen, so that what a run writes itself, and what is saved unchanged, is no change. */
export interface KnownFiles {
  /** Takes a file as it is now for seen. */
  note(path: string): void;
  /** Takes note that a file is there, whatever it holds. */
  seed(path: string): void;
  /** What became of a file since it was last seen, which takes it for seen; undefined when nothing did, or it came and went. */
  compare(path: string): FileChange["change"] | undefined;
  /** Files below a folder that were there when last seen. */
  below(folder: string): readonly string[];
}

/** In place of the digest of a file that was not read. */
const present = "present";

/** Knows no file yet. Paths are posix and relative to `root`. */
export function createKnownFiles(root: string): KnownFiles {
  const hashes = new Map<string, string | undefined>();
  const read = (path: string): string | undefined => {
    try {
      return contentHash(readFileSync(nativePath(root, path)));
    } catch {
      return undefined;
    }
  };
  return {
    note: (path) => void hashes.set(path, read(path)),
    seed(path) {
      if (!hashes.has(path)) hashes.set(path, present);
    },
    compare(path) {
      const before = hashes.get(path);
      const now = read(path);
      hashes.set(path, now);
      if (before === now) return undefined;
      if (now === undefined) return "deleted";
      return before === undefined ? "added" : "changed";
    },
    below: (folder) =>
      [...hashes].flatMap(([path, hash]) => (hash !== undefined && path.startsWith(`${folder}/`) ? [path] : [])),
  };
}
