import { existsSync } from "node:fs";
import { posix } from "node:path";
import { expandRoots } from "../discover/expand-roots.ts";
import { readIgnoredFolders } from "../discover/read-ignored-folders.ts";
import type { ProjectContext } from "../project-context.ts";
import { nativePath } from "../write/native-path.ts";

/** Which parts of a project a watch looks at. Paths are posix and relative to the root. */
export interface WatchRules {
  /** Whether files below this folder can matter. */
  entersFolder(path: string): boolean;
  /** Whether a change of this file can change what a build does. */
  watchesFile(path: string): boolean;
  /** Whether the configuration has to be read again when this file changes. */
  isConfiguration(path: string): boolean;
  /** Whether how every file is read or checked may follow from this file. */
  isSetting(path: string): boolean;
  /** Whether this is a file in the project's language that a person writes and that holds no spec. */
  isSource(path: string): boolean;
}

/** Where compilers and bundlers put their output, beside a package.json. */
const builtFolders: ReadonlySet<string> = new Set(["dist", "build", "out", "coverage"]);

/** The rules of a project as it is now: those of discovery, for more kinds of files. */
export function watchRules({ root, config, options }: ProjectContext): WatchRules {
  const { generated_dir: generatedDir } = config.paths;
  const roots = expandRoots(root, config.paths);
  const named = [...roots.source, ...roots.test];
  const isIgnored = readIgnoredFolders(root);
  const { build_system, build_module, test_system, test_module } = config.prompts;
  const prompts = new Set([build_system, build_module, test_system, test_module]);
  const extensions = new Set(options.languages.flatMap(({ reader }) => reader.patterns.map(posix.extname)));
  const exists = (path: string): boolean => existsSync(nativePath(root, path));
  const isGenerated = (path: string): boolean => posix.dirname(path).split("/").includes(generatedDir);
  const isSpec = (path: string): boolean => options.languages.some(({ reader }) => reader.moduleId(path) !== undefined);
  const isConfiguration = (path: string): boolean => path === "jaunt.toml" || prompts.has(path);
  const isSetting = (path: string): boolean => path.endsWith(".json") || path === ".gitignore";
  return {
    isConfiguration,
    isSetting,
    isSource: (path) => extensions.has(posix.extname(path)) && !isGenerated(path) && !isSpec(path),
    entersFolder(path) {
      const name = posix.basename(path);
      if (path === "." || name === generatedDir || path.split("/").includes(generatedDir)) return true;
      if (named.some((folder) => folder === path || folder.startsWith(`${path}/`))) return true;
      if (name === "node_modules" || name.startsWith(".") || isIgnored(path)) return false;
      if (path === config.cache.dir || exists(`${path}/jaunt.toml`)) return false;
      return !builtFolders.has(name) || !exists(posix.join(posix.dirname(path), "package.json"));
    },
    watchesFile: (path) =>
      !path.endsWith(".jaunt-tmp") &&
      (extensions.has(posix.extname(path)) || isGenerated(path) || isConfiguration(path) || isSetting(path)),
  };
}
