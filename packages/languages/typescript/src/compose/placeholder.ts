import type { SpecMember } from "@jaunt/core";
import { isNode, nodesIn, walk, type SyntaxNode } from "../syntax/walk.ts";
import { documentedStart } from "./docs.ts";
import { applyEdits, type Edit } from "./edits.ts";
import { nameOf } from "./imports.ts";
import { movedPaths } from "./moved-paths.ts";
import { declaredClass } from "./placeholder-class.ts";
import { endWithoutSemicolon, functionBody, helpersFor, notBuilt, notBuiltValue, parameterNames } from "./not-built.ts";
import { declarationOf, type SpecFile } from "./spec-file.ts";

/**
 * Code that stands in for a module until its first build: every spec with its types, throwing an error that says to run
 * `jaunt build`. Self-contained, and clean under every strictness flag under which the spec file is.
 */
export function placeholderCode(file: SpecFile, generatedPath: string, needsOverride: boolean): string {
  const moved = movedPaths(file.parsed, file.module.path, generatedPath);
  const statements = [...new Set([...file.specStatements.values()].flat())].toSorted((a, b) => a.start - b.start);
  const last = lastOverloads(statements);
  const code = statements.map((statement) => {
    const edits = statementEdits(file, statement, last.get(statement) ?? 1, needsOverride, moved);
    return (
      applyEdits(
        file.parsed.text,
        [...edits.inside, ...moved],
        documentedStart(file.parsed, statement),
        statement.end,
      ) + edits.after
    );
  });
  const text = joinStatements(statements, code);
  return `${text}\n\n${helpersFor(text)}`;
}

interface StatementEdits {
  readonly inside: readonly Edit[];
  /** Text behind the statement. */
  readonly after: string;
}

function statementEdits(
  file: SpecFile,
  statement: SyntaxNode,
  overloads: number,
  needsOverride: boolean,
  moved: readonly Edit[],
): StatementEdits {
  const declaration = declarationOf(statement);
  if (declaration["declare"] !== true) return { inside: markerEdits(file, statement), after: "" };
  const undeclare = withoutDeclare(file.parsed.text, statement, declaration);
  const ref = `${file.module.id}:${nameOf(declaration["id"])}`;
  if (declaration.type === "ClassDeclaration") {
    const replaced = declaredClass(file.parsed, declaration, ref, needsOverride, moved);
    return { inside: [undeclare, ...replaced.edits], after: replaced.merged };
  }
  if (declaration.type === "VariableDeclaration")
    return { inside: [undeclare, ...constEdits(file, declaration)], after: "" };
  const end = { start: endWithoutSemicolon(file.parsed.text, statement), end: statement.end };
  if (overloads === 1)
    return { inside: [undeclare, { ...end, text: functionBody(ref, parameterNames(declaration)) }], after: "" };
  if (overloads === 0) return { inside: [undeclare], after: "" };
  return {
    inside: [undeclare],
    after: `\nexport function ${nameOf(declaration["id"])}(...inputs: readonly unknown[]): never${functionBody(ref, ["inputs"])}`,
  };
}

/** For declared functions with overloads: how many there are at the last one, 0 at the others. */
function lastOverloads(statements: readonly SyntaxNode[]): ReadonlyMap<SyntaxNode, number> {
  const groups = new Map<string, SyntaxNode[]>();
  for (const statement of statements) {
    const declaration = declarationOf(statement);
    if (declaration.type !== "TSDeclareFunction" || declaration["declare"] !== true) continue;
    const name = nameOf(declaration["id"]);
    groups.set(name, [...(groups.get(name) ?? []), statement]);
  }
  return new Map(
    [...groups.values()].flatMap((group) =>
      group.map((statement, index) => [statement, index === group.length - 1 ? group.length : 0]),
    ),
  );
}

/** `magic(a, b)` becomes a call of the helper with the same inputs, so that whatever they kept in use stays in use. */
function markerEdits(file: SpecFile, statement: SyntaxNode): readonly Edit[] {
  const value = markerConsts(file, statement);
  const calls = [...walk([statement])].map(({ node }) => node).filter((node) => file.markers.isCall(node));
  return calls.map((call) => {
    const ref = refAt(file, statement, call);
    if (value.some((initializer) => initializer.start <= call.start && call.end <= initializer.end)) {
      return { start: call.start, end: call.end, text: notBuiltValue(ref) };
    }
    const [first] = nodesIn(call["arguments"]);
    if (first === undefined) return { start: call.start, end: call.end, text: notBuilt(ref) };
    return { start: call.start, end: first.start, text: `${notBuilt(ref).slice(0, -1)}, ` };
  });
}

/** Initializers that are evaluated when the module is loaded, where throwing would take everything else down. */
function markerConsts(file: SpecFile, statement: SyntaxNode): readonly SyntaxNode[] {
  const declaration = declarationOf(statement);
  const holders =
    declaration.type === "VariableDeclaration"
      ? nodesIn(declaration["declarations"]).map((each) => each["init"])
      : staticValues(declaration);
  return holders.filter(isNode).filter((initializer) => file.markers.isCall(withoutParentheses(initializer)));
}

function withoutParentheses(expression: SyntaxNode): SyntaxNode {
  let current = expression;
  while (current.type === "ParenthesizedExpression" && isNode(current["expression"])) current = current["expression"];
  return current;
}

function staticValues(declaration: SyntaxNode): readonly unknown[] {
  const body = declaration["body"];
  if (declaration.type !== "ClassDeclaration" || !isNode(body)) return [];
  return nodesIn(body["body"])
    .filter((member) => member["static"] === true)
    .map((member) => member["value"]);
}

function refAt(file: SpecFile, statement: SyntaxNode, call: SyntaxNode): string {
  const declaration = declarationOf(statement);
  const holds = (node: { readonly start: number; readonly end: number }): boolean =>
    node.start <= call.start && call.end <= node.end;
  const declarator = nodesIn(declaration["declarations"]).find(holds);
  const name = nameOf(declarator?.["id"] ?? declaration["id"]);
  const spec = file.module.specs.find((each) => each.name === name);
  const member: SpecMember | undefined = spec?.members.find(({ span }) => holds(span));
  return `${file.module.id}:${name}${member === undefined ? "" : `.${member.name.replace(/^static /, "")}`}`;
}

function constEdits(file: SpecFile, declaration: SyntaxNode): readonly Edit[] {
  return nodesIn(declaration["declarations"])
    .filter((declarator) => !isNode(declarator["init"]))
    .map((declarator) => {
      const name = nameOf(declarator["id"]);
      const value = isUniqueSymbol(declarator["id"])
        ? `Symbol(${JSON.stringify(name)})`
        : notBuiltValue(`${file.module.id}:${name}`);
      return { start: declarator.end, end: declarator.end, text: ` = ${value}` };
    });
}

function isUniqueSymbol(id: unknown): boolean {
  const annotation = isNode(id) && isNode(id["typeAnnotation"]) ? id["typeAnnotation"]["typeAnnotation"] : undefined;
  return isNode(annotation) && annotation.type === "TSTypeOperator" && annotation["operator"] === "unique";
}

function withoutDeclare(text: string, statement: SyntaxNode, declaration: SyntaxNode): Edit {
  const match = /\bdeclare\s+/.exec(text.slice(statement.start, declaration.end));
  const start = statement.start + (match?.index ?? 0);
  return { start, end: start + (match?.[0].length ?? 0), text: "" };
}

/** Overloads stand together, everything else has an empty line between. */
function joinStatements(statements: readonly SyntaxNode[], code: readonly string[]): string {
  const nameAt = (index: number): string =>
    nameOf(statements[index] === undefined ? undefined : declarationOf(statements[index])["id"]);
  return code
    .map((text, index) =>
      index === 0 ? text : `${nameAt(index) !== "" && nameAt(index) === nameAt(index - 1) ? "\n" : "\n\n"}${text}`,
    )
    .join("");
}
