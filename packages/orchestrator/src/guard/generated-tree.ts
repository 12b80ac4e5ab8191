import type { PathsConfig } from "@jaunt/core/config";

/** What of `[paths]` decides which folders are generated. */
export type TreePaths = Pick<PathsConfig, "source_roots" | "test_roots" | "generated_dir">;

/**
 * Where a posix path below the project's root enters a generated tree, as an index of its segments; -1 when it does not. The folder
 * itself belongs to the tree. Reads no disk.
 */
export function generatedIndex(path: string, paths: TreePaths): number {
  const segments = path.split("/");
  const index = segments.indexOf(paths.generated_dir);
  if (index === -1) return -1;
  const above = segments.slice(0, index);
  if (above.includes("node_modules")) return -1;
  return [...paths.source_roots, ...paths.test_roots].some((root) => isBelow(above, root)) ? index : -1;
}

/** Whether a folder is one that a root names, or lies below it. */
function isBelow(folder: readonly string[], root: string): boolean {
  if (root === ".") return true;
  return matches(folder, root.replace(/^\.\//, "").replace(/\/+$/, "").split("/"));
}

/** Whether the pattern's segments match the first ones of the folder; `**` stands for any number of them. */
function matches(folder: readonly string[], [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return true;
  if (first === "**") return folder.some((_, start) => matches(folder.slice(start), rest)) || matches([], rest);
  const [segment, ...deeper] = folder;
  return segment !== undefined && isMatch(segment, first) && matches(deeper, rest);
}

/** As when roots are expanded, only `*` and `?` are wildcards. */
function isMatch(segment: string, pattern: string): boolean {
  if (!/[*?]/.test(pattern)) return segment === pattern;
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(segment);
}
