import type { Diagnostic, Span } from "@jaunt/core";
import { nodesIn } from "../syntax/walk.ts";
import { nameOf } from "./markers.ts";
import { nameSpan, refusal, type SpecFileParts } from "./refusal.ts";
import type { TopLevel } from "./top-level.ts";

/** Names that are declared, imported or exported twice: the generated file could hold only one of the two. */
export function refuseDuplicates(file: SpecFileParts): readonly Diagnostic[] {
  const { parsed, specs, context } = file;
  const isSpec = new Set(specs);
  const seen = new Map<string, TopLevel>();
  const found: [string, Span][] = [];
  for (const part of [...specs, ...context]) {
    const first = seen.get(part.name);
    if (first === undefined && part.name !== "") seen.set(part.name, part);
    else if (first !== undefined && !mayMerge(first, part, isSpec)) found.push([part.name, nameSpan(part)]);
  }
  const specNames = new Set(specs.map((part) => part.name));
  found.push(...importedNames(file).filter(([name]) => specNames.has(name)));
  found.push(
    ...exportedAgain(file, new Set([...specs, ...context].filter((part) => part.exported).map((part) => part.name))),
  );
  return found.map(([name, span]) =>
    refusal(
      parsed,
      span,
      "duplicate",
      `${name} is declared, imported or exported twice.`,
      "Give one of the two another name.",
    ),
  );
}

const mergeable: ReadonlySet<string> = new Set([
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "TSModuleDeclaration",
  "TSEnumDeclaration",
]);

/** Overloads belong together. Hand-written types, namespaces and enums may merge with others of the name, as the compiler says. */
function mayMerge(first: TopLevel, next: TopLevel, isSpec: ReadonlySet<TopLevel>): boolean {
  if (isFunction(first) && isFunction(next))
    return first.ambient === next.ambient && nodesIn(first.node["body"]).length === 0;
  if (isSpec.has(first) || isSpec.has(next)) return false;
  return mergeable.has(first.node.type) || mergeable.has(next.node.type);
}

function isFunction(part: TopLevel): boolean {
  return part.node.type === "FunctionDeclaration" || part.node.type === "TSDeclareFunction";
}

function importedNames({ parsed }: SpecFileParts): readonly [string, Span][] {
  return parsed.body
    .filter((node) => node.type === "ImportDeclaration")
    .flatMap((node) => nodesIn(node["specifiers"]))
    .map((specifier): [string, Span] => [nameOf(specifier["local"]), specifier]);
}

/** `export { b as a }` beside an exported `a`. */
function exportedAgain({ parsed }: SpecFileParts, exported: ReadonlySet<string>): readonly [string, Span][] {
  return parsed.body
    .filter((node) => node.type === "ExportNamedDeclaration")
    .flatMap((node) =>
      nodesIn(node["specifiers"]).filter((specifier) => nodesIn(node["source"]).length > 0 || isRenamed(specifier)),
    )
    .map((specifier): [string, Span] => [nameOf(specifier["exported"]), specifier])
    .filter(([name]) => exported.has(name));
}

function isRenamed(specifier: { readonly [key: string]: unknown }): boolean {
  return nameOf(specifier["local"]) !== nameOf(specifier["exported"]);
}
