import { isNode, nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import type { Code } from "./change.ts";

/** A child node by its property; undefined when there is none. */
export function child(node: SyntaxNode | undefined, key: string): SyntaxNode | undefined {
  const value = node?.[key];
  return isNode(value) ? value : undefined;
}

/** An expression without the parentheses around it. */
export function bare(node: SyntaxNode): SyntaxNode;
export function bare(node: SyntaxNode | undefined): SyntaxNode | undefined;
export function bare(node: SyntaxNode | undefined): SyntaxNode | undefined {
  let inner = node;
  while (inner?.type === "ParenthesizedExpression") inner = child(inner, "expression");
  return inner;
}

/** What holds an expression, parentheses aside, and the expression as it hangs there. */
export function holderOf(
  node: SyntaxNode,
  code: Code,
): { readonly holder: SyntaxNode | undefined; readonly held: SyntaxNode } {
  let held = node;
  let holder = code.parentOf(node);
  while (holder?.type === "ParenthesizedExpression") {
    held = holder;
    holder = code.parentOf(holder);
  }
  return { holder, held };
}

/** Everything that holds a node, innermost first. */
export function* ancestors(node: SyntaxNode, code: Code): Generator<SyntaxNode> {
  for (let each = code.parentOf(node); each !== undefined; each = code.parentOf(each)) yield each;
}

/** The function that a node is directly in. */
export function functionAround(node: SyntaxNode, code: Code): SyntaxNode | undefined {
  for (const each of ancestors(node, code)) if (isFunction(each)) return each;
  return undefined;
}

/** True for functions of every form. */
export function isFunction({ type }: SyntaxNode): boolean {
  return type === "FunctionDeclaration" || type === "FunctionExpression" || type === "ArrowFunctionExpression";
}

const loops: ReadonlySet<string> = new Set([
  "DoWhileStatement",
  "ForInStatement",
  "ForOfStatement",
  "ForStatement",
  "WhileStatement",
]);

/** True for loops of every form. */
export function isLoop({ type }: SyntaxNode): boolean {
  return loops.has(type);
}

/** Whether a loop around a node may end by what becomes of `target`, or by nothing that its head says. */
export function steersLoop(node: SyntaxNode, target: SyntaxNode | undefined, code: Code): boolean {
  const name = bare(target)?.["name"];
  for (const each of ancestors(node, code)) {
    if (isFunction(each)) return false;
    if (!isLoop(each) || each.type === "ForOfStatement" || each.type === "ForInStatement") continue;
    const test = child(each, "test");
    if (test === undefined || test.type === "Literal") return true;
    const words = code.text.slice(test.start, test.end).split(/[^\p{ID_Continue}$#]+/u);
    if (typeof name !== "string" || words.includes(name)) return true;
  }
  return false;
}

/** True for a comparison for equality, and for a negation: the operators of these turn them around already. */
export function isTurnedAround(node: SyntaxNode): boolean {
  const { type, operator } = bare(node);
  return (
    (type === "BinaryExpression" && /^[!=]==?$/.test(String(operator))) ||
    (type === "UnaryExpression" && operator === "!")
  );
}

/** True for what can only be true or false. */
export function isBoolean(node: SyntaxNode): boolean {
  const inner = bare(node);
  const operator = String(inner["operator"]);
  if (inner.type === "BinaryExpression") return /^(?:[<>]=?|[!=]==?|in|instanceof)$/.test(operator);
  if (inner.type === "UnaryExpression") return operator === "!";
  if (inner.type === "LogicalExpression")
    return (
      operator !== "??" &&
      [child(inner, "left"), child(inner, "right")].every((side) => side !== undefined && isBoolean(side))
    );
  return inner.type === "Literal" && typeof inner["value"] === "boolean";
}

/** The name of a called method and what it is called on: `trim` and `raw` of `raw.trim()`. */
export function methodOf(
  call: SyntaxNode,
): { readonly name: string; readonly property: SyntaxNode; readonly object: SyntaxNode } | undefined {
  const callee = call.type === "CallExpression" ? child(call, "callee") : undefined;
  const property = child(callee, "property");
  const object = child(callee, "object");
  if (callee?.type !== "MemberExpression" || callee["computed"] === true) return undefined;
  if (property?.type !== "Identifier" || object === undefined) return undefined;
  return { name: String(property["name"]), property, object };
}

/** The arguments of a call. */
export function argumentsOf(call: SyntaxNode): readonly SyntaxNode[] {
  return nodesIn(call["arguments"]);
}
