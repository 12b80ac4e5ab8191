import { closeSync, lstatSync, openSync, readdirSync, readSync, type Dirent } from "node:fs";
import { join } from "node:path";

/** A file or folder of Jaunt's, right below the cache's folder. */
export interface OwnEntry {
  readonly name: string;
  readonly kind: "replies" | "contracts" | "analysis";
}

/** What lies in a cache's folder. Names that start with a dot belong to the system or to a person, and are in neither list. */
export interface CacheFolder {
  readonly own: readonly OwnEntry[];
  /** Names of what Jaunt did not put there. */
  readonly foreign: readonly string[];
}

/** Looks at the entries of `folder` (absolute), and into them as far as it takes to know them. A missing folder is empty. */
export function readCacheFolder(folder: string): CacheFolder {
  const own: OwnEntry[] = [];
  const foreign: string[] = [];
  for (const entry of list(folder)) {
    if (entry.name.startsWith(".")) continue;
    const kind = stores.find((store) => store.owns(entry, join(folder, entry.name)))?.kind;
    if (kind === undefined) foreign.push(entry.name);
    else own.push({ name: entry.name, kind });
  }
  return { own, foreign };
}

/** Number and bytes of the files at and below `path` (absolute). What vanishes meanwhile does not count. */
export function measure(path: string): { readonly files: number; readonly bytes: number } {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return { files: 0, bytes: 0 };
  if (!stats.isDirectory()) return { files: 1, bytes: stats.size };
  let files = 0;
  let bytes = 0;
  for (const { name } of list(path)) {
    const inner = measure(join(path, name));
    files += inner.files;
    bytes += inner.bytes;
  }
  return { files, bytes };
}

/** Every store that writes below `[cache] dir`: a new one is added here, or `jaunt cache clear` takes it for somebody else's. */
const stores: readonly {
  readonly kind: OwnEntry["kind"];
  readonly owns: (entry: Dirent, path: string) => boolean;
}[] = [
  {
    kind: "replies",
    owns: (entry, path) => isFolderOf(entry, path, "responses", /^(?:content-v\d+|index-v\d+|tmp|_lastverified)$/),
  },
  { kind: "contracts", owns: (entry, path) => isFolderOf(entry, path, "contracts", /^[0-9a-f]{2}$/) },
  { kind: "analysis", owns: (entry, path) => isFileOf(entry, path, "analysis.txt", "jaunt-analysis ") },
  { kind: "analysis", owns: (entry, path) => isFileOf(entry, path, "analysis-edits.txt", "jaunt-analysis ") },
  { kind: "analysis", owns: (entry, path) => isFileOf(entry, path, "summary.json", '{"key":') },
];

function isFolderOf(entry: Dirent, path: string, name: string, inside: RegExp): boolean {
  return entry.isDirectory() && entry.name === name && list(path).every((inner) => inside.test(inner.name));
}

/** A file under its own name that starts as ours do, or the remains of one that was being written. */
function isFileOf(entry: Dirent, path: string, name: string, start: string): boolean {
  if (!entry.isFile()) return false;
  if (entry.name !== name) return entry.name.startsWith(`${name}.`) && /\.\d+\.jaunt-tmp$/.test(entry.name);
  return readStart(path, start.length) === start;
}

function readStart(path: string, length: number): string {
  try {
    const descriptor = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(length);
      return bytes.toString("utf8", 0, readSync(descriptor, bytes, 0, length, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return "";
  }
}

function list(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw cause;
  }
}
