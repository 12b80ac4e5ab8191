import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join, posix, relative, sep } from "node:path";
import { parseSync } from "oxc-parser";

/** By package folder: the package's name and the packages its source may import. */
export type LayerTable = Readonly<Record<string, { readonly name: string; readonly may: readonly string[] }>>;

/** Imports in shipped source files that the table does not allow, as `file imports specifier`. */
export function findLayerViolations(root: string, table: LayerTable): readonly string[] {
  return Object.entries(table).flatMap(([folder, { name, may }]) =>
    sourceFiles(join(root, folder, "src")).flatMap((file) => {
      const path = relative(root, file).split(sep).join("/");
      return importedSpecifiers(file)
        .filter((specifier) => !isAllowed(specifier, path, folder, [name, ...may]))
        .map((specifier) => `${path} imports ${specifier}`);
    }),
  );
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.includes(".test."))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes("__fixtures__"));
}

function importedSpecifiers(file: string): readonly string[] {
  const text = readFileSync(file, "utf8");
  const { module, errors } = parseSync(file, text);
  // A file that cannot be read must not pass for one without imports.
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const dynamic = module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start, moduleRequest.end));
  return [
    ...module.staticImports.map((statement) => statement.moduleRequest.value),
    ...module.staticExports.flatMap((statement) =>
      statement.entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
    ),
    ...dynamic.flatMap((argument) => /^["'](.*)["']$/.exec(argument)?.[1] ?? []),
  ];
}

function isAllowed(specifier: string, path: string, folder: string, packages: readonly string[]): boolean {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(path), specifier).startsWith(`${folder}/`);
  if (specifier.startsWith("node:") || builtinModules.includes(specifier)) return true;
  return packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}
