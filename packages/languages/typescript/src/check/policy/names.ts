import { importsOf, nameOf } from "../../compose/imports.ts";
import { freeNames } from "../../compose/references.ts";
import { isNode, walk, type SyntaxNode } from "../../syntax/walk.ts";
import type { Reply } from "../reply.ts";

/** A global name as the reply uses it, with the member chain that follows: `process.env.HOME`. */
export interface GlobalUse {
  readonly chain: readonly string[];
  readonly node: SyntaxNode;
  readonly parent: SyntaxNode | undefined;
}

const globalObjects: ReadonlySet<string> = new Set(["globalThis", "window", "self", "global"]);

/**
 * Where the reply uses names that neither it nor the spec file declares. A leading `globalThis` or the like is taken off the
 * chain, and an import of `node:process` counts as the global `process`.
 */
export function globalUses({ spec, parsed }: Reply): readonly GlobalUse[] {
  const own = new Set([...spec.handWritten.keys(), ...spec.imports.map(({ local }) => local)]);
  const imported = parsed.body.flatMap((statement) => importsOf(statement, parsed.text));
  const asProcess = new Set(
    imported
      .filter(
        ({ specifier, imported: name }) =>
          /^(?:node:)?process$/.test(specifier) && (name === "default" || name === "*"),
      )
      .map(({ local }) => local),
  );
  const free = new Set(
    [...freeNames(parsed.body)].flatMap(([name, neededAs]) => (neededAs === "value" && !own.has(name) ? [name] : [])),
  );
  const uses: GlobalUse[] = [];
  const stack: { node: SyntaxNode; chain: readonly string[] }[] = [];
  const parents = new Map<SyntaxNode, SyntaxNode | undefined>();
  for (const { node, parent, key } of walk(parsed.body)) {
    parents.set(node, parent);
    if (node.type !== "Identifier" || isKey(parent, key)) continue;
    const name = nameOf(node);
    if (free.has(name) || asProcess.has(name)) stack.push({ node, chain: [asProcess.has(name) ? "process" : name] });
  }
  for (const { node, chain } of stack) {
    const whole = [...chain];
    let outer = node;
    for (let parent = parents.get(outer); parent !== undefined; parent = parents.get(outer)) {
      const name = memberOf(parent, outer);
      if (name === undefined) break;
      if (name !== "") whole.push(name);
      outer = parent;
    }
    const [first = ""] = whole;
    if (globalObjects.has(first) && whole.length > 1) whole.shift();
    uses.push({ chain: whole, node: outer, parent: parents.get(outer) });
  }
  return uses;
}

/** The name that `parent` takes from `object`; empty for wrappers such as parentheses, undefined when the chain ends. */
function memberOf(parent: SyntaxNode, object: SyntaxNode): string | undefined {
  if (
    parent.type === "ParenthesizedExpression" ||
    parent.type === "TSNonNullExpression" ||
    parent.type === "ChainExpression"
  )
    return "";
  if (parent.type === "TSAsExpression" || parent.type === "TSSatisfiesExpression")
    return parent["expression"] === object ? "" : undefined;
  if (parent.type !== "MemberExpression" || parent["object"] !== object) return undefined;
  const property = parent["property"];
  if (!isNode(property)) return undefined;
  if (parent["computed"] !== true) return nameOf(property);
  return property.type === "Literal" && typeof property["value"] === "string" ? property["value"] : undefined;
}

function isKey(parent: SyntaxNode | undefined, key: string): boolean {
  if (parent === undefined) return false;
  if (parent.type === "MemberExpression") return key === "property" && parent["computed"] !== true;
  return key === "key" && parent["computed"] !== true && parent["shorthand"] !== true;
}
