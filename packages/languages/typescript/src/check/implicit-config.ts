import { parseTsconfig } from "get-tsconfig";

/**
 * Text of a tsconfig, to stand beside config `base`, that adds `files` to what `base` includes; with an empty `base`,
 * one with strict defaults for ES modules. For files that no config of the user's includes. Paths are absolute.
 */
export function implicitConfig(base: string, files: readonly string[]): string {
  if (base === "") return JSON.stringify({ compilerOptions: defaults, files, include: [] });
  const own = parseTsconfig(base);
  const include = own.include ?? (own.files === undefined ? ["**/*"] : []);
  const references = own.references === undefined ? {} : { references: own.references };
  return JSON.stringify({ extends: base, files: [...(own.files ?? []), ...files], include, ...references });
}

/**
 * Text of a tsconfig, to stand beside config `base`, with its settings and nothing but `files`. A composite one would demand that
 * it names whatever they import.
 */
export function nearConfig(base: string, files: readonly string[], isComposite: boolean): string {
  const { references } = parseTsconfig(base);
  return JSON.stringify({
    extends: base,
    compilerOptions: { composite: false, incremental: false, ...(isComposite ? { declaration: true } : {}) },
    files,
    include: [],
    ...(references === undefined ? {} : { references }),
  });
}

const defaults = {
  strict: true,
  target: "es2023",
  module: "nodenext",
  moduleResolution: "nodenext",
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
};
