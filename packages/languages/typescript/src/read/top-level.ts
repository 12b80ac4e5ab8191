import { parseSource, type ParsedSource } from "../syntax/parse-source.ts";
import { nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { isOfType, nameOf } from "./markers.ts";

/** A top-level declaration; a `const a, b` gives one for each name. */
export interface TopLevel {
  readonly name: string;
  /** The function, class, interface and so on, or the one declarator of a variable. */
  readonly node: SyntaxNode;
  /** `node`'s statement without `export`: for a variable, the whole declaration. */
  readonly declaration: SyntaxNode;
  /** With `export`. */
  readonly statement: SyntaxNode;
  readonly exported: boolean;
  readonly ambient: boolean;
  /** The doc comment with its furniture; empty when there is none. */
  readonly comment: string;
}

/** The declarations of a module in source order, with their doc comments. */
export function topLevelOf(parsed: ParsedSource): readonly TopLevel[] {
  const listed = listedExports(parsed.body);
  let previousEnd = 0;
  return parsed.body.flatMap((statement) => {
    const wrapped = statement.type === "ExportNamedDeclaration" ? statement["declaration"] : statement;
    const declaration = wrapped as SyntaxNode | null;
    const comment = docBefore(parsed, previousEnd, declaration?.start ?? statement.start);
    previousEnd = statement.end;
    if (declaration === null) return [];
    return declaratorsOf(declaration).map((node) => {
      const name = nameOf(node["id"]);
      const exported = statement.type === "ExportNamedDeclaration" || listed.has(name);
      return { name, node, declaration, statement, exported, ambient: declaration["declare"] === true, comment };
    });
  });
}

/** Parses and lists in one go, for files that are only looked through. */
export function readTopLevel(
  path: string,
  text: string,
): { readonly parsed: ParsedSource; readonly declarations: readonly TopLevel[] } {
  const parsed = parseSource(path, text);
  return { parsed, declarations: topLevelOf(parsed) };
}

const declarationTypes: ReadonlySet<string> = new Set([
  "FunctionDeclaration",
  "TSDeclareFunction",
  "ClassDeclaration",
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "TSEnumDeclaration",
  "TSModuleDeclaration",
]);

/** The one node or, of a variable statement, the several nodes that declare names; none for any other statement. */
export function declaratorsOf(declaration: SyntaxNode): readonly SyntaxNode[] {
  if (declaration.type === "VariableDeclaration") return nodesIn(declaration["declarations"]);
  return declarationTypes.has(declaration.type) ? [declaration] : [];
}

function listedExports(body: readonly SyntaxNode[]): ReadonlySet<string> {
  const names = body
    .filter((statement) => statement.type === "ExportNamedDeclaration" && !isOfType(statement["source"], "Literal"))
    .flatMap((statement) => nodesIn(statement["specifiers"]))
    .filter((specifier) => nameOf(specifier["local"]) === nameOf(specifier["exported"]))
    .map((specifier) => nameOf(specifier["local"]));
  return new Set(names);
}

/** The last doc comment between the end of what stands before and the declaration's own start. */
export function docBefore({ text, comments }: ParsedSource, from: number, to: number): string {
  let found = "";
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.start ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  for (let index = low; index < comments.length; index += 1) {
    const comment = comments[index];
    if (comment === undefined || comment.start >= to) break;
    const whole = text.slice(comment.start, comment.end);
    if (comment.type === "Block" && /^\/\*\*(?!\/)/.test(whole) && !ofFile.test(whole)) found = whole;
  }
  return found;
}

/** Doc comments about the file, which stand before its first declaration. */
const ofFile = /^[/*\s]*@(?:file|fileoverview|license|module|packageDocumentation)\b|@packageDocumentation\b/;
