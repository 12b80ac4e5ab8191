import { nameOf } from "../../compose/imports.ts";
import { isNode, nodesIn, type SyntaxNode } from "../../syntax/walk.ts";
import type { Finding } from "../reply.ts";
import { mismatch, nameFinding } from "./mismatch.ts";
import { valueSignature, wholeSignature, type Side } from "./signature.ts";

/** A variable declaration of one side. */
export interface ConstDeclaration {
  readonly side: Side;
  readonly node: SyntaxNode;
}

/** A const: its type annotation where the stub has one, else the parameters and return type of the function it holds. */
export function compareConst(name: string, stub: ConstDeclaration, reply: ConstDeclaration): readonly Finding[] {
  const expected = declarator(name, stub.node);
  const received = declarator(name, reply.node);
  const [id, given] = [expected?.["id"], received?.["id"]];
  if (expected === undefined || received === undefined || !isNode(id) || !isNode(given)) return [];
  if (reply.node["declare"] === true || !isNode(received["init"])) {
    return [
      nameFinding(
        "conformance/body",
        `${name} has no value.`,
        reply.node,
        name,
        reply.side,
        "Give it one; leave out `declare`.",
      ),
    ];
  }
  const found = mismatch(name, wholeSignature(id, stub.side), wholeSignature(given, reply.side));
  if (found.length > 0 || isNode(id["typeAnnotation"])) return found;
  const value = functionIn(expected["init"]);
  if (value === undefined) return [];
  const own = functionIn(received["init"]);
  if (own === undefined)
    return [nameFinding("conformance/kind", `${name} holds a function in the spec.`, reply.node, name, reply.side)];
  return mismatch(name, valueSignature(value, stub.side), valueSignature(own, reply.side));
}

function declarator(name: string, node: SyntaxNode): SyntaxNode | undefined {
  return nodesIn(node["declarations"]).find((each) => nameOf(each["id"]) === name);
}

function functionIn(init: unknown): SyntaxNode | undefined {
  if (!isNode(init)) return undefined;
  if (init.type === "ParenthesizedExpression" || init.type === "TSSatisfiesExpression")
    return functionIn(init["expression"]);
  return /^(?:ArrowFunctionExpression|FunctionExpression)$/.test(init.type) ? init : undefined;
}
