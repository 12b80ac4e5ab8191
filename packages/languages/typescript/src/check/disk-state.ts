import { readdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** Files that are no longer as they were read. `restart` when a config, a package or a whole folder changed. */
export interface DiskChanges {
  readonly changed: readonly string[];
  readonly created: readonly string[];
  readonly deleted: readonly string[];
  readonly restart: boolean;
}

/** Remembers how files were when the compiler read them. Paths are absolute. Does not watch: it compares when asked. */
export interface DiskState {
  /** To be called before `path` is read. */
  note(path: string): void;
  /** Whether `path` was noted and existed then. */
  has(path: string): boolean;
  /** What changed among `paths`, noted or not. */
  compare(paths: Iterable<string>): DiskChanges;
  /** What changed among all noted files and the folders that hold them. */
  compareAll(): DiskChanges;
}

const absent = "absent";
const sourceFile = /\.[cm]?tsx?$/;
const packages = "/node_modules";

/** Starts with nothing noted. Folders outside `root` are noted only themselves, not their parents. */
export function createDiskState(root: string): DiskState {
  const files = new Map<string, string>();
  const folders = new Map<string, { stamp: string; names: ReadonlySet<string> }>();

  function noteFolder(start: string): void {
    for (let folder = start; !folders.has(folder); folder = dirname(folder)) {
      folders.set(folder, { stamp: stampOf(folder), names: namesIn(folder) });
      if (!folder.startsWith(`${root}/`)) return;
    }
  }

  function compare(paths: Iterable<string>): DiskChanges {
    const changed: string[] = [];
    const created: string[] = [];
    const deleted: string[] = [];
    for (const path of paths) {
      const before = files.get(path) ?? absent;
      const now = stampOf(path);
      if (before === now) continue;
      files.set(path, now);
      if (before === absent) created.push(path);
      else if (now === absent) deleted.push(path);
      else changed.push(path);
    }
    return { changed, created, deleted, restart: [...changed, ...deleted].some((path) => !sourceFile.test(path)) };
  }

  return {
    note(path) {
      const at = path.indexOf(`${packages}/`);
      if (at !== -1) return noteFolder(path.slice(0, at + packages.length));
      files.set(path, stampOf(path));
      noteFolder(dirname(path));
    },
    has: (path) => (files.get(path) ?? absent) !== absent,
    compare,
    compareAll() {
      const suspects = new Set(files.keys());
      let restart = false;
      for (const [folder, before] of folders) {
        const stamp = stampOf(folder);
        if (stamp === before.stamp) continue;
        const names = namesIn(folder);
        folders.set(folder, { stamp, names });
        if (folder.endsWith(packages)) restart = true;
        for (const name of names) {
          if (before.names.has(name)) continue;
          if (sourceFile.test(name)) suspects.add(`${folder}/${name}`);
          else if (name.endsWith(".json") || isFolder(`${folder}/${name}`)) restart = true;
        }
      }
      const changes = compare(suspects);
      return restart ? { ...changes, restart } : changes;
    },
  };
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? absent : `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
}

function namesIn(folder: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(folder));
  } catch {
    return new Set();
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
