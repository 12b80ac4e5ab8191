import type { Span } from "@jaunt/core";
import { isLeaf, isNode, nodesIn, type SyntaxNode } from "../syntax/walk.ts";

/** The names that parameters, locals and type parameters take over, each inside its own scope. */
export interface Locals {
  /** True when `name`, used at `offset` as a type or as a value, means something local. */
  hides(name: string, offset: number, isType: boolean): boolean;
}

/** Finds which of `names` are declared anew below `nodes`. What the nodes themselves declare is not local. */
export function findLocals(nodes: readonly SyntaxNode[], names: ReadonlySet<string>): Locals {
  const found: Found = { names, values: new Map(), types: new Map() };
  // Stacks in step: an object for every node would cost more than the visit.
  const stack: SyntaxNode[] = [...nodes];
  const scopes: Scope[] = nodes.map(() => undefined);
  const functions: Scope[] = nodes.map(() => undefined);
  const kinds: unknown[] = nodes.map(() => undefined);
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const outer = scopes.pop();
    const outerFunction = functions.pop();
    const isVar = kinds.pop() === "var";
    if (isLeaf(node)) continue;
    const isFunction = "params" in node && !node.type.startsWith("TSTypeParameter");
    const scope = isFunction || blocks.has(node.type) || "typeParameters" in node ? node : outer;
    declare(node, outer, isVar ? outerFunction : outer, found);
    for (const key in node) {
      const value = node[key];
      if (typeof value !== "object" || value === null) continue;
      for (const child of nodesIn(value)) {
        stack.push(child);
        scopes.push(scope);
        functions.push(isFunction ? node : outerFunction);
        kinds.push(node["kind"]);
      }
    }
  }
  return {
    hides: (name, offset, isType) =>
      (isType ? found.types : found.values).get(name)?.some(({ start, end }) => offset >= start && offset < end) ??
      false,
  };
}

/** Undefined outside of every scope: there, a declaration is the file's own. */
type Scope = Span | undefined;

interface Found {
  readonly names: ReadonlySet<string>;
  readonly values: Map<string, Span[]>;
  readonly types: Map<string, Span[]>;
}

/** Nodes besides functions and generics that names can be local to. */
const blocks: ReadonlySet<string> = new Set([
  "BlockStatement",
  "CatchClause",
  "ForInStatement",
  "ForOfStatement",
  "ForStatement",
  "StaticBlock",
  "SwitchStatement",
  "TSConditionalType",
  "TSMappedType",
  "TSModuleBlock",
]);

function declare(node: SyntaxNode, outer: Scope, variables: Scope, found: Found): void {
  switch (node.type) {
    case "VariableDeclarator":
      return addPattern(node["id"], variables, found);
    case "CatchClause":
      return addPattern(node["param"], node, found);
    case "TSIndexSignature":
      return nodesIn(node["parameters"]).forEach((parameter) => addPattern(parameter, node, found));
    case "TSTypeParameter":
      return addName(node["name"], outer, found.types, found);
    case "TSMappedType":
      return addName(node["key"], node, found.types, found);
    case "ClassDeclaration":
    case "TSEnumDeclaration":
      addName(node["id"], outer, found.types, found);
      return addName(node["id"], outer, found.values, found);
    case "ClassExpression":
      addName(node["id"], node, found.types, found);
      return addName(node["id"], node, found.values, found);
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return addName(node["id"], outer, found.types, found);
    default:
      if (node.type === "FunctionDeclaration") addName(node["id"], outer, found.values, found);
      if (node.type === "FunctionExpression") addName(node["id"], node, found.values, found);
      for (const parameter of nodesIn(node["params"])) addPattern(parameter, node, found);
  }
}

function addName(value: unknown, scope: Scope, spans: Map<string, Span[]>, { names }: Found): void {
  const name = isNode(value) ? value["name"] : value;
  if (scope === undefined || typeof name !== "string" || !names.has(name)) return;
  const known = spans.get(name);
  if (known === undefined) spans.set(name, [scope]);
  else known.push(scope);
}

function addPattern(pattern: unknown, scope: Scope, found: Found): void {
  if (scope === undefined) return;
  const stack: unknown[] = [pattern];
  while (stack.length > 0) {
    const next = stack.pop();
    if (!isNode(next)) continue;
    if (next.type === "Identifier") addName(next, scope, found.values, found);
    else if (next.type === "ObjectPattern") stack.push(...nodesIn(next["properties"]));
    else if (next.type === "ArrayPattern") stack.push(...nodesIn(next["elements"]));
    else if (next.type === "AssignmentPattern") stack.push(next["left"]);
    else if (next.type === "Property") stack.push(next["value"]);
    else if (next.type === "RestElement") stack.push(next["argument"]);
    else if (next.type === "TSParameterProperty") stack.push(next["parameter"]);
  }
}
