import { nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { changeOf, type Change, type Code } from "./change.ts";
import { bare, child, functionAround, isBoolean, isTurnedAround } from "./nodes.ts";
import { skipReturn } from "./statements.ts";

/** Another value of the same type for what is returned, and the return left out where code goes on. */
export function changeReturn(node: SyntaxNode, code: Code): readonly Change[] {
  const value = child(node, "argument");
  const around = functionAround(node, code);
  const others = value === undefined || around === undefined ? [] : otherValues(value, around, code);
  return [...others, ...skipReturn(node, code)];
}

/** The same for `=> value`. */
export function changeArrow(node: SyntaxNode, code: Code): readonly Change[] {
  const value = child(node, "body");
  return value === undefined || value.type === "BlockStatement" ? [] : otherValues(value, node, code);
}

function otherValues(value: SyntaxNode, around: SyntaxNode, code: Code): readonly Change[] {
  if (around["generator"] === true) return [];
  const { text } = code;
  const own = text.slice(value.start, value.end);
  const parent = code.parentOf(value);
  const shown = parent?.type === "ReturnStatement" ? parent : value;
  const type = returnType(around);
  const texts = [
    ...(type === undefined ? untyped(value, own) : ofType(type, value, own, text)),
    ...identity(type, around, text),
  ];
  return texts.filter((other) => other !== own).map((other) => changeOf("return", code, shown, value, other));
}

/** The annotated type of what is returned, that of the promise's value for `async`. */
function returnType(around: SyntaxNode): SyntaxNode | undefined {
  const type = child(child(around, "returnType"), "typeAnnotation");
  if (around["async"] !== true || type?.type !== "TSTypeReference") return type;
  return nodesIn(child(type, "typeArguments")?.["params"])[0];
}

function untyped(value: SyntaxNode, own: string): readonly string[] {
  return isBoolean(value) && !isTurnedAround(value) && bare(value).type !== "Literal" ? [`!(${own})`] : [];
}

function ofType(type: SyntaxNode, value: SyntaxNode, own: string, text: string): readonly string[] {
  const isLiteral = bare(value).type === "Literal";
  const isNegative = bare(value).type === "UnaryExpression";
  switch (type.type) {
    case "TSStringKeyword":
      return isLiteral ? [] : ['""'];
    case "TSNumberKeyword":
      return isLiteral ? [] : ["0", ...(isNegative ? [] : [`-(${own})`])];
    case "TSBigIntKeyword":
      return ["0n"];
    case "TSBooleanKeyword":
    case "TSTypePredicate":
      return isLiteral || isTurnedAround(value) || type["asserts"] === true ? [] : [`!(${own})`];
    case "TSArrayType":
      return ["[]"];
    case "TSTypeOperator":
      return ofTypes([child(type, "typeAnnotation")], value, own, text);
    case "TSParenthesizedType":
      return ofTypes([child(type, "typeAnnotation")], value, own, text);
    case "TSUnionType":
      return ofUnion(nodesIn(type["types"]), value, own, text);
    case "TSTypeReference":
      return emptied[text.slice(type.start, child(type, "typeName")?.end ?? type.end)] ?? [];
    default:
      return [];
  }
}

function ofTypes(
  types: readonly (SyntaxNode | undefined)[],
  value: SyntaxNode,
  own: string,
  text: string,
): readonly string[] {
  return types.flatMap((type) => (type === undefined ? [] : ofType(type, value, own, text)));
}

/** What stands for nothing, where the type has it; else something of the first type that has something. */
function ofUnion(types: readonly SyntaxNode[], value: SyntaxNode, own: string, text: string): readonly string[] {
  const absent = types.find(({ type }) => type === "TSUndefinedKeyword" || type === "TSNullKeyword");
  if (absent === undefined)
    return types.map((type) => ofType(type, value, own, text)).find((texts) => texts.length > 0) ?? [];
  return own === "undefined" || own === "null" ? [] : [absent.type === "TSNullKeyword" ? "null" : "undefined"];
}

const emptied: Readonly<Record<string, readonly string[]>> = {
  Array: ["[]"],
  Map: ["new Map()"],
  ReadonlyArray: ["[]"],
  ReadonlyMap: ["new Map()"],
  ReadonlySet: ["new Set()"],
  Set: ["new Set()"],
};

/** The first parameter that has the type of what is returned. */
function identity(type: SyntaxNode | undefined, around: SyntaxNode, text: string): readonly string[] {
  if (type === undefined || type.type === "TSVoidKeyword") return [];
  const wanted = typeText(type, text);
  const parameter = nodesIn(around["params"]).find((each) => {
    const own = child(child(each, "typeAnnotation"), "typeAnnotation");
    return each.type === "Identifier" && own !== undefined && typeText(own, text) === wanted;
  });
  return parameter === undefined || parameter["name"] === "this" ? [] : [String(parameter["name"])];
}

function typeText({ start, end }: SyntaxNode, text: string): string {
  return text.slice(start, end).replaceAll(/\s+/g, "");
}
