import type { Span } from "@jaunt/core";
import { nameOf } from "../../compose/imports.ts";
import type { ParsedSource } from "../../syntax/parse-source.ts";
import { childrenOf, isNode, nodesIn, type SyntaxNode } from "../../syntax/walk.ts";

/** Identifiers that are evaluated while a file loads: everything outside of functions, instance fields and types. */
export function loadTimeUses({ body }: ParsedSource): readonly { readonly name: string; readonly span: Span }[] {
  const found: { name: string; span: Span }[] = [];
  const stack = body.filter(({ type }) => !/^(?:Import|ExportAll)/.test(type));
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === "Identifier") found.push({ name: nameOf(node), span: { start: node.start, end: node.end } });
    stack.push(...evaluatedIn(node));
  }
  return found.toSorted((a, b) => a.span.start - b.span.start);
}

const names: ReadonlySet<string> = new Set(["id", "local", "exported", "label"]);

/** The parts of a node that run when it does. */
function evaluatedIn(node: SyntaxNode): readonly SyntaxNode[] {
  if (isFunction(node) || node["declare"] === true) return [];
  const parts = childrenOf(node).filter(
    ({ node: child, key }) => !isType(child) && !names.has(key) && isEvaluated(key, node),
  );
  const called = node.type === "CallExpression" ? unwrapped(node["callee"]) : undefined;
  const inside =
    called !== undefined && isFunction(called) ? [...nodesIn(called["params"]), ...nodesIn(called["body"])] : [];
  return [...parts.map((part) => part.node), ...inside];
}

function isEvaluated(key: string, parent: SyntaxNode): boolean {
  if (key === "property") return parent["computed"] === true;
  if (key === "key") return parent["computed"] === true;
  const isField = /^(?:PropertyDefinition|AccessorProperty)$/.test(parent.type);
  return !isField || key !== "value" || parent["static"] === true;
}

function isFunction(node: SyntaxNode): boolean {
  return /^(?:Function|ArrowFunction|TSDeclareFunction|TSEmptyBody)/.test(node.type);
}

/** Types are gone when the code runs; enums, and expressions with a type, are not. */
function isType({ type }: SyntaxNode): boolean {
  return type.startsWith("TS") && !/^TS(?:As|Satisfies|NonNull|Instantiation|TypeAssertion|Enum|Export)/.test(type);
}

function unwrapped(value: unknown): SyntaxNode | undefined {
  if (!isNode(value)) return undefined;
  return value.type === "ParenthesizedExpression" ? unwrapped(value["expression"]) : value;
}
