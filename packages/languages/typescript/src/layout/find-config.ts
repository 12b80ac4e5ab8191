import { existsSync } from "node:fs";
import { join, posix, relative, resolve, sep } from "node:path";
import type { Diagnostic, TargetIo } from "@jaunt/core";
import { createFilesMatcher, parseTsconfig } from "get-tsconfig";

/** A config with what it extends folded in. Paths are posix and relative to the root. */
export interface FoundConfig {
  readonly path: string;
  readonly directory: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly paths: Readonly<Record<string, readonly string[]>>;
  readonly baseUrl?: string;
}

/** Finds the config that includes a file: the nearest folder's, references followed, then the folders above up to the root. */
export interface ConfigFinder {
  find(file: string): FoundConfig | undefined;
  diagnostics(): readonly Diagnostic[];
}

interface LoadedConfig extends FoundConfig {
  readonly includes: (file: string) => boolean;
  readonly references: readonly string[];
}

/** A finder with its own memory: each config is parsed once, each folder searched once. */
export function createConfigFinder(io: Pick<TargetIo, "root">, fixed: string): ConfigFinder {
  const loaded = new Map<string, LoadedConfig | undefined>();
  const candidates = new Map<string, readonly LoadedConfig[]>();
  const problems = new Map<string, Diagnostic>();

  const load = (path: string): LoadedConfig | undefined => {
    if (!loaded.has(path)) loaded.set(path, loadConfig(io.root, path, problems));
    return loaded.get(path);
  };
  const candidatesIn = (folder: string): readonly LoadedConfig[] => {
    const known = candidates.get(folder);
    if (known !== undefined) return known;
    const name = posix.join(folder, "tsconfig.json");
    const own = existsSync(join(io.root, name)) ? withReferences(name, load) : [];
    const above = folder === "." ? [] : candidatesIn(posix.dirname(folder));
    const all = [...own, ...above];
    candidates.set(folder, all);
    return all;
  };

  return {
    find(file) {
      if (fixed !== "") return load(posix.normalize(fixed));
      const near = candidatesIn(posix.dirname(file));
      const including = near.find((config) => config.includes(file));
      // Where a config is broken, nothing can be said of what it would include.
      if (including === undefined && problems.size === 0) reportMissing(file, near[0], problems);
      return including ?? near[0];
    },
    diagnostics: () => [...problems.values()],
  };
}

/** A config, then those it refers to, breadth first. */
function withReferences(path: string, load: (path: string) => LoadedConfig | undefined): readonly LoadedConfig[] {
  const queue = [path];
  const seen = new Set(queue);
  const found: LoadedConfig[] = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const config = load(next);
    if (config === undefined) continue;
    found.push(config);
    for (const reference of config.references) {
      if (seen.has(reference)) continue;
      seen.add(reference);
      queue.push(reference);
    }
  }
  return found;
}

function loadConfig(root: string, path: string, problems: Map<string, Diagnostic>): LoadedConfig | undefined {
  const file = join(root, path);
  try {
    const config = parseTsconfig(file);
    const options: Readonly<Record<string, unknown>> = { ...config.compilerOptions };
    const includes = createFilesMatcher({ path: file, config });
    const base = options["baseUrl"];
    return {
      path,
      directory: posix.dirname(path),
      options,
      paths: rebasedPaths(root, file, config.compilerOptions ?? {}),
      ...(typeof base === "string" ? { baseUrl: projectPath(root, resolve(file, "..", base)) } : {}),
      includes: (candidate) => includes(join(root, candidate)) !== undefined,
      references: (config.references ?? []).map((reference) => referencedConfig(root, path, reference.path)),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    problems.set(path, {
      code: "layout/tsconfig",
      severity: "error",
      message: `${path} cannot be read: ${reason}`,
      hint: "Jaunt reads module style and path aliases from it. Correct it, or name another one as `[typescript] tsconfig` in jaunt.toml.",
      file: path,
    });
    return undefined;
  }
}

function referencedConfig(root: string, from: string, reference: string): string {
  const target = posix.join(posix.dirname(from), reference);
  return existsSync(join(root, target, "tsconfig.json")) ? posix.join(target, "tsconfig.json") : target;
}

/** Targets of `paths` are relative to `baseUrl`, else to the config that sets them, which get-tsconfig notes in a symbol. */
function rebasedPaths(root: string, file: string, options: object): Readonly<Record<string, readonly string[]>> {
  const { paths, baseUrl } = options as { readonly paths?: Readonly<Record<string, readonly string[]>>; readonly baseUrl?: string };
  const noted = Object.getOwnPropertySymbols(options).find((symbol) => symbol.description === "implicitBaseUrl");
  const implicit: unknown = noted === undefined ? undefined : (options as Readonly<Record<symbol, unknown>>)[noted];
  const base = baseUrl === undefined ? (typeof implicit === "string" ? implicit : resolve(file, "..")) : resolve(file, "..", baseUrl);
  const rebase = (target: string): string => projectPath(root, resolve(base, target));
  return Object.fromEntries(Object.entries(paths ?? {}).map(([alias, targets]) => [alias, targets.map(rebase)]));
}

function projectPath(root: string, native: string): string {
  return relative(root, native).split(sep).join("/") || ".";
}

function reportMissing(file: string, nearest: FoundConfig | undefined, problems: Map<string, Diagnostic>): void {
  problems.set(
    nearest?.path ?? "",
    nearest === undefined
      ? {
          code: "layout/no-tsconfig",
          severity: "error",
          message: `No tsconfig.json was found for ${file}, in its folder or above it.`,
          hint: "Jaunt proves code with the project's own compiler settings. Run `npx tsc --init`, or name the config as `[typescript] tsconfig` in jaunt.toml.",
          file,
        }
      : {
          code: "layout/not-included",
          severity: "warning",
          message: `No tsconfig includes ${file}; the settings of ${nearest.path} are used.`,
          hint: `Add its folder to \`include\` of ${nearest.path}, so that editors and tsc see it too.`,
          file,
        },
  );
}
