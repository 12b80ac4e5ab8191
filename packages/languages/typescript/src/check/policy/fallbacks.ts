import { nameOf } from "../../compose/imports.ts";
import { isNode, nodesIn, walk, type SyntaxNode } from "../../syntax/walk.ts";
import type { Breach } from "./breach.ts";
import type { Reply } from "../reply.ts";

const unfinished = /not (?:yet )?implemented|unimplemented|\bto ?do\b|\bstub\b|placeholder/i;

/** A second implementation for the case that a module is missing, and functions that only say that they are not written. */
export function findFallbacks({ parsed, spec }: Reply): readonly Breach[] {
  const found: Breach[] = [];
  const stated = spec.module.specs.some((each) => unfinished.test(each.doc));
  for (const { node } of walk(parsed.body)) {
    if (node.type === "TryStatement" && loadsModule(node)) {
      found.push({
        message: "A module that cannot be loaded must fail loudly, not be replaced by something else.",
        span: headOf(node),
        hint: "Import it at the top, without try.",
      });
    }
    if (!stated && isUnfinished(node)) {
      const [statement] = statementsOf(node["body"]);
      const span = { start: statement?.start ?? node.start, end: statement?.end ?? node.end };
      found.push({ message: "This function only says that it is not implemented.", span, hint: "Implement it." });
    }
  }
  return found;
}

function loadsModule(node: SyntaxNode): boolean {
  const block = node["block"];
  for (const { node: inner } of walk(isNode(block) ? [block] : [])) {
    if (inner.type === "ImportExpression") return true;
    if (inner.type === "CallExpression" && nameOf(inner["callee"]) === "require") return true;
  }
  return false;
}

function isUnfinished(node: SyntaxNode): boolean {
  if (!/^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return false;
  const [only, ...others] = statementsOf(node["body"]);
  if (only === undefined || others.length > 0) return false;
  if (isMagicCall(only["argument"] ?? only["expression"])) return true;
  if (only.type !== "ThrowStatement") return false;
  const error = only["argument"];
  const [message] = isNode(error) ? nodesIn(error["arguments"]) : [];
  return (
    isNode(error) &&
    (nameOf(error["callee"]) === "JauntNotBuiltError" || unfinished.test(String(message?.["value"] ?? "")))
  );
}

function isMagicCall(node: unknown): boolean {
  return isNode(node) && node.type === "CallExpression" && nameOf(node["callee"]) === "magic";
}

function statementsOf(body: unknown): readonly SyntaxNode[] {
  return isNode(body) && body.type === "BlockStatement" ? nodesIn(body["body"]) : [];
}

function headOf(node: SyntaxNode): { readonly start: number; readonly end: number } {
  return { start: node.start, end: node.start + "try".length };
}
