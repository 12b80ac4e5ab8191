import type { SpecSource } from "@jaunt/core";
import { printImports, printNames, type ImportRequest } from "../compose/imports.ts";
import { readSpecFile } from "../compose/spec-file.ts";
import { moveSpecifier } from "../layout/specifier.ts";

/** What the examples of a module may name: what it exports, and what its spec file imports. */
export interface CaseScope {
  /** Posix path of a file, beside the spec file and of its kind, that the cases could stand in. */
  readonly path: string;
  has(name: string): boolean;
  /** Statements that import the names. */
  imports(names: readonly string[]): string;
}

/** The specifier by which cases import the module under test. */
export const moduleSpecifier = "jaunt:module";

/** Reads the names that examples in a spec file may use. */
export function readCaseScope(source: SpecSource): CaseScope {
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
  const imported = new Map(file.imports.map((request) => [request.local, request]));
  return {
    path: module.path.replace(/\.jaunt(?=\.[mc]?tsx?$)/, ".cases"),
    has: (name) => (exported.has(name) && name !== "*") || imported.has(name),
    imports(names) {
      const own = names.filter((name) => exported.has(name));
      const others = names.flatMap((name): readonly ImportRequest[] => {
        const request = exported.has(name) ? undefined : imported.get(name);
        if (request === undefined) return [];
        return [{ ...request, typeOnly: false, specifier: moveSpecifier(request.specifier, module.path, module.path) }];
      });
      const first = own.length === 0 ? "" : `import ${printNames(own)} from ${JSON.stringify(moduleSpecifier)};\n`;
      return first + printImports(others);
    },
  };
}
