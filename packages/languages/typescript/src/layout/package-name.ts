import { isBuiltin } from "node:module";
import { isRelative } from "./specifier.ts";
import type { Scope } from "./settings.ts";

/** The package a bare specifier belongs to: `lodash` of `lodash/fp`, `@acme/util` of `@acme/util/x`. */
function packageNameOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/** The package that a specifier needs; undefined for relative paths, path aliases, `#imports`, URLs and Node built-ins. */
export function packageOf(specifier: string, scope: Scope): string | undefined {
  if (isRelative(specifier) || specifier.startsWith("/") || specifier.startsWith("#") || specifier.includes(":"))
    return undefined;
  if (isBuiltin(specifier) || isAlias(specifier, scope)) return undefined;
  return packageNameOf(specifier);
}

function isAlias(specifier: string, scope: Scope): boolean {
  return Object.keys(scope.paths).some((pattern) => {
    const star = pattern.indexOf("*");
    if (star === -1) return specifier === pattern;
    if (pattern === "*") return false;
    return specifier.startsWith(pattern.slice(0, star)) && specifier.endsWith(pattern.slice(star + 1));
  });
}
