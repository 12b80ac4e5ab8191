import { existsSync, statSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { createFilesMatcher, createPathsMatcher, parseTsconfig, type TsConfigResult } from "get-tsconfig";
import type { Scope } from "./settings.ts";

type CompilerOptions = NonNullable<TsConfigResult["config"]["compilerOptions"]>;

/** A tsconfig with `extends` followed. */
export interface TsconfigFile {
  /** Posix, relative to the root. */
  readonly path: string;
  readonly compilerOptions: CompilerOptions;
  /** Paths of referenced configs, posix and relative to the root. */
  readonly references: readonly string[];
  includes(file: string): boolean;
  /** Path aliases with targets relative to the root. */
  readonly paths: Scope["paths"];
  readonly baseUrl: string | undefined;
}

/** What stands in the way of reading a tsconfig. */
export interface TsconfigProblem {
  readonly path: string;
  readonly problem: string;
}

/** Finds and reads tsconfigs of one project, each at most once. */
export interface TsconfigFiles {
  /** The config that includes a file: the nearest above it or one it references, else one further up. */
  including(file: string): TsconfigFile | undefined;
  /** The nearest config above a file, whether it includes it or not. */
  nearest(file: string): TsconfigFile | undefined;
  readonly problems: readonly TsconfigProblem[];
  /** Every config read or looked for so far, what configs extend included. */
  consulted(): readonly string[];
}

/** Opens the tsconfigs of a project; `fixed` names the one to use (with its references) instead of the nearest. */
export function openTsconfigFiles(root: string, fixed: string): TsconfigFiles {
  const problems: TsconfigProblem[] = [];
  const loaded = new Map<string, TsconfigFile | undefined>();
  const cache = new Map<string, string>();
  const found = new Map<string, readonly TsconfigFile[]>();

  function load(path: string): TsconfigFile | undefined {
    if (!loaded.has(path)) loaded.set(path, read(path));
    return loaded.get(path);
  }

  function read(path: string): TsconfigFile | undefined {
    try {
      return describe(root, path, { path: join(root, path), config: parseTsconfig(join(root, path), cache) });
    } catch (error) {
      problems.push({
        path,
        problem: error instanceof Error ? error.message.replaceAll(root + sep, "") : String(error),
      });
      return undefined;
    }
  }

  /** Configs that may include files of a folder: those in it and above it, nearest first, each before what it references. */
  function candidates(directory: string): readonly TsconfigFile[] {
    const known = found.get(directory);
    if (known !== undefined) return known;
    const path = posix.join(directory, "tsconfig.json");
    const own = existsSync(join(root, path)) ? withReferences(path, load) : [];
    const result = directory === "." ? own : [...own, ...candidates(posix.dirname(directory))];
    found.set(directory, result);
    return result;
  }

  const fixedConfigs = fixed === "" ? undefined : withReferences(fixed, load);
  const configsFor = (file: string): readonly TsconfigFile[] => fixedConfigs ?? candidates(posix.dirname(file));
  return {
    problems,
    consulted: () => consultedFiles(root, [...found.keys()], [...loaded.keys()], cache),
    nearest: (file) => configsFor(file)[0],
    including: (file) => configsFor(file).find((config) => config.includes(file)),
  };
}

/** get-tsconfig's cache tells what it opened: its keys are `readFileSync:PATH:utf8`, `existsSync:PATH` and the like. */
function consultedFiles(
  root: string,
  folders: readonly string[],
  loaded: readonly string[],
  cache: ReadonlyMap<string, string>,
): readonly string[] {
  const opened = [...cache.keys()].flatMap((key) => /^\w+:(.+?)(?::utf8)?$/.exec(key)?.[1] ?? []);
  const inside = opened.map((path) => toPosix(relative(root, path))).filter((path) => !path.startsWith(".."));
  const own = folders.map((folder) => posix.join(folder, "tsconfig.json"));
  return [...new Set([...own, ...loaded, ...inside])].toSorted();
}

function withReferences(path: string, load: (path: string) => TsconfigFile | undefined): readonly TsconfigFile[] {
  const configs: TsconfigFile[] = [];
  const paths = [path];
  // An array is iterated together with what is added on the way.
  for (const each of paths) {
    const config = load(each);
    if (config === undefined) continue;
    configs.push(config);
    paths.push(...config.references.filter((reference) => !paths.includes(reference)));
  }
  return configs;
}

function describe(root: string, path: string, result: TsConfigResult): TsconfigFile {
  const compilerOptions = result.config.compilerOptions ?? {};
  const matches = createFilesMatcher(result, process.platform !== "win32" && process.platform !== "darwin");
  const directory = posix.dirname(path);
  const start = `${toPosix(root)}/`;
  return {
    path,
    compilerOptions,
    references: (result.config.references ?? []).map((reference) =>
      referencedConfig(root, posix.join(directory, reference.path)),
    ),
    includes: (file) => matches(start + file) !== undefined,
    paths: aliases(root, result),
    baseUrl: compilerOptions.baseUrl === undefined ? undefined : posix.join(directory, compilerOptions.baseUrl),
  };
}

/** A reference names a config file or the folder of a tsconfig.json. */
function referencedConfig(root: string, path: string): string {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  return stats?.isDirectory() === true || !path.endsWith(".json") ? posix.join(path, "tsconfig.json") : path;
}

/** Asks the matcher what each alias means, for only it knows which config of an `extends` chain the targets are relative to. */
function aliases(root: string, result: TsConfigResult): Scope["paths"] {
  const matcher = createPathsMatcher(result);
  const keys = Object.keys(result.config.compilerOptions?.paths ?? {});
  if (matcher === null) return {};
  const star = "__jaunt_star__";
  return Object.fromEntries(
    keys.map((key) => [
      key,
      matcher(key.replace("*", star)).map((target) => toPosix(relative(root, target)).replace(star, "*")),
    ]),
  );
}

function toPosix(path: string): string {
  return path.replaceAll(sep, "/");
}
