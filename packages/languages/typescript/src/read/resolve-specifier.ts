import { posix } from "node:path";
import type { Layout } from "@jaunt/core";
import {
  scopeOf,
  typescriptSettings,
  type Scope,
  type TypescriptSettings,
  type WorkspacePackage,
} from "../layout/settings.ts";

/**
 * The files, best first, that a specifier may mean: relative paths, `baseUrl`, path aliases and `#imports` of the file's own
 * scope, and packages of the workspace. Nothing for packages from outside. Pure: whether a file exists is the caller's to see.
 */
export function resolveSpecifier(specifier: string, from: string, layout: Layout): readonly string[] {
  if (isRelative(specifier)) return insideProject(filesOf(posix.join(posix.dirname(from), specifier), specifier));
  const settings = typescriptSettings(layout.settings);
  const scope = scopeOf(from, settings);
  const targets = [
    ...aliasTargets(specifier, scope),
    ...importTargets(specifier, scope),
    ...packageTargets(specifier, settings),
  ];
  return insideProject([...new Set(targets.flatMap((target) => filesOf(target, specifier)))]);
}

function insideProject(files: readonly string[]): readonly string[] {
  return files.filter((file) => !file.startsWith("../"));
}

function isRelative(specifier: string): boolean {
  return /^\.\.?(?:\/|$)/.test(specifier);
}

/** By the rules of TypeScript's `paths`: an exact key first, then the pattern with the longest prefix; `baseUrl` last. */
function aliasTargets(specifier: string, scope: Scope): readonly string[] {
  const exact = Object.hasOwn(scope.paths, specifier) ? (scope.paths[specifier] ?? []) : [];
  const patterns = Object.entries(scope.paths)
    .filter(([key]) => key.includes("*"))
    .map(([key, targets]) => ({
      prefix: key.slice(0, key.indexOf("*")),
      suffix: key.slice(key.indexOf("*") + 1),
      targets,
    }))
    .filter(
      ({ prefix, suffix }) =>
        specifier.length >= prefix.length + suffix.length && specifier.startsWith(prefix) && specifier.endsWith(suffix),
    )
    .toSorted((a, b) => b.prefix.length - a.prefix.length);
  const [best] = patterns;
  const matched = best === undefined ? "" : specifier.slice(best.prefix.length, specifier.length - best.suffix.length);
  const starred = best === undefined ? [] : best.targets.map((target) => target.replace("*", () => matched));
  const based = scope.baseUrl === undefined ? [] : [posix.join(scope.baseUrl, specifier)];
  return [...exact, ...starred, ...based].map((target) => posix.normalize(target));
}

function importTargets(specifier: string, scope: Scope): readonly string[] {
  if (!specifier.startsWith("#")) return [];
  const exact = Object.hasOwn(scope.imports, specifier) ? scope.imports[specifier] : undefined;
  if (exact !== undefined) return [exact];
  return Object.entries(scope.imports).flatMap(([key, target]) => matchStar(key, specifier, [target]));
}

function packageTargets(specifier: string, { packages }: TypescriptSettings): readonly string[] {
  return packages
    .filter(({ name }) => specifier === name || specifier.startsWith(`${name}/`))
    .flatMap((workspacePackage) =>
      exportTargets(`.${specifier.slice(workspacePackage.name.length)}`, workspacePackage),
    );
}

function exportTargets(subpath: string, { exports, directory }: WorkspacePackage): readonly string[] {
  const exact = Object.hasOwn(exports, subpath) ? exports[subpath] : undefined;
  if (exact !== undefined) return exact;
  const starred = Object.entries(exports).flatMap(([key, targets]) => matchStar(key, subpath, targets));
  return starred.length > 0 || subpath === "." ? starred : [posix.join(directory, subpath)];
}

function matchStar(key: string, text: string, targets: readonly string[]): readonly string[] {
  const star = key.indexOf("*");
  if (star < 0) return [];
  const [prefix, suffix] = [key.slice(0, star), key.slice(star + 1)];
  if (text.length < prefix.length + suffix.length || !text.startsWith(prefix) || !text.endsWith(suffix)) return [];
  const matched = text.slice(prefix.length, text.length - suffix.length);
  return targets.map((target) => target.replaceAll("*", () => matched));
}

const sourceOf: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".d.ts"],
  ".jsx": [".tsx"],
  ".mjs": [".mts", ".d.mts"],
  ".cjs": [".cts", ".d.cts"],
};

/** TypeScript's own order: the ending's source file, then the path as it is with each ending, then an index file. */
function filesOf(target: string, specifier: string): readonly string[] {
  const extension = posix.extname(target);
  if (/^\.(?:d\.)?[mc]?tsx?$/.test(extension)) return [target];
  const stem = target.slice(0, target.length - extension.length);
  const asSource = (sourceOf[extension] ?? []).map((ending) => stem + ending);
  const plain = isFolder(specifier) ? [] : plainEndings.map((ending) => target + ending);
  const folder = target === "." ? "" : target.endsWith("/") ? target : `${target}/`;
  return [...asSource, ...plain, ...indexFiles.map((name) => folder + name)];
}

const plainEndings: readonly string[] = [".ts", ".tsx", ".mts", ".cts", ".d.ts"];
const indexFiles: readonly string[] = ["index.ts", "index.tsx", "index.mts", "index.cts"];

function isFolder(specifier: string): boolean {
  return specifier.endsWith("/") || /(?:^|\/)\.\.?$/.test(specifier);
}
