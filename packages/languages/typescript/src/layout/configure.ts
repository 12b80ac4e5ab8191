import { posix } from "node:path";
import type { Configuration, Diagnostic, TargetIo } from "@jaunt/core";
import { openPackageFiles, type PackageFile, type PackageFiles } from "./package-files.ts";
import type { Scope, SpecifierStyle, TypescriptSettings } from "./settings.ts";
import { openTsconfigFiles, type TsconfigFile, type TsconfigFiles } from "./tsconfig-files.ts";
import { workspacePackages } from "./workspace.ts";

/** What jaunt.toml says about TypeScript. */
export interface ConfigureOptions {
  /** The one tsconfig to use; empty: the nearest that includes a file. */
  readonly tsconfig?: string;
}

/** Learns from tsconfigs and package.json files how the spec files' folders are compiled. Starts no compiler. */
export async function configureTypescript(
  io: TargetIo,
  files: readonly string[],
  options: ConfigureOptions = {},
): Promise<Configuration> {
  const fixed =
    options.tsconfig === undefined || options.tsconfig === ""
      ? ""
      : posix.normalize(options.tsconfig.replaceAll("\\", "/"));
  const tsconfigs = openTsconfigFiles(io.root, fixed);
  const packages = openPackageFiles(io.root, (path) => io.readText(path));
  const outside: Outside = { notIncluded: new Map(), without: [] };
  const folders = byFolder(files).map(({ directory, files: own }) => folderConfigs(directory, own, tsconfigs, outside));
  const scopes = collapse(folders, packages);
  const settings: TypescriptSettings = {
    scopes,
    packages: workspacePackages(io.root, packages, io.readText("pnpm-workspace.yaml")),
  };
  return {
    settings: { ...settings },
    diagnostics: [...problemDiagnostics(tsconfigs, packages), ...outsideDiagnostics(outside, fixed, tsconfigs)],
    consulted: tsconfigs.consulted(),
  };
}

interface Folder {
  readonly directory: string;
  readonly files: readonly string[];
}

/** A folder with the config of each of its files, the one of most files first. */
interface FolderConfigs {
  readonly directory: string;
  readonly configs: readonly { readonly config: TsconfigFile | undefined; readonly files: readonly string[] }[];
}

interface Outside {
  /** By nearest config: the spec files that it does not include. */
  readonly notIncluded: Map<string, string[]>;
  /** Spec files without any config above them. */
  readonly without: string[];
}

function byFolder(files: readonly string[]): readonly Folder[] {
  const folders = new Map<string, string[]>();
  for (const file of files) addTo(folders, posix.dirname(file), file);
  return [...folders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([directory, own]) => ({ directory, files: own }));
}

function addTo<Key>(groups: Map<Key, string[]>, key: Key, file: string): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [file]);
  else group.push(file);
}

function folderConfigs(
  directory: string,
  files: readonly string[],
  tsconfigs: TsconfigFiles,
  outside: Outside,
): FolderConfigs {
  const groups = new Map<TsconfigFile | undefined, string[]>();
  for (const file of files) {
    const including = tsconfigs.including(file) ?? tsconfigs.including(file.replace(/\.jaunt(\.[mc]?tsx?)$/, "$1"));
    const config = including ?? tsconfigs.nearest(file);
    if (config === undefined) outside.without.push(file);
    else if (including === undefined) addTo(outside.notIncluded, config.path, file);
    addTo(groups, config, file);
  }
  const configs = [...groups]
    .map(([config, own]) => ({ config, files: own }))
    .toSorted((a, b) => b.files.length - a.files.length);
  return { directory, configs };
}

/** A folder needs a scope only where it differs from the folder above. Each config also stands for its own folder. */
function collapse(folders: readonly FolderConfigs[], packages: PackageFiles): readonly Scope[] {
  const scopes: Scope[] = [];
  const mainOf = new Map<string, string>();
  const add = (directory: string, config: TsconfigFile | undefined, files?: readonly string[]): void => {
    const scope = scopeFor(directory, config, packages.nearest(directory));
    scopes.push(files === undefined ? scope : { ...scope, files: [...files].sort() });
  };
  const identity = (directory: string, config: TsconfigFile | undefined): string =>
    `${config?.path ?? ""}\n${packages.nearest(directory)?.directory ?? ""}`;
  for (const [home, config] of homes(folders, packages)) {
    mainOf.set(home, identity(home, config));
    add(home, config);
  }
  for (const { directory, configs } of folders) {
    const [main, ...others] = configs;
    if (main === undefined) continue;
    const differs = identity(directory, main.config) !== inherited(directory, mainOf);
    if (differs || (others.length > 0 && !mainOf.has(directory))) {
      mainOf.set(directory, identity(directory, main.config));
      add(directory, main.config);
    }
    for (const other of others) add(directory, other.config, other.files);
  }
  return scopes;
}

/** The folder that a config and its package share, with the config that has the most files where several share one. */
function homes(folders: readonly FolderConfigs[], packages: PackageFiles): ReadonlyMap<string, TsconfigFile> {
  const counts = new Map<string, Map<TsconfigFile, number>>();
  for (const { directory, configs } of folders) {
    for (const { config, files } of configs) {
      if (config === undefined) continue;
      const candidates = [posix.dirname(config.path), packages.nearest(directory)?.directory ?? "."];
      const home =
        candidates
          .filter((each) => each === "." || directory === each || directory.startsWith(`${each}/`))
          .toSorted((a, b) => depth(b) - depth(a))[0] ?? ".";
      const own = counts.get(home) ?? new Map<TsconfigFile, number>();
      own.set(config, (own.get(config) ?? 0) + files.length);
      counts.set(home, own);
    }
  }
  const chosen = [...counts].flatMap(([home, own]) =>
    [...own]
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, 1)
      .map(([config]) => [home, config] as const),
  );
  return new Map(chosen.toSorted(([a], [b]) => depth(a) - depth(b) || (a < b ? -1 : 1)));
}

function depth(directory: string): number {
  return directory === "." ? 0 : directory.split("/").length;
}

function inherited(directory: string, mainOf: ReadonlyMap<string, string>): string | undefined {
  for (let current = directory; ; current = posix.dirname(current)) {
    const known = mainOf.get(current);
    if (known !== undefined || current === ".") return known;
  }
}

function scopeFor(directory: string, config: TsconfigFile | undefined, file: PackageFile | undefined): Scope {
  const options = config?.compilerOptions ?? {};
  const flags = Object.entries(options).filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean");
  return {
    directory,
    tsconfig: config?.path ?? "",
    specifierStyle: config === undefined ? "js" : styleOf(options),
    paths: config?.paths ?? {},
    ...(config?.baseUrl === undefined ? {} : { baseUrl: config.baseUrl }),
    dependencies: file?.dependencies ?? [],
    ...(file?.name === undefined ? {} : { packageName: file.name }),
    imports: file?.imports ?? {},
    commonjs: isCommonjs(options, file),
    flags: Object.fromEntries(flags.toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function styleOf(options: TsconfigFile["compilerOptions"]): SpecifierStyle {
  if (options.allowImportingTsExtensions === true || options.rewriteRelativeImportExtensions === true) return "ts";
  return isNodeStyle(options.moduleResolution) ||
    (options.moduleResolution === undefined && isNodeStyle(options.module))
    ? "js"
    : "none";
}

function isCommonjs(options: TsconfigFile["compilerOptions"], file: PackageFile | undefined): boolean {
  if (isNodeStyle(options.module)) return file?.isModule !== true;
  return options.module?.toLowerCase() === "commonjs";
}

/** Under these, an import in an ES module needs the ending of the emitted file. */
function isNodeStyle(value: string | undefined): boolean {
  return /^node(?:next|\d\d)$/i.test(value ?? "") && value?.toLowerCase() !== "node10";
}

function problemDiagnostics(tsconfigs: TsconfigFiles, packages: PackageFiles): readonly Diagnostic[] {
  return [
    ...tsconfigs.problems.map(({ path, problem }): Diagnostic => ({
      code: "tsconfig/broken",
      severity: "error",
      message: `${path} cannot be read: ${problem}`,
      file: path,
      hint: "Correct the file, or name another one as `tsconfig` under [typescript] in jaunt.toml.",
    })),
    ...packages.problems.map(({ path, problem }): Diagnostic => ({
      code: "package/broken",
      severity: "error",
      message: `${path} is no JSON: ${problem}`,
      file: path,
      hint: "Correct the file: it says which packages generated code may import.",
    })),
  ];
}

function outsideDiagnostics(
  { notIncluded, without }: Outside,
  fixed: string,
  tsconfigs: TsconfigFiles,
): readonly Diagnostic[] {
  const included = [...notIncluded].map(([config, files]): Diagnostic => ({
    code: "tsconfig/not-included",
    severity: "warning",
    message: `${config} does not include ${counted(files)}, so editors and tsc pass over what is generated for ${files.length === 1 ? "it" : "them"}.`,
    file: files[0] ?? config,
    hint: `Add ${[...new Set(files.map((file) => posix.dirname(file)))].slice(0, 3).join(", ")} to "include" in ${config}, or to a config that it references.`,
  }));
  const [first] = without;
  if (first === undefined || tsconfigs.problems.length > 0) return included;
  const message =
    fixed === ""
      ? `No folder above ${counted(without)} has a tsconfig.json.`
      : `${fixed}, which jaunt.toml names as tsconfig, does not exist.`;
  return [
    ...included,
    {
      code: "tsconfig/missing",
      severity: "error",
      message: `${message} Without one, nobody knows how generated code has to import and what it is compiled with.`,
      file: first,
      hint:
        fixed === ""
          ? "Create one with `npx tsc --init`, or name one as `tsconfig` under [typescript] in jaunt.toml."
          : "Correct `tsconfig` under [typescript] in jaunt.toml.",
    },
  ];
}

function counted([first = "", ...others]: readonly string[]): string {
  return others.length === 0
    ? first
    : `${first} and ${others.length} more spec ${others.length === 1 ? "file" : "files"}`;
}
