import type { Span } from "@jaunt/core";
import { declaredNames, patternNames } from "../compose/spec-file.ts";
import { isNode, nodesIn, walk, type SyntaxNode } from "../syntax/walk.ts";
import { repeatedSpans } from "./kept-members.ts";
import type { Finding, Reply } from "./reply.ts";

/**
 * Inner declarations of the reply that hide a hand-written or imported name of the spec file: code that reads as using the
 * author's name and does not. Names that the stub itself hides, as parameters do, are left alone, and so is repeated code.
 */
export function findShadowing(reply: Reply): readonly Finding[] {
  const { spec, parsed } = reply;
  const values = new Set<string>();
  const types = new Set<string>();
  for (const { name, typeOnly } of [
    ...spec.handWritten.values(),
    ...spec.imports.map(({ local, typeOnly: only }) => ({ name: local, typeOnly: only })),
  ]) {
    types.add(name);
    if (!typeOnly) values.add(name);
  }
  const repeated = repeatedSpans(reply);
  return parsed.body.flatMap((statement) => {
    const hidden = new Set(declaredNames(statement).flatMap((name) => boundIn(spec.specStatements.get(name) ?? [])));
    return bindingsIn([statement])
      .filter(({ name, space }) => (space === "type" ? types : values).has(name) && !hidden.has(name))
      .filter(({ span }) => !repeated.some((kept) => span.start >= kept.start && span.end <= kept.end))
      .map(({ name, span }) => ({
        code: "exports/shadow",
        message: `This ${name} hides the ${name} of ${spec.module.path}.`,
        span,
        hint: "Give it another name, so that the code says what it means.",
      }));
  });
}

interface Binding {
  readonly name: string;
  readonly space: "value" | "type";
  readonly span: Span;
}

function boundIn(statements: readonly SyntaxNode[]): readonly string[] {
  return bindingsIn(statements).map((binding) => binding.name);
}

/** Names bound below the top level of `statements`. */
function bindingsIn(statements: readonly SyntaxNode[]): readonly Binding[] {
  const top = new Set(statements.flatMap((statement) => [statement, statement["declaration"]]));
  const found: Binding[] = [];
  const bind = (pattern: unknown, space: Binding["space"]): void => {
    for (const name of patternNames(pattern)) {
      const start = isNode(pattern) ? startOfName(pattern, name) : 0;
      found.push({ name, space, span: { start, end: start + name.length } });
    }
  };
  for (const { node } of walk(statements)) {
    switch (node.type) {
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
      case "TSDeclareFunction":
      case "TSEmptyBodyFunctionExpression":
        if (!top.has(node)) bind(node["id"], "value");
        for (const parameter of nodesIn(node["params"])) bind(parameter, "value");
        break;
      case "ClassDeclaration":
      case "ClassExpression":
      case "TSEnumDeclaration":
        if (!top.has(node)) bind(node["id"], "value");
        break;
      case "VariableDeclaration":
        if (!top.has(node)) for (const declarator of nodesIn(node["declarations"])) bind(declarator["id"], "value");
        break;
      case "CatchClause":
        bind(node["param"], "value");
        break;
      case "TSInterfaceDeclaration":
      case "TSTypeAliasDeclaration":
        if (!top.has(node)) bind(node["id"], "type");
        break;
      case "TSTypeParameter":
        bind(node["name"], "type");
        break;
    }
  }
  return found;
}

function startOfName(pattern: SyntaxNode, name: string): number {
  for (const { node, key } of walk([pattern])) {
    if (node.type === "Identifier" && node["name"] === name && key !== "key" && key !== "typeName") return node.start;
  }
  return pattern.start;
}
