import type { SyntaxNode } from "../syntax/walk.ts";
import { changeOf, type Change, type Code } from "./change.ts";
import { ancestors, child, holderOf, isFunction, methodOf } from "./nodes.ts";

/** Whole numbers plus one, `true` for `false`, strings emptied, expressions without their `i`. */
export function changeLiteral(node: SyntaxNode, code: Code): readonly Change[] {
  const { holder, held } = holderOf(node, code);
  if (holder === undefined || isName(holder, held)) return [];
  const { value } = node;
  // A fallback that stands for nothing is mostly there for the compiler, and never reached.
  if (isFallback(holder, held) && !value) return [];
  if (typeof value === "boolean") return [changeOf("branch", code, shownAround(node, holder), node, String(!value))];
  if (typeof value === "number") return changeNumber(node, value, holder, code);
  if (typeof value === "string") return changeText(node, value, holder, code);
  return changeExpression(node, code);
}

/** `` `a${b}` `` to `""`. */
export function changeTemplate(node: SyntaxNode, code: Code): readonly Change[] {
  const { holder } = holderOf(node, code);
  if (holder?.type === "TaggedTemplateExpression" || node.end - node.start <= 2 || isMessage(node, code)) return [];
  return [changeOf("text", code, node, node, '""')];
}

function changeNumber(node: SyntaxNode, value: number, holder: SyntaxNode, code: Code): readonly Change[] {
  // Of a negative number the sign is changed; of what a comparing function returns only the sign counts.
  if (holder.type === "UnaryExpression" || !Number.isSafeInteger(value + 1) || comparesForSort(node, code)) return [];
  return [changeOf("number", code, shownAround(node, holder), node, String(value + 1))];
}

/** A literal alone says little. */
function shownAround(node: SyntaxNode, holder: SyntaxNode): SyntaxNode {
  return showing.has(holder.type) ? holder : node;
}

const showing: ReadonlySet<string> = new Set([
  "ArrayExpression",
  "AssignmentExpression",
  "BinaryExpression",
  "CallExpression",
  "ConditionalExpression",
  "LogicalExpression",
  "MemberExpression",
  "NewExpression",
  "Property",
  "PropertyDefinition",
  "ReturnStatement",
  "VariableDeclarator",
]);

function comparesForSort(node: SyntaxNode, code: Code): boolean {
  for (const each of ancestors(node, code)) {
    const name = methodOf(each)?.name;
    if (name === "sort" || name === "toSorted") return true;
  }
  return false;
}

function changeText(node: SyntaxNode, value: string, holder: SyntaxNode, code: Code): readonly Change[] {
  if (isCompared(holder) || isMessage(node, code)) return [];
  return [changeOf("text", code, shownAround(node, holder), node, value === "" ? '"jaunt"' : '""')];
}

function isFallback(holder: SyntaxNode, held: SyntaxNode): boolean {
  return holder.type === "LogicalExpression" && holder["operator"] === "??" && holder["right"] === held;
}

/** Equality has a change of its own, and another string is mostly a type error there. */
function isCompared({ type, operator }: SyntaxNode): boolean {
  return type === "SwitchCase" || (type === "BinaryExpression" && /^(?:[!=]==?|in)$/.test(String(operator)));
}

function changeExpression(node: SyntaxNode, code: Code): readonly Change[] {
  const raw = code.text.slice(node.start, node.end);
  const flags = /\/([a-z]*)$/.exec(raw)?.[1] ?? "";
  if (typeof node["regex"] !== "object" || !flags.includes("i")) return [];
  const start = node.end - flags.length;
  return [changeOf("text", code, node, { start, end: node.end }, flags.replace("i", ""))];
}

/** Keys, directives and what is imported are names, though they are written as literals. */
function isName(holder: SyntaxNode, held: SyntaxNode): boolean {
  if (holder["key"] === held && holder["computed"] !== true) return true;
  return holder["source"] === held || typeof holder["directive"] === "string";
}

/** Part of what an error says. */
function isMessage(node: SyntaxNode, code: Code): boolean {
  for (const each of ancestors(node, code)) {
    if (isFunction(each)) return false;
    if (each.type === "ThrowStatement") return true;
    const callee = child(each, "callee");
    const name = String(callee?.["name"] ?? child(callee, "property")?.["name"] ?? "");
    if ((each.type === "NewExpression" || each.type === "CallExpression") && /(?:Error|Exception)$/.test(name))
      return true;
  }
  return false;
}
