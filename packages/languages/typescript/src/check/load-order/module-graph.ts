import { posix } from "node:path";
import type { Layout, TargetIo } from "@jaunt/core";
import { importsOf, nameOf } from "../../compose/imports.ts";
import { declarationOf, declaredNames } from "../../compose/spec-file.ts";
import { moduleIdOf } from "../../read/module-id.ts";
import { resolveSpecifier } from "../../read/resolve-specifier.ts";
import { parseSource, type ParsedSource } from "../../syntax/parse-source.ts";
import { isNode, nodesIn, type SyntaxNode } from "../../syntax/walk.ts";

/** A file as loading it sees it: what runs, what it imports for its value, what it passes on. */
export interface ModuleFile {
  readonly parsed: ParsedSource;
  readonly generated: boolean;
  readonly spec: boolean;
  readonly imports: readonly { readonly local: string; readonly imported: string; readonly target: string }[];
  readonly reexports: readonly { readonly exported: string; readonly imported: string; readonly target: string }[];
  /** Files that are loaded before this one runs, in order. */
  readonly targets: readonly string[];
  /** Names that exist only after the file has run. */
  readonly declared: ReadonlySet<string>;
  /** Names of function declarations, which exist before. */
  readonly hoisted: ReadonlySet<string>;
}

/** Files by path, with everything of the project that they load. */
export type ModuleGraph = ReadonlyMap<string, ModuleFile>;

/** Reads `paths` and all project files that they import for their values, directly or not. */
export function readModuleGraph(paths: readonly string[], layout: Layout, io: TargetIo): ModuleGraph {
  const graph = new Map<string, ModuleFile>();
  const texts = new Map<string, string | undefined>();
  const read = (path: string): string | undefined => {
    if (!texts.has(path)) texts.set(path, io.readText(path));
    return texts.get(path);
  };
  const pending = [...paths];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const text = graph.has(path) ? undefined : read(path);
    if (text === undefined) continue;
    const file = readFile(path, text, layout, read);
    graph.set(path, file);
    pending.push(...file.targets);
  }
  return graph;
}

function readFile(path: string, text: string, layout: Layout, read: (path: string) => string | undefined): ModuleFile {
  const parsed = parseSource(path, text);
  const resolve = (specifier: string): string | undefined =>
    resolveSpecifier(specifier, path, layout).find((file) => !/\.d\.[mc]?ts$/.test(file) && read(file) !== undefined);
  const imports: ModuleFile["imports"][number][] = [];
  const reexports: ModuleFile["reexports"][number][] = [];
  const targets: string[] = [];
  for (const statement of parsed.body) {
    const source = statement["source"];
    if (!isNode(source) || isErased(statement)) continue;
    const target = resolve(nameOf(source));
    if (target === undefined) continue;
    targets.push(target);
    for (const request of importsOf(statement, text)) if (!request.typeOnly && request.local !== "") imports.push({ local: request.local, imported: request.imported, target });
    reexports.push(...passedOn(statement).map((names) => ({ ...names, target })));
  }
  return { parsed, generated: posix.basename(posix.dirname(path)) === layout.generatedDir, spec: moduleIdOf(path) !== undefined, imports, reexports, targets, ...namesOf(parsed) };
}

/** Type imports load nothing. An import of which only types are used is erased too, but a generated file marks those. */
function isErased(statement: SyntaxNode): boolean {
  if (statement["importKind"] === "type" || statement["exportKind"] === "type") return true;
  const specifiers = nodesIn(statement["specifiers"]);
  return specifiers.length > 0 && specifiers.every((each) => each["importKind"] === "type" || each["exportKind"] === "type");
}

function passedOn(statement: SyntaxNode): readonly { readonly exported: string; readonly imported: string }[] {
  if (statement.type === "ExportAllDeclaration") return isNode(statement["exported"]) ? [] : [{ exported: "*", imported: "*" }];
  if (statement.type !== "ExportNamedDeclaration") return [];
  return nodesIn(statement["specifiers"]).map((each) => ({ exported: nameOf(each["exported"]), imported: nameOf(each["local"]) }));
}

function namesOf({ body }: ParsedSource): Pick<ModuleFile, "declared" | "hoisted"> {
  const declared = new Set<string>();
  const hoisted = new Set<string>();
  for (const statement of body) {
    const node = declarationOf(statement);
    if (node["declare"] === true) continue;
    if (node.type === "FunctionDeclaration") for (const name of declaredNames(statement)) hoisted.add(name);
    else if (/^(?:Class|Variable|TSEnum)/.test(node.type)) for (const name of declaredNames(statement)) declared.add(name);
  }
  return { declared, hoisted };
}
