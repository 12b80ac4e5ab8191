import { posix } from "node:path";
import type { Layout } from "@jaunt/core";
import { scopeOf, typescriptSettings, type SpecifierStyle } from "./settings.ts";

const endings: Readonly<Record<SpecifierStyle, Readonly<Record<string, string>>>> = {
  js: { ".ts": ".js", ".tsx": ".js", ".mts": ".mjs", ".cts": ".cjs" },
  ts: { ".ts": ".ts", ".tsx": ".tsx", ".mts": ".mts", ".cts": ".cts" },
  none: { ".ts": "", ".tsx": "", ".mts": ".mjs", ".cts": ".cjs" },
};

/** The specifier by which file `from` imports TypeScript file `to`, ending as the project's module style wants it. */
export function specifierOf(from: string, to: string, layout: Layout): string {
  const ending = posix.extname(to);
  const style = scopeOf(from, typescriptSettings(layout.settings)).specifierStyle;
  return relativeSpecifier(from, to.slice(0, to.length - ending.length)) + (endings[style][ending] ?? ending);
}

/**
 * A specifier of file `from`, written for file `to`: relative ones change folder and keep their ending; a `.jaunt` file
 * becomes its facade, whose build is the one to run; aliases and packages stay.
 */
export function moveSpecifier(specifier: string, from: string, to: string): string {
  const facade = specifier.replace(/\.jaunt(\.[mc]?[jt]sx?)?$/, "$1");
  return isRelative(facade) ? relativeSpecifier(to, posix.join(posix.dirname(from), facade)) : facade;
}

/** True for `.`, `..`, `./x` and `../x`. */
export function isRelative(specifier: string): boolean {
  return /^\.\.?(?:\/|$)/.test(specifier);
}

/** `path` without the ending of a TypeScript or JavaScript file, so that all ways to write it compare equal. */
export function withoutEnding(path: string): string {
  return path.replace(/\.[mc]?[jt]sx?$/, "");
}

const anyRoot = "/root".repeat(20);

function relativeSpecifier(from: string, target: string): string {
  // Absolute, for otherwise `relative` would ask for the working directory; deep, so that a target may be above the root.
  const relative = posix.relative(posix.join(anyRoot, posix.dirname(from)), posix.join(anyRoot, target));
  const slash = target.endsWith("/") ? "/" : "";
  return (isRelative(relative) ? relative : `./${relative}`) + slash;
}
