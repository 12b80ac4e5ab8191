import { importsOf } from "../../compose/imports.ts";
import { isNode, nodesIn, type SyntaxNode } from "../../syntax/walk.ts";
import type { Breach } from "./breach.ts";
import type { Reply } from "../reply.ts";
import { globalUses } from "./names.ts";

/** Code made from text at run time: `eval`, `Function`, timers given a string, `node:vm`. */
export function findEvaluation(reply: Reply): readonly Breach[] {
  const { parsed } = reply;
  const hint = "Write the code itself.";
  const imports = parsed.body.flatMap((statement) =>
    importsOf(statement, parsed.text).some(({ specifier }) => /^(?:node:)?vm$/.test(specifier))
      ? [{ message: "node:vm runs code made at run time.", span: { start: statement.start, end: statement.end }, hint }]
      : [],
  );
  const uses = globalUses(reply).flatMap(({ chain, node, parent }) => {
    const [name = ""] = chain;
    const evaluates =
      name === "eval" ||
      (name === "Function" && isCallee(node, parent)) ||
      (isTimer(name) && startsWithText(node, parent));
    return evaluates
      ? [{ message: `${name} runs code made at run time.`, span: { start: node.start, end: node.end }, hint }]
      : [];
  });
  return [...imports, ...uses];
}

function isTimer(name: string): boolean {
  return name === "setTimeout" || name === "setInterval";
}

function isCallee(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  return (parent?.type === "CallExpression" || parent?.type === "NewExpression") && parent["callee"] === node;
}

function startsWithText(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (parent === undefined || !isCallee(node, parent)) return false;
  const [first] = nodesIn(parent["arguments"]);
  return isNode(first) && (first.type === "TemplateLiteral" || typeof first["value"] === "string");
}
