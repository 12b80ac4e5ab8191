import { readdirSync, type Stats } from "node:fs";
import { join, posix } from "node:path";
import type { FSWatcher } from "chokidar";
import { nativePath, projectPath } from "../write/native-path.ts";
import { createDebounce } from "./debounce.ts";
import type { FileChange } from "./file-change.ts";
import type { KnownFiles } from "./known-files.ts";
import type { WatchRules } from "./watch-rules.ts";

/** Looks at the files of a project until it is closed. */
export interface ChangeFeed {
  close(): Promise<void>;
}

export interface FeedSettings {
  readonly root: string;
  readonly rules: WatchRules;
  readonly known: KnownFiles;
  /** Gets what changed, in code-unit order, once it has been quiet. Never empty. */
  readonly onChanges: (changes: readonly FileChange[]) => void;
  readonly onError: (error: unknown) => void;
}

/** An editor's "save all" and most of a `git checkout` arrive within this many milliseconds of each other. */
const quietMs = 80;
/** Under continuous saving a batch is handed over after this many milliseconds. */
const longestMs = 1000;

/**
 * Starts to watch, and resolves once every folder is. Folders are watched, not files: at ten thousand modules the latter takes
 * 200 MB and three seconds more. What the system says about a file is a hint only; its contents decide.
 */
export async function openChangeFeed({ root, rules, known, onChanges, onError }: FeedSettings): Promise<ChangeFeed> {
  const { watch } = await import("chokidar");
  /** Folders that came or went: every file of theirs is looked at. */
  const folders = new Set<string>();
  const debounce = createDebounce({
    quietMs,
    longestMs,
    deliver(hints) {
      const files = new Set(
        [...hints].flatMap((path) =>
          folders.delete(path) ? [...known.below(path), ...filesIn(root, path).filter(rules.watchesFile)] : [path],
        ),
      );
      const changes = [...files].sort().flatMap((path): readonly FileChange[] => {
        const change = known.compare(path);
        return change === undefined ? [] : [{ path, change }];
      });
      if (changes.length > 0) onChanges(changes);
    },
  });
  const hint = (path: string): void => {
    if (!path.startsWith("../") && rules.watchesFile(path)) debounce.add(path);
  };
  let isReady = false;
  const watcher: FSWatcher = watch(root, {
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
    ignored: (native: string, stats?: Stats) => {
      if (stats === undefined) return false;
      const path = projectPath(root, native);
      if (stats.isDirectory()) return !rules.entersFolder(path);
      if (!isReady && rules.watchesFile(path)) known.seed(path);
      return true;
    },
  });
  const hintFolder = (native: string): void => {
    const path = projectPath(root, native);
    folders.add(path);
    debounce.add(path);
  };
  // What was put into a new folder before it was watched was not told of, nor what was in one that is moved away.
  watcher.on("addDir", hintFolder);
  watcher.on("unlinkDir", hintFolder);
  watcher.on("raw", (_event: string, name: string | null, details: unknown) => {
    const { watchedPath: folder } = details as { readonly watchedPath?: string };
    if (folder === undefined) return;
    if (name === null) hintFolder(folder);
    else hint(projectPath(root, join(folder, name)));
  });
  watcher.on("error", onError);
  await new Promise<void>((resolve) => {
    watcher.once("ready", resolve);
  });
  isReady = true;
  return {
    async close() {
      debounce.close();
      await watcher.close();
    },
  };
}

function filesIn(root: string, path: string): readonly string[] {
  try {
    return readdirSync(nativePath(root, path), { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => posix.join(path, name));
  } catch {
    return [];
  }
}
