import type { SpecSource } from "@jaunt/core";
import { parseSource } from "../syntax/parse-source.ts";
import { isNode, nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { nameOf } from "./imports.ts";

/**
 * A test for expressions whose value is surely no promise: comparisons, and calls of the module's own functions whose result type says
 * so. Of all others that is not known, so they are awaited.
 */
export function promiseFree({ module, text }: SpecSource): (expression: string) => boolean {
  const plain = new Set([
    ...plainTypes,
    ...parseSource(module.path, text)
      .body.map((statement) => (isNode(statement["declaration"]) ? statement["declaration"] : statement))
      .filter(({ type }) => type === "TSInterfaceDeclaration" || type === "ClassDeclaration")
      .map((node) => nameOf(node["id"])),
  ]);
  const functions = new Set(
    module.specs.flatMap(({ name, kind, signature }) =>
      kind === "function" && returnTypes(signature).every((type) => isPlain(type, plain)) ? [name] : [],
    ),
  );
  return (expression) => {
    const parsed = parseSource("expression.tsx", `(${expression}\n)`);
    const statement = parsed.body[0]?.["expression"];
    if (parsed.problems.length > 0 || !isNode(statement)) return false;
    return isSync(unwrapped(statement), functions);
  };
}

const plainTypes: readonly string[] = [
  "Array",
  "ReadonlyArray",
  "Map",
  "ReadonlyMap",
  "Set",
  "ReadonlySet",
  "Date",
  "Record",
];

function isSync(node: SyntaxNode, functions: ReadonlySet<string>): boolean {
  if (node.type === "BinaryExpression" || node.type === "UnaryExpression" || node.type === "Literal") return true;
  if (node.type === "LogicalExpression")
    return [node["left"], node["right"]].every((each) => isNode(each) && isSync(unwrapped(each), functions));
  const callee = node["callee"];
  return (
    node.type === "CallExpression" && isNode(callee) && callee.type === "Identifier" && functions.has(nameOf(callee))
  );
}

function unwrapped(node: SyntaxNode): SyntaxNode {
  const inner = node["expression"];
  return node.type === "ParenthesizedExpression" && isNode(inner) ? unwrapped(inner) : node;
}

/** The result types in a signature, one for each overload; an absent one is undefined. */
function returnTypes(signature: string): readonly (SyntaxNode | undefined)[] {
  const { body } = parseSource("signature.ts", signature.replaceAll(/^(?=(?:async )?function\b)/gm, "declare "));
  const types = body.map((statement) => {
    const returned = statement["returnType"];
    return isNode(returned) && isNode(returned["typeAnnotation"]) ? returned["typeAnnotation"] : undefined;
  });
  return types.length === 0 ? [undefined] : types;
}

/** Names that may stand for a promise are any but those of known types. */
function isPlain(type: SyntaxNode | undefined, plain: ReadonlySet<string>): boolean {
  if (type === undefined) return false;
  if (
    /^TS(?:Unknown|Any|Object|Never)Keyword$|^TS(?:ConditionalType|IndexedAccessType|ImportType|TypeQuery)$/.test(
      type.type,
    )
  )
    return false;
  if (type.type === "TSTypeReference") return plain.has(nameOf(type["typeName"]));
  const parts = type.type === "TSUnionType" ? nodesIn(type["types"]) : [];
  return parts.every((each) => isPlain(each, plain));
}
