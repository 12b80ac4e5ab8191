import type { Use, UseVia } from "@jaunt/core";
import { isNode, visitNodes, type SyntaxNode } from "../syntax/walk.ts";

/**
 * Identifier chains below `nodes` that start at one of `names`, the top-level and imported names of the file: in types and in
 * values, each once. Names that parameters, locals or type parameters below the nodes take over are left out.
 */
export function collectUses(
  nodes: readonly SyntaxNode[],
  via: UseVia,
  names: ReadonlySet<string>,
  options: CollectOptions = {},
): readonly Use[] {
  const local = localNames([...nodes, ...(options.within ?? [])]);
  const found = new Map<string, Use>();
  const isHidden = hiddenBy(options.except);
  visitNodes(nodes, (node, parent, key) => {
    if (isHidden(node)) return;
    const chain = chainAt(node, parent, key);
    const first = chain?.path[0];
    if (chain === undefined || first === undefined || !names.has(first)) return;
    if ((chain.isType ? local.types : local.values).has(first)) return;
    if (chain.isType && options.valuesOnly === true) return;
    found.set(chain.path.join("."), { path: chain.path, via });
  });
  return [...found.values()];
}

export interface CollectOptions {
  /** Nodes around, whose parameters and locals are in scope too. */
  readonly within?: readonly SyntaxNode[];
  /** Nodes whose insides are left out. */
  readonly except?: ReadonlySet<SyntaxNode>;
  /** Leaves out what stands where only a type can. */
  readonly valuesOnly?: boolean;
}

function hiddenBy(except: ReadonlySet<SyntaxNode> = new Set()): (node: SyntaxNode) => boolean {
  const spans = [...except];
  return (node) => spans.some((span) => node.start >= span.start && node.end <= span.end);
}

interface LocalNames {
  readonly values: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
}

function localNames(nodes: readonly SyntaxNode[]): LocalNames {
  const values = new Set<string>();
  const types = new Set<string>();
  visitNodes(nodes, (node, parent) => {
    for (const parameter of listOf(node["params"])) addPattern(parameter, values);
    if (node.type === "VariableDeclarator") addPattern(node["id"], values);
    if (node.type === "CatchClause") addPattern(node["param"], values);
    if (node.type === "TSIndexSignature") for (const parameter of listOf(node["parameters"])) addPattern(parameter, values);
    if (node.type === "TSTypeParameter") addName(node["name"], types);
    if (node.type === "TSMappedType") addName(node["key"], types);
    if (parent !== undefined && /^(?:Function|Class)(?:Declaration|Expression)$/.test(node.type)) {
      addPattern(node["id"], values);
      if (node.type.startsWith("Class")) addPattern(node["id"], types);
    }
    if (parent !== undefined && /^TS(?:TypeAlias|Interface|Enum)Declaration$/.test(node.type)) addName(node["id"], types);
  });
  return { values, types };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function addName(value: unknown, names: Set<string>): void {
  if (typeof value === "string") names.add(value);
  else if (isNode(value) && typeof value["name"] === "string") names.add(value["name"]);
}

function addPattern(pattern: unknown, names: Set<string>): void {
  const stack: unknown[] = [pattern];
  while (stack.length > 0) {
    const next = stack.pop();
    if (!isNode(next)) continue;
    if (next.type === "Identifier") addName(next, names);
    else if (next.type === "ObjectPattern") stack.push(...listOf(next["properties"]));
    else if (next.type === "ArrayPattern") stack.push(...listOf(next["elements"]));
    else if (next.type === "Property") stack.push(next["value"]);
    else if (next.type === "AssignmentPattern") stack.push(next["left"]);
    else if (next.type === "RestElement") stack.push(next["argument"]);
    else if (next.type === "TSParameterProperty") stack.push(next["parameter"]);
  }
}

interface Chain {
  readonly path: readonly string[];
  /** True where only a type can stand. */
  readonly isType: boolean;
}

function chainAt(node: SyntaxNode, parent: SyntaxNode | undefined, key: string): Chain | undefined {
  if (isPartOfChain(parent, key)) return undefined;
  if (node.type === "TSQualifiedName" || node.type === "MemberExpression" || node.type === "JSXMemberExpression") {
    const path = chainOf(node);
    return path === undefined ? undefined : { path, isType: isTypePlace(parent, key) };
  }
  if (node.type !== "Identifier" && node.type !== "JSXIdentifier") return undefined;
  if (typeof node["name"] !== "string" || !isReference(parent, key)) return undefined;
  return { path: [node["name"]], isType: isTypePlace(parent, key) };
}

/** True when the parent takes this node in: `a` and `a.b` of `a.b.c`. The object of a chain that is none itself is not. */
function isPartOfChain(parent: SyntaxNode | undefined, key: string): boolean {
  if (parent === undefined) return false;
  if (parent.type === "TSQualifiedName") return true;
  if (parent.type !== "MemberExpression" && parent.type !== "JSXMemberExpression") return false;
  return key === "object" ? chainOf(parent) !== undefined : parent["computed"] !== true;
}

/** `["ns", "sub", "Foo"]` of `ns.sub.Foo`; undefined when a call, an index or `this` stands in between. */
function chainOf(node: SyntaxNode): readonly string[] | undefined {
  const path: string[] = [];
  let current: unknown = node;
  while (isNode(current)) {
    if (current.type === "Identifier" || current.type === "JSXIdentifier") return [String(current["name"]), ...path];
    const right = current["property"] ?? current["right"];
    const named = isNode(right) && current["computed"] !== true && typeof right["name"] === "string";
    if (!named || right.type === "PrivateIdentifier") return undefined;
    path.unshift(String(right["name"]));
    current = current["object"] ?? current["left"];
  }
  return undefined;
}

const keyed: ReadonlySet<string> = new Set([
  "Property",
  "PropertyDefinition",
  "MethodDefinition",
  "AccessorProperty",
  "TSAbstractPropertyDefinition",
  "TSAbstractMethodDefinition",
  "TSAbstractAccessorProperty",
  "TSPropertySignature",
  "TSMethodSignature",
]);

const nameKeys: ReadonlySet<string> = new Set(["id", "label", "local", "imported", "exported", "meta", "name"]);

function isReference(parent: SyntaxNode | undefined, key: string): boolean {
  if (parent === undefined) return true;
  if (key === "key") return keyed.has(parent.type) && parent["computed"] === true;
  if (parent.type === "JSXAttribute") return false;
  if (key === "name" && parent.type.startsWith("JSX")) return true;
  return !nameKeys.has(key) && !(parent.type === "MetaProperty") && key !== "params" && key !== "parameterName";
}

const typeParents: ReadonlySet<string> = new Set(["TSTypeReference", "TSInterfaceHeritage", "TSClassImplements"]);

function isTypePlace(parent: SyntaxNode | undefined, key: string): boolean {
  return parent !== undefined && typeParents.has(parent.type) && (key === "typeName" || key === "expression");
}
