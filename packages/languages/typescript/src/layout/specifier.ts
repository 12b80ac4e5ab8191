import type { Layout } from "@jaunt/core";
import { directoryOf, joinPaths, relativeTo } from "./paths.ts";
import { scopeOf, typescriptSettings, type SpecifierStyle } from "./settings.ts";

const endings: Readonly<Record<SpecifierStyle, Readonly<Record<string, string>>>> = {
  js: { ".ts": ".js", ".tsx": ".js", ".mts": ".mjs", ".cts": ".cjs" },
  ts: { ".ts": ".ts", ".tsx": ".tsx", ".mts": ".mts", ".cts": ".cts" },
  none: { ".ts": "", ".tsx": "", ".mts": ".mjs", ".cts": ".cjs" },
};

/** The specifier by which file `from` imports TypeScript file `to`, ending as the project's module style wants it. */
export function specifierOf(from: string, to: string, layout: Layout): string {
  const ending = /\.[mc]?tsx?$/.exec(to)?.[0] ?? "";
  const style = scopeOf(from, typescriptSettings(layout.settings)).specifierStyle;
  return relativeTo(directoryOf(from), to.slice(0, to.length - ending.length)) + (endings[style][ending] ?? ending);
}

/**
 * A specifier of file `from`, written for file `to`: relative ones change folder and keep their ending; a `.jaunt` file
 * becomes its facade, whose build is the one to run; aliases and packages stay.
 */
export function moveSpecifier(specifier: string, from: string, to: string): string {
  const facade = specifier.replace(/\.jaunt(\.[mc]?[jt]sx?)?$/, "$1");
  if (!isRelative(facade)) return facade;
  const trailing = facade.endsWith("/") ? "/" : "";
  const target = joinPaths(directoryOf(from), facade);
  if (target === "." || target.endsWith("..")) return `${folderSpecifier(directoryOf(to), target)}${trailing}`;
  return relativeTo(directoryOf(to), target) + trailing;
}

/** True for `.`, `..`, `./x` and `../x`. */
export function isRelative(specifier: string): boolean {
  return /^\.\.?(?:\/|$)/.test(specifier);
}

/** Whether a specifier in file `from` means file `target`, with any ending, by relative path or by a path alias. */
export function meansFile(specifier: string, from: string, target: string, layout: Layout): boolean {
  const wanted = withoutEnding(target);
  if (isRelative(specifier)) return withoutEnding(joinPaths(directoryOf(from), specifier)) === wanted;
  const scope = scopeOf(from, typescriptSettings(layout.settings));
  return Object.entries(scope.paths).some(([pattern, targets]) =>
    targets.some((aliased) => withoutEnding(aliasTarget(specifier, pattern, aliased)) === wanted),
  );
}

function aliasTarget(specifier: string, pattern: string, target: string): string {
  const star = pattern.indexOf("*");
  if (star === -1) return specifier === pattern ? target : "";
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  if (specifier.length < before.length + after.length || !specifier.startsWith(before) || !specifier.endsWith(after)) return "";
  return target.replace("*", specifier.slice(before.length, specifier.length - after.length));
}

function withoutEnding(path: string): string {
  return path.replace(/\.[mc]?[jt]sx?$/, "");
}

function folderSpecifier(directory: string, target: string): string {
  const up = directory === "." ? 0 : directory.split("/").length;
  const above = target === "." ? 0 : target.split("/").length;
  return Array.from({ length: up + above }, () => "..").join("/") || ".";
}
