import { existsSync, readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * URL of the module that `import(specifier)` in a file in `root` would load, or undefined when there is none. Node's own
 * resolver takes a chosen parent only for `require`, so the exports map of a package is read here.
 */
export function resolveModule(specifier: string, root: string): string | undefined {
  if (isBuiltin(specifier)) return undefined;
  const path = exportedToImport(specifier, root) ?? foundByRequire(specifier, root);
  return path === undefined ? undefined : pathToFileURL(path).href;
}

function exportedToImport(specifier: string, root: string): string | undefined {
  if (specifier.startsWith(".") || isAbsolute(specifier)) return undefined;
  const { name, subpath } = splitSpecifier(specifier);
  const folder = packageFolder(name, root);
  if (folder === undefined) return undefined;
  const { exports } = readJson(join(folder, "package.json")) as { readonly exports?: unknown };
  const path = importPath(exports, subpath);
  return path !== undefined && existsSync(join(folder, path)) ? join(folder, path) : undefined;
}

function foundByRequire(specifier: string, root: string): string | undefined {
  try {
    return createRequire(join(root, "package.json")).resolve(specifier);
  } catch {
    return undefined;
  }
}

/** Folder of an installed package as seen from `root`, or undefined. */
export function packageFolder(name: string, root: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", ...name.split("/"));
    if (existsSync(join(candidate, "package.json"))) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Version of an installed package as seen from `root`, or undefined. */
export function packageVersion(name: string, root: string): string | undefined {
  const folder = packageFolder(name, root);
  if (folder === undefined) return undefined;
  const { version } = readJson(join(folder, "package.json")) as { readonly version?: unknown };
  return typeof version === "string" ? version : undefined;
}

/** Splits `@acme/backend/fast` into the package's name and `./fast`. */
export function splitSpecifier(specifier: string): { readonly name: string; readonly subpath: string } {
  const parts = specifier.split("/");
  const length = specifier.startsWith("@") ? 2 : 1;
  const rest = parts.slice(length).join("/");
  return { name: parts.slice(0, length).join("/"), subpath: rest === "" ? "." : `./${rest}` };
}

function importPath(exports: unknown, subpath: string): string | undefined {
  const isMap =
    typeof exports === "object" && exports !== null && Object.keys(exports).some((key) => key.startsWith("."));
  const entry = isMap ? (exports as Readonly<Record<string, unknown>>)[subpath] : subpath === "." ? exports : undefined;
  return pickCondition(entry);
}

function pickCondition(entry: unknown): string | undefined {
  if (typeof entry === "string") return entry;
  if (Array.isArray(entry)) return pickCondition(entry[0]);
  if (typeof entry !== "object" || entry === null) return undefined;
  for (const [condition, value] of Object.entries(entry)) {
    const path = ["node", "import", "default"].includes(condition) ? pickCondition(value) : undefined;
    if (path !== undefined) return path;
  }
  return undefined;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
