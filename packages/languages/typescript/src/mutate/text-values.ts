import { nodesIn, visitNodes, type SyntaxNode } from "../syntax/walk.ts";
import type { Code } from "./change.ts";
import { bare, child, methodOf } from "./nodes.ts";

const textMethods: ReadonlySet<string> = new Set([
  "charAt",
  "join",
  "normalize",
  "padEnd",
  "padStart",
  "repeat",
  "replace",
  "replaceAll",
  "stringify",
  "substring",
  "toFixed",
  "toISOString",
  "toLowerCase",
  "toString",
  "toUpperCase",
  "trim",
  "trimEnd",
  "trimStart",
]);

/** Whether an expression looks like a string, so that `+` joins and does not add. */
export function isTextual(node: SyntaxNode | undefined, code: Pick<Code, "isText">): boolean {
  const inner = bare(node);
  switch (inner?.type) {
    case "Literal":
      return typeof inner["value"] === "string";
    case "TemplateLiteral":
      return true;
    case "Identifier":
      return code.isText(String(inner["name"]));
    case "BinaryExpression":
      return (
        inner["operator"] === "+" && (isTextual(child(inner, "left"), code) || isTextual(child(inner, "right"), code))
      );
    case "ConditionalExpression":
      return isTextual(child(inner, "consequent"), code) || isTextual(child(inner, "alternate"), code);
    case "LogicalExpression":
      return isTextual(child(inner, "right"), code);
    case "CallExpression":
      return textMethods.has(methodOf(inner)?.name ?? "") || child(inner, "callee")?.["name"] === "String";
    default:
      return false;
  }
}

/** Names that are declared as strings, or with one as their first value, anywhere below `body`. */
export function textNames(body: readonly SyntaxNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  const values: { readonly name: string; readonly value: SyntaxNode }[] = [];
  visitNodes(body, (node, parent) => {
    if (
      node.type === "Identifier" &&
      child(child(node, "typeAnnotation"), "typeAnnotation")?.type === "TSStringKeyword"
    )
      names.add(String(node["name"]));
    if (node.type === "ForOfStatement" && loopVariable(node) !== undefined)
      values.push({ name: loopVariable(node) ?? "", value: node });
    const value = child(node, "init") ?? (node.type === "AssignmentPattern" ? child(node, "right") : undefined);
    const target = child(node, "id") ?? child(node, "left");
    if (parent !== undefined && value !== undefined && target?.type === "Identifier")
      values.push({ name: String(target["name"]), value });
  });
  // What is declared by another name's value may stand before that name.
  for (let size = -1; size !== names.size;) {
    size = names.size;
    for (const { name, value } of values)
      if (isTextual(textSource(value), { isText: (each) => names.has(each) })) names.add(name);
  }
  return names;
}

/** `character` of `for (const character of text)`. */
function loopVariable(loop: SyntaxNode): string | undefined {
  const [declarator] = nodesIn(child(loop, "left")?.["declarations"]);
  const id = child(declarator, "id");
  return id?.type === "Identifier" ? String(id["name"]) : undefined;
}

function textSource(value: SyntaxNode): SyntaxNode | undefined {
  return value.type === "ForOfStatement" ? child(value, "right") : value;
}
