import type { Layout, ProjectFiles, SpecSource } from "@jaunt/core";
import { printImports, type ImportRequest } from "../compose/imports.ts";
import { readSpecFile } from "../compose/spec-file.ts";
import { moveSpecifier } from "../layout/specifier.ts";
import type { GeneratorOptions } from "./generators.ts";
import { openTypeFiles, type FoundType } from "./type-files.ts";

/** What the examples of a module may name: what it exports, and what its spec file imports. */
export interface CaseScope {
  /** Posix path of a file, beside the spec file and of its kind, that the cases could stand in. */
  readonly path: string;
  has(name: string): boolean;
  /** Whether a type of that name can be imported. */
  hasType(name: string): boolean;
  /** Where the types of properties are looked up. */
  readonly types: Pick<GeneratorOptions, "files" | "path" | "canImport">;
  /** Statements that import the names. */
  imports(names: readonly string[]): string;
  /** What has to be imported for names that are values or, when `asType`, needed as types only, in a file at `path`. */
  requests(names: readonly NeededName[], path: string, moduleUnderTest: string): readonly ImportRequest[];
}

/** A name and whether it is needed for its type alone. */
export interface NeededName {
  readonly name: string;
  readonly asType: boolean;
}

/** The specifier by which cases import the module under test. */
export const moduleSpecifier = "jaunt:module";

/** Reads the names that examples in a spec file may use. Types from other files are found where `files` are given. */
export function readCaseScope(source: SpecSource, layout: Layout, files?: ProjectFiles): CaseScope {
  const { module } = source;
  const file = readSpecFile(source);
  const exported = new Set([
    ...module.specs.map(({ name }) => name),
    ...file.renamedSpecs.map((spec) => spec.exported),
    ...[...file.handWritten.values()].flatMap(({ exports }) =>
      exports.filter(({ typeOnly }) => !typeOnly).map(({ as }) => as),
    ),
    ...file.passedOn.filter(({ typeOnly }) => !typeOnly).map((each) => each.exported),
  ]);
  const exportedTypes = new Set([
    ...[...file.handWritten.values()].flatMap((each) => each.exports.map(({ as }) => as)),
    ...file.passedOn.map((each) => each.exported),
  ]);
  const imported = new Map(file.imports.map((request) => [request.local, request]));
  const hasType = (name: string): boolean => exported.has(name) || exportedTypes.has(name) || imported.has(name);
  const found = openTypeFiles(module.path, source.text, layout, files);
  const canImport = ({ name, path }: FoundType): boolean =>
    hasType(name) && found.find(name, module.path)?.path === path;
  function requests(names: readonly NeededName[], path: string, moduleUnderTest: string): readonly ImportRequest[] {
    return names.flatMap(({ name, asType }): readonly ImportRequest[] => {
      if (exported.has(name) || (asType && exportedTypes.has(name)))
        return [{ local: name, imported: name, specifier: moduleUnderTest, typeOnly: asType, attributes: "" }];
      const request = imported.get(name);
      if (request === undefined) return [];
      return [{ ...request, typeOnly: asType, specifier: moveSpecifier(request.specifier, module.path, path) }];
    });
  }
  return {
    path: module.path.replace(/\.jaunt(?=\.[mc]?tsx?$)/, ".cases"),
    has: (name) => (exported.has(name) && name !== "*") || imported.has(name),
    hasType,
    types: { files: found, path: module.path, canImport },
    requests,
    imports: (names) =>
      printImports(
        requests(
          names.map((name) => ({ name, asType: false })),
          module.path,
          moduleSpecifier,
        ),
      ),
  };
}
