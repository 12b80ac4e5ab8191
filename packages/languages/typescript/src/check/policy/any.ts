import { declaredNames } from "../../compose/spec-file.ts";
import { isNode, walk, type SyntaxNode } from "../../syntax/walk.ts";
import { memberKey } from "../../compose/members.ts";
import type { Breach } from "./breach.ts";
import type { Reply } from "../reply.ts";

/** Every `any` but those in signatures whose stub has one: there the check of signatures demands it. */
export function findAny(reply: Reply): readonly Breach[] {
  const { spec, parsed } = reply;
  return parsed.body.flatMap((statement) => {
    const allowed = new Set(
      declaredNames(statement).flatMap((name) =>
        ownersOfAny(spec.specStatements.get(name) ?? [], (node) => memberKey(node, spec.parsed.text)),
      ),
    );
    return anysIn([statement], (node) => memberKey(node, parsed.text))
      .filter(({ owner }) => owner === undefined || !allowed.has(owner))
      .map(({ span }) => ({
        message: "The type any switches off the checks that prove the code.",
        span,
        hint: "Use unknown and narrow it, or name the real type.",
      }));
  });
}

interface Any {
  readonly span: { readonly start: number; readonly end: number };
  /** Whose signature holds it: a member's key, or the empty string for the declaration itself; undefined inside of code. */
  readonly owner: string | undefined;
}

function ownersOfAny(statements: readonly SyntaxNode[], keyOf: (member: SyntaxNode) => string): readonly string[] {
  return anysIn(statements, keyOf).flatMap(({ owner }) => (owner === undefined ? [] : [owner]));
}

function anysIn(statements: readonly SyntaxNode[], keyOf: (member: SyntaxNode) => string): readonly Any[] {
  const bodies: SyntaxNode[] = [];
  const members: SyntaxNode[] = [];
  const found: SyntaxNode[] = [];
  for (const { node, parent, key } of walk(statements)) {
    if (node.type === "TSAnyKeyword") found.push(node);
    if (node.type === "BlockStatement" || node.type === "StaticBlock" || isValue(node, parent, key)) bodies.push(node);
    if (parent?.type === "ClassBody") members.push(node);
  }
  const holds = (outer: SyntaxNode, inner: SyntaxNode): boolean => outer.start <= inner.start && inner.end <= outer.end;
  return found.map((node) => {
    const inside = bodies.some((body) => holds(body, node));
    const member = members.find((each) => holds(each, node));
    return {
      span: { start: node.start, end: node.end },
      owner: inside ? undefined : member === undefined ? "" : keyOf(member),
    };
  });
}

/** Initialisers and concise arrow bodies are code; an arrow's own parameters and return type are its signature. */
function isValue(node: SyntaxNode, parent: SyntaxNode | undefined, key: string): boolean {
  if (parent === undefined) return false;
  if (key === "body" && parent.type === "ArrowFunctionExpression") return true;
  const isFunction = /^(?:ArrowFunctionExpression|FunctionExpression|ParenthesizedExpression)$/.test(node.type);
  if (key === "init" && parent.type === "VariableDeclarator") return !isFunction || isNode(typeOf(parent));
  return key === "value" && /PropertyDefinition|AccessorProperty/.test(parent.type);
}

function typeOf(declarator: SyntaxNode): unknown {
  const id = declarator["id"];
  return isNode(id) ? id["typeAnnotation"] : undefined;
}
