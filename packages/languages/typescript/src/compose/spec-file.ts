import type { SpecModule, SpecSource } from "@jaunt/core";
import { findMarkers, type Markers } from "../read/markers.ts";
import { prologueOf } from "../read/prologue.ts";
import { parseSource, type ParsedSource } from "../syntax/parse-source.ts";
import { isNode, nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { importsOf, nameOf, type ImportRequest } from "./imports.ts";

/** A top-level name that a person implemented in the spec file. */
export interface HandWritten {
  readonly name: string;
  /** Every statement that declares a part of it. */
  readonly statements: readonly SyntaxNode[];
  /** True when nothing of it exists at run time. */
  readonly typeOnly: boolean;
  readonly exports: readonly { readonly as: string; readonly typeOnly: boolean }[];
}

/** Something the spec file exports that is neither a spec nor declared in it. */
export interface PassedOn {
  /** Name it is exported under, `*` for everything. */
  readonly exported: string;
  /** Name in its source, `*` for all of it, `default`. */
  readonly imported: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** A spec file taken apart for composing: what is imported, written by hand, passed on and to be implemented. */
export interface SpecFile {
  readonly module: SpecModule;
  readonly parsed: ParsedSource;
  /** Markers aside. Specifiers as written. */
  readonly imports: readonly ImportRequest[];
  readonly handWritten: ReadonlyMap<string, HandWritten>;
  readonly passedOn: readonly PassedOn[];
  /** Specs exported under another name: `export { local as exported }`. */
  readonly renamedSpecs: readonly { readonly local: string; readonly exported: string }[];
  /** Statements of each spec by name, overloads and all, in source order. */
  readonly specStatements: ReadonlyMap<string, readonly SyntaxNode[]>;
  readonly markers: Markers;
  /** Directives, triple-slash references and JSX pragmas at the top. */
  readonly prologue: readonly string[];
}

/** The package whose markers spec files use. */
const markerPackage = "@jaunt/spec";

/** Takes a spec file apart. The file has been read before, so it parses. */
export function readSpecFile({ module, text }: SpecSource): SpecFile {
  const parsed = parseSource(module.path, text);
  const imports = parsed.body.flatMap((statement) => importsOf(statement, text));
  const specNames = new Set(module.specs.map((spec) => spec.name));
  const lists = parsed.body.flatMap(exportList);
  const declared = declarations(parsed.body);
  const fromImports = new Map(imports.map((request) => [request.local, request]));
  return {
    module,
    parsed,
    imports: imports.filter((request) => request.specifier !== markerPackage),
    handWritten: new Map(
      [...declared]
        .filter(([name]) => !specNames.has(name))
        .map(([name, parts]) => [name, handWritten(name, parts, lists)]),
    ),
    passedOn: [
      ...parsed.body.flatMap(reexports),
      ...lists.flatMap((item) => passOnImport(item, fromImports.get(item.local))),
    ],
    renamedSpecs: lists
      .filter(({ local, as }) => specNames.has(local) && as !== local)
      .map(({ local, as }) => ({ local, exported: as })),
    specStatements: new Map(
      [...declared]
        .filter(([name]) => specNames.has(name))
        .map(([name, parts]) => [name, parts.map((part) => part.statement)]),
    ),
    markers: findMarkers(parsed.body),
    prologue: prologueOf(parsed),
  };
}

/** The declaration inside `export …`, or the statement itself. */
export function declarationOf(statement: SyntaxNode): SyntaxNode {
  const declaration = statement["declaration"];
  return statement.type === "ExportNamedDeclaration" && isNode(declaration) ? declaration : statement;
}

/** Names that a top-level statement declares. */
export function declaredNames(statement: SyntaxNode): readonly string[] {
  const declaration = declarationOf(statement);
  if (declaration.type === "VariableDeclaration")
    return nodesIn(declaration["declarations"]).flatMap((each) => patternNames(each["id"]));
  if (declaration.type === "TSImportEqualsDeclaration" && importsOf(declaration, "").length > 0) return [];
  if (declaration.type === "TSModuleDeclaration" && declaration["kind"] === "global") return [];
  const id = declaration["id"];
  return isNode(id) && id.type === "Identifier" ? [nameOf(id)] : [];
}

/** Names bound by a pattern, in source order. */
export function patternNames(pattern: unknown): readonly string[] {
  if (!isNode(pattern)) return [];
  if (pattern.type === "Identifier") return [nameOf(pattern)];
  const parts = ["properties", "elements", "value", "left", "argument", "parameter"];
  return parts.flatMap((part) => nodesIn(pattern[part]).flatMap(patternNames));
}

interface Part {
  readonly statement: SyntaxNode;
  readonly exported: boolean;
}

function declarations(body: readonly SyntaxNode[]): ReadonlyMap<string, readonly Part[]> {
  const found = new Map<string, Part[]>();
  for (const statement of body) {
    for (const name of declaredNames(statement)) {
      const parts = found.get(name) ?? [];
      parts.push({ statement, exported: statement.type === "ExportNamedDeclaration" });
      found.set(name, parts);
    }
  }
  return found;
}

function handWritten(name: string, parts: readonly Part[], lists: readonly ListedExport[]): HandWritten {
  const typeOnly = parts.every(({ statement }) => isTypeOnly(declarationOf(statement)));
  const listed = lists
    .filter(({ local }) => local === name)
    .map((item) => ({ as: item.as, typeOnly: typeOnly || item.typeOnly }));
  const direct = parts.some(({ exported }) => exported) ? [{ as: name, typeOnly }] : [];
  return { name, statements: parts.map(({ statement }) => statement), typeOnly, exports: [...direct, ...listed] };
}

function isTypeOnly(declaration: SyntaxNode): boolean {
  if (declaration["declare"] === true) return true;
  if (declaration.type === "TSInterfaceDeclaration" || declaration.type === "TSTypeAliasDeclaration") return true;
  const body = declaration["body"];
  if (declaration.type !== "TSModuleDeclaration" || !isNode(body)) return false;
  return nodesIn(body["body"]).every((statement) => isTypeOnly(declarationOf(statement)));
}

interface ListedExport {
  readonly local: string;
  readonly as: string;
  readonly typeOnly: boolean;
}

function exportList(statement: SyntaxNode): readonly ListedExport[] {
  if (statement.type !== "ExportNamedDeclaration" || statement["source"]) return [];
  return nodesIn(statement["specifiers"]).map((specifier) => ({
    local: nameOf(specifier["local"]),
    as: nameOf(specifier["exported"]),
    typeOnly: statement["exportKind"] === "type" || specifier["exportKind"] === "type",
  }));
}

function reexports(statement: SyntaxNode): readonly PassedOn[] {
  const source = statement["source"];
  if (!isNode(source) || source["value"] === markerPackage) return [];
  const specifier = String(source["value"]);
  const typeOnly = statement["exportKind"] === "type";
  if (statement.type === "ExportAllDeclaration") {
    const exported = isNode(statement["exported"]) ? nameOf(statement["exported"]) : "*";
    return [{ exported, imported: "*", specifier, typeOnly }];
  }
  if (statement.type !== "ExportNamedDeclaration") return [];
  return nodesIn(statement["specifiers"]).map((each) => ({
    exported: nameOf(each["exported"]),
    imported: nameOf(each["local"]),
    specifier,
    typeOnly: typeOnly || each["exportKind"] === "type",
  }));
}

function passOnImport({ as, typeOnly }: ListedExport, request: ImportRequest | undefined): readonly PassedOn[] {
  if (request === undefined || request.specifier === markerPackage) return [];
  return [
    { exported: as, imported: request.imported, specifier: request.specifier, typeOnly: typeOnly || request.typeOnly },
  ];
}
