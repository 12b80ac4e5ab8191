import type { Settings } from "@jaunt/core";

/** How a relative import specifier ends: `js` (`./util.js`), `ts` (`./util.ts`, the file's own ending) or `none` (`./util`). */
export type SpecifierStyle = "js" | "ts" | "none";

/** What one tsconfig, with the package.json nearest to a folder of spec files, says about that folder. */
export interface Scope {
  /** Posix, relative to the root; `.` is the root itself. */
  readonly directory: string;
  /** Posix path of the config that includes the files; empty when there is none. */
  readonly tsconfig: string;
  readonly specifierStyle: SpecifierStyle;
  /** Path aliases, with targets posix and relative to the root: `{ "@/*": ["src/*"] }`. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  /** Posix, relative to the root. */
  readonly baseUrl?: string;
  /** Names of all packages that the nearest package.json declares, of every kind. */
  readonly dependencies: readonly string[];
  readonly packageName?: string;
  /** The `imports` of package.json (`#x`), each with its best target posix and relative to the root. */
  readonly imports: Readonly<Record<string, string>>;
  /** True when `.ts` files here are emitted as CommonJS. */
  readonly commonjs: boolean;
  /** Compiler options that are true or false; those that `strict` implies are among them. */
  readonly flags: Readonly<Record<string, boolean>>;
  /** Set when not every file of the folder belongs to this config: the spec files that do. */
  readonly files?: readonly string[];
}

/** A package of the workspace, so that `@acme/util` leads to its source. */
export interface WorkspacePackage {
  readonly name: string;
  /** Posix, relative to the root; `.` is the root itself. */
  readonly directory: string;
  /** Subpath (`.`, `./x`, `./*`) to candidate files, posix and relative to the root, source first. */
  readonly exports: Readonly<Record<string, readonly string[]>>;
}

/** What this language puts into `Layout.settings`: plain JSON, arrays in code-unit order. */
export interface TypescriptSettings {
  readonly scopes: readonly Scope[];
  readonly packages: readonly WorkspacePackage[];
}

const noScope: Scope = {
  directory: ".",
  tsconfig: "",
  specifierStyle: "js",
  paths: {},
  dependencies: [],
  imports: {},
  commonjs: false,
  flags: {},
};

/** The settings inside a layout. Settings of another shape (none yet, another language's) count as empty. */
export function typescriptSettings(settings: Settings): TypescriptSettings {
  const { scopes, packages } = settings as Partial<TypescriptSettings>;
  return { scopes: Array.isArray(scopes) ? scopes : [], packages: Array.isArray(packages) ? packages : [] };
}

/**
 * The scope of a spec, generated or other file: the longest directory that holds it; among scopes of one directory the
 * one that names the file, else the one for all files. A project without any gives ES modules with `.js` endings.
 */
export function scopeOf(path: string, settings: TypescriptSettings): Scope {
  let best: Scope | undefined;
  for (const scope of settings.scopes) {
    if (!holds(scope.directory, path)) continue;
    if (best === undefined || depth(scope) > depth(best)) best = scope;
    else if (depth(scope) === depth(best) && fits(scope, path) > fits(best, path)) best = scope;
  }
  return best ?? noScope;
}

function holds(directory: string, path: string): boolean {
  return directory === "." || path.startsWith(`${directory}/`);
}

function depth(scope: Scope): number {
  return scope.directory === "." ? 0 : scope.directory.length;
}

function fits(scope: Scope, path: string): number {
  if (scope.files === undefined) return 1;
  return scope.files.includes(path) ? 2 : 0;
}
