import { createRequire } from "node:module";
import { statSync } from "node:fs";
import { JauntError } from "@jaunt/core";
import type { PathsConfig } from "@jaunt/core/config";
import type * as Tinyglobby from "tinyglobby";
import { nativePath } from "../write/native-path.ts";

/** The roots of a project as they are on disk: globs expanded, posix, relative, without a trailing slash, in code-unit order. */
export interface Roots {
  readonly source: readonly string[];
  readonly test: readonly string[];
}

/**
 * Expands `[paths]`. A root that does not exist is left out, for a project may not have every folder yet.
 * @throws {JauntError} when a root leaves the project, or one folder is both a source and a test root
 */
export function expandRoots(root: string, paths: PathsConfig): Roots {
  const source = expand(root, paths.source_roots, paths);
  const test = expand(root, paths.test_roots, paths);
  const both = source.find((folder) => test.includes(folder));
  if (both !== undefined) {
    throw new JauntError(`${both} is both a source root and a test root.`, {
      code: "roots-overlap",
      hint: "Give source_roots and test_roots in jaunt.toml different folders; a folder below the other is fine.",
      exitCode: 2,
    });
  }
  return { source, test };
}

function expand(root: string, patterns: readonly string[], paths: PathsConfig): readonly string[] {
  const folders = patterns.flatMap((pattern) =>
    /[*?]/.test(pattern) ? matchFolders(root, pattern, paths) : [pattern],
  );
  return [...new Set(folders)].filter((folder) => isFolder(nativePath(root, folder))).sort();
}

function matchFolders(root: string, pattern: string, paths: PathsConfig): readonly string[] {
  // Loaded only for globs, which most projects do not have.
  const { globSync } = createRequire(import.meta.url)("tinyglobby") as typeof Tinyglobby;
  // In a root only `*` and `?` are wildcards; folders are called `(app)` and `[slug]` in some frameworks.
  return globSync(pattern.replaceAll(/[!()+@[\]{}]/g, "\\$&"), {
    cwd: root,
    onlyDirectories: true,
    expandDirectories: false,
    followSymbolicLinks: false,
    ignore: ["**/node_modules/**", `**/${paths.generated_dir}/**`],
  }).map((folder) => folder.replace(/\/+$/, ""));
}

function isFolder(native: string): boolean {
  return statSync(native, { throwIfNoEntry: false })?.isDirectory() === true;
}
