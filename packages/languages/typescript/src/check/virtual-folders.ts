import { readdirSync, statSync } from "node:fs";
import { posix } from "node:path";
import type { FileSystem } from "typescript/unstable/fs";

/**
 * The file-system questions whose answers change when files exist in memory only. Everything that no such file touches
 * is left to the compiler (`undefined`). `files` is asked anew each time; its paths are absolute, with slashes.
 */
export function virtualFolders(
  files: () => Iterable<string>,
): Required<Pick<FileSystem, "fileExists" | "directoryExists" | "getAccessibleEntries">> {
  return {
    fileExists(path) {
      for (const file of files()) if (file === path) return true;
      return undefined;
    },
    directoryExists(folder) {
      for (const file of files()) if (file.startsWith(`${folder}/`)) return true;
      return undefined;
    },
    getAccessibleEntries(folder) {
      const inside = [...files()]
        .filter((file) => file.startsWith(`${folder}/`))
        .map((file) => posix.relative(folder, file));
      if (inside.length === 0) return undefined;
      const entries = entriesOnDisk(folder);
      for (const path of inside) {
        const [name = "", ...rest] = path.split("/");
        (rest.length === 0 ? entries.files : entries.directories).add(name);
      }
      return { files: [...entries.files], directories: [...entries.directories] };
    },
  };
}

function entriesOnDisk(folder: string): { files: Set<string>; directories: Set<string> } {
  const files = new Set<string>();
  const directories = new Set<string>();
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const target = entry.isSymbolicLink() ? statSync(`${folder}/${entry.name}`, { throwIfNoEntry: false }) : entry;
      if (target?.isFile()) files.add(entry.name);
      else if (target?.isDirectory()) directories.add(entry.name);
    }
  } catch {
    // A folder that does not exist yet holds only what is in memory.
  }
  return { files, directories };
}
