/** Any node of the parser's tree (ESTree with TypeScript's nodes), seen generically. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A node with where it hangs. */
export interface Visit {
  readonly node: SyntaxNode;
  readonly parent: SyntaxNode | undefined;
  /** The parent's property that holds it. */
  readonly key: string;
}

/** Every node below `nodes`, parents first, in source order, without recursion. */
export function* walk(nodes: readonly SyntaxNode[]): Generator<Visit> {
  const stack: Visit[] = nodes.toReversed().map((node) => ({ node, parent: undefined, key: "" }));
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    yield next;
    const children = childrenOf(next.node);
    for (let index = children.length - 1; index >= 0; index -= 1) stack.push(children[index] as Visit);
  }
}

/** The nodes directly below one, in source order of the properties. */
export function childrenOf(node: SyntaxNode): readonly Visit[] {
  const children: Visit[] = [];
  for (const key in node) {
    const value = node[key];
    if (typeof value !== "object" || value === null) continue;
    if (!Array.isArray(value)) {
      if (isNode(value)) children.push({ node: value, parent: node, key });
      continue;
    }
    for (const item of value) if (isNode(item)) children.push({ node: item, parent: node, key });
  }
  return children;
}

/** True for a value that is a syntax node. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && typeof (value as Partial<SyntaxNode>).type === "string";
}

/** The nodes in a property that holds a list, a node or nothing. */
export function nodesIn(value: unknown): readonly SyntaxNode[] {
  if (Array.isArray(value)) return value.filter(isNode);
  return isNode(value) ? [value] : [];
}
