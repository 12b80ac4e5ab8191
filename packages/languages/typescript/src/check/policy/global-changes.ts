import { isNode, nodesIn, type SyntaxNode } from "../../syntax/walk.ts";
import type { Breach } from "./breach.ts";
import type { Reply } from "../reply.ts";
import { globalUses, type GlobalUse } from "./names.ts";

const changers: ReadonlySet<string> = new Set([
  "assign",
  "defineProperty",
  "defineProperties",
  "setPrototypeOf",
  "set",
  "deleteProperty",
]);

/** Assignments to globals and built-in prototypes, `declare global`, `declare module`. */
export function findGlobalChanges(reply: Reply): readonly Breach[] {
  const uses = globalUses(reply);
  const declared = reply.parsed.body.filter(
    (node) => node.type === "TSModuleDeclaration" && (node["kind"] === "global" || isText(node["id"])),
  );
  const changed = uses.filter((use) => isAssigned(use.node, use.parent) || isChanged(use, uses));
  return [...declared, ...changed.map(({ node }) => node)].map(({ start, end }) => ({
    message: "This changes something that all code shares.",
    span: { start, end },
    hint: "Keep state and helpers inside the module.",
  }));
}

/** `Array.prototype.last = …`, `globalThis.x = …`, `delete Map.prototype.y`. */
function isAssigned(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (parent === undefined) return false;
  if (parent.type === "AssignmentExpression") return parent["left"] === node;
  if (parent.type === "UpdateExpression") return true;
  return parent.type === "UnaryExpression" && parent["operator"] === "delete";
}

/** `Object.defineProperty(Array.prototype, …)`: the first argument of a call that changes it. */
function isChanged(use: GlobalUse, uses: readonly GlobalUse[]): boolean {
  const call = use.parent;
  if (call?.type !== "CallExpression" || nodesIn(call["arguments"])[0] !== use.node) return false;
  const callee = uses.find((other) => other.node === call["callee"]);
  const [owner = "", method = ""] = callee?.chain ?? [];
  return (owner === "Object" || owner === "Reflect") && changers.has(method);
}

function isText(node: unknown): boolean {
  return isNode(node) && typeof node["value"] === "string";
}
