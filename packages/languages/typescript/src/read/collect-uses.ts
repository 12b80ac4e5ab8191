import type { Use, UseVia } from "@jaunt/core";
import { isNode, visitNodes, type SyntaxNode } from "../syntax/walk.ts";
import { importTypeName } from "./import-types.ts";
import { findLocals, type Locals } from "./find-locals.ts";

export interface CollectOptions {
  /** The locals of the whole file, or of all that is around the nodes; without it, those below the nodes count. */
  readonly locals?: () => Locals;
  /** Nodes that are left out with all that is below them. */
  readonly except?: ReadonlySet<SyntaxNode>;
  /** Leaves out types, `typeof` in a type included: nothing of them is left at run time. */
  readonly valuesOnly?: boolean;
}

/**
 * Identifier chains below `nodes` that start at one of `names`, the top-level and imported names of the file: in types and in
 * values, each once. Names that parameters, locals or type parameters take over are left out where they do.
 */
export function collectUses(
  nodes: readonly SyntaxNode[],
  via: UseVia,
  names: ReadonlySet<string>,
  options: CollectOptions = {},
): readonly Use[] {
  const found = new Map<string, Use>();
  // Locals are looked for only when there is a use to judge.
  let locals: Locals | undefined;
  visitNodes(nodes, (node, parent, key) => {
    // The names behind `import("./x")` mean something only in that file; they are taken together with it.
    if (options.except?.has(node) || key === "qualifier" || (options.valuesOnly === true && isTypeOnly(node)))
      return false;
    const chain = chainAt(node, parent, key);
    const first = chain?.[0];
    if (chain === undefined || first === undefined) return true;
    if (names.has(first) && !found.has(chain.join("."))) {
      locals ??= options.locals?.() ?? findLocals(nodes, names);
      if (!locals.hides(first, node.start, isTypePlace(parent, key))) found.set(chain.join("."), { path: chain, via });
    }
    // The parts of a chain are no uses of their own; an identifier may still carry a type or a decorator, an import type others.
    return node.type === "Identifier" || node.type === "JSXIdentifier" || node.type === "TSImportType";
  });
  return [...found.values()];
}

/** Nodes of TypeScript that hold values. */
const valueHolders: ReadonlySet<string> = new Set([
  "TSAbstractAccessorProperty",
  "TSAbstractMethodDefinition",
  "TSAbstractPropertyDefinition",
  "TSAsExpression",
  "TSEnumBody",
  "TSEnumDeclaration",
  "TSEnumMember",
  "TSExportAssignment",
  "TSInstantiationExpression",
  "TSModuleBlock",
  "TSModuleDeclaration",
  "TSNonNullExpression",
  "TSParameterProperty",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
]);

function isTypeOnly({ type }: SyntaxNode): boolean {
  return type.startsWith("TS") && !valueHolders.has(type);
}

/** The chain that starts and ends at this node; undefined when there is none, or when it belongs to the one above. */
function chainAt(node: SyntaxNode, parent: SyntaxNode | undefined, key: string): readonly string[] | undefined {
  switch (node.type) {
    case "Identifier":
    case "JSXIdentifier":
      return typeof node["name"] === "string" && isReference(parent, key) ? [node["name"]] : undefined;
    case "MemberExpression":
    case "JSXMemberExpression":
    case "TSQualifiedName":
      return chainOf(node);
    case "TSImportType":
      return [importTypeName(node), ...(isNode(node["qualifier"]) ? (chainOf(node["qualifier"]) ?? []) : [])];
    default:
      return undefined;
  }
}

/** `["ns", "sub", "Foo"]` of `ns.sub.Foo`; undefined when a call, an index or `this` stands in between. */
function chainOf(node: SyntaxNode): readonly string[] | undefined {
  const reversed: string[] = [];
  let current: unknown = node;
  while (isNode(current)) {
    if (current.type === "Identifier" || current.type === "JSXIdentifier")
      return [...reversed, String(current["name"])].toReversed();
    const right = current["property"] ?? current["right"];
    const named = isNode(right) && current["computed"] !== true && typeof right["name"] === "string";
    if (!named || right.type === "PrivateIdentifier") return undefined;
    reversed.push(String(right["name"]));
    current = current["object"] ?? current["left"];
  }
  return undefined;
}

/** Parents whose `key` is a name of their own unless it is computed. */
const keyed: ReadonlySet<string> = new Set([
  "AccessorProperty",
  "MethodDefinition",
  "Property",
  "PropertyDefinition",
  "TSAbstractAccessorProperty",
  "TSAbstractMethodDefinition",
  "TSAbstractPropertyDefinition",
  "TSMethodSignature",
  "TSPropertySignature",
]);

/** Properties that hold a name being declared, or one that means nothing in this scope. */
const nameKeys: ReadonlySet<string> = new Set([
  "id",
  "imported",
  "label",
  "local",
  "exported",
  "meta",
  "name",
  "parameterName",
  "params",
]);

function isReference(parent: SyntaxNode | undefined, key: string): boolean {
  if (parent === undefined) return true;
  if (key === "key") return keyed.has(parent.type) && parent["computed"] === true;
  if (key === "property" || key === "right") return !isChainNode(parent) || parent["computed"] === true;
  if (parent.type.startsWith("JSX")) return parent.type !== "JSXAttribute" && parent.type !== "JSXNamespacedName";
  return !nameKeys.has(key) && parent.type !== "MetaProperty";
}

function isChainNode({ type }: SyntaxNode): boolean {
  return (
    type === "MemberExpression" ||
    type === "JSXMemberExpression" ||
    type === "TSQualifiedName" ||
    type === "MetaProperty"
  );
}

/** True where only a type can stand. */
function isTypePlace(parent: SyntaxNode | undefined, key: string): boolean {
  if (key === "typeName") return parent?.type === "TSTypeReference";
  return key === "expression" && (parent?.type === "TSInterfaceHeritage" || parent?.type === "TSClassImplements");
}
