import { posix } from "node:path";
import type { Diagnostic, Settings, TargetIo } from "@jaunt/core";
import { createConfigFinder, type FoundConfig } from "./find-config.ts";
import { nearestManifest, type Manifest } from "./manifest.ts";
import type { Scope, SpecifierStyle, TypescriptSettings } from "./settings.ts";
import { workspacePackages } from "./workspace.ts";

export interface ConfigureOptions {
  /** `[typescript] tsconfig`: posix, relative to the root; empty means the nearest one that includes the file. */
  readonly tsconfig?: string;
}

/**
 * Reads what layout needs from tsconfig and package.json files: one scope for each config that includes spec files. Reads
 * config files only, starts no compiler, and looks at each config once.
 */
export function configureTypescript(
  io: Pick<TargetIo, "root" | "readText">,
  files: readonly string[],
  options: ConfigureOptions = {},
): Promise<{ readonly settings: Settings; readonly diagnostics: readonly Diagnostic[] }> {
  const finder = createConfigFinder(io, options.tsconfig ?? "");
  const found = new Map<string, FoundConfig>();
  for (const file of files) {
    const config = finder.find(file);
    if (config !== undefined) found.set(file, config);
  }
  const settings: TypescriptSettings = { scopes: scopesOf(found, io), packages: workspacePackages(io) };
  return Promise.resolve({ settings: { ...settings }, diagnostics: finder.diagnostics() });
}

/**
 * A config that is alone in its folder decides for the whole folder. Where several share one, as in the Vite template,
 * each decides for the folders of its own spec files.
 */
function scopesOf(found: ReadonlyMap<string, FoundConfig>, io: Pick<TargetIo, "readText">): readonly Scope[] {
  const byFolder = new Map<string, Set<FoundConfig>>();
  for (const config of found.values()) addTo(byFolder, config.directory, config);
  const scopes = new Map<string, Scope>();
  for (const [file, config] of found) {
    const alone = byFolder.get(config.directory)?.size === 1;
    const directory = alone ? config.directory : posix.dirname(file);
    const key = `${directory} ${config.path}`;
    if (!scopes.has(key)) scopes.set(key, scopeFrom(directory, config, nearestManifest(io, config.directory)));
  }
  return withFiles([...scopes.values()], found).toSorted((a, b) => (a.directory + a.tsconfig < b.directory + b.tsconfig ? -1 : 1));
}

function addTo<Value>(groups: Map<string, Set<Value>>, key: string, value: Value): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, new Set([value]));
  else group.add(value);
}

/** Two configs that take files of one folder must name them. */
function withFiles(scopes: readonly Scope[], found: ReadonlyMap<string, FoundConfig>): readonly Scope[] {
  const shared = scopes.filter((scope) => scopes.some((other) => other !== scope && other.directory === scope.directory));
  return scopes.map((scope) => {
    if (!shared.includes(scope)) return scope;
    const own = [...found].filter(([file, config]) => config.path === scope.tsconfig && posix.dirname(file) === scope.directory);
    return { ...scope, files: own.map(([file]) => file) };
  });
}

function scopeFrom(directory: string, config: FoundConfig, manifest: Manifest): Scope {
  const { options } = config;
  const { baseUrl } = config;
  return {
    directory,
    tsconfig: config.path,
    specifierStyle: specifierStyleOf(options),
    paths: config.paths,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    dependencies: manifest.dependencies,
    ...(manifest.name === "" ? {} : { packageName: manifest.name }),
    imports: manifest.imports,
    commonjs: isCommonjs(options, manifest),
    flags: Object.fromEntries(Object.entries(options).filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean")),
  };
}

/** By TypeScript 7's defaults: Node's module kinds need endings, every other kind resolves like a bundler. */
function specifierStyleOf(options: FoundConfig["options"]): SpecifierStyle {
  if (options["allowImportingTsExtensions"] === true || options["rewriteRelativeImportExtensions"] === true) return "ts";
  const resolution = String(options["moduleResolution"] ?? options["module"] ?? "").toLowerCase();
  return resolution.startsWith("node") ? "js" : "none";
}

function isCommonjs(options: FoundConfig["options"], manifest: Manifest): boolean {
  const kind = String(options["module"] ?? "").toLowerCase();
  return kind === "commonjs" || (kind.startsWith("node") && manifest.type !== "module");
}
