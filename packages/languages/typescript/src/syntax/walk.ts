/** Any node of the parser's tree (ESTree with TypeScript's nodes), seen generically. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Called with a node, what holds it (undefined at the top) and the holder's property that does. `false` leaves out what is below. */
export type Visitor = (node: SyntaxNode, parent: SyntaxNode | undefined, key: string) => unknown;

/** Visits every node below `nodes`, parents before children, without recursion and without promising more of the order. */
export function visitNodes(nodes: readonly SyntaxNode[], visit: Visitor): void {
  // Three stacks in step: an object for every node would cost more than the visit.
  const stack: SyntaxNode[] = [...nodes];
  const parents: (SyntaxNode | undefined)[] = nodes.map(() => undefined);
  const keys: string[] = nodes.map(() => "");
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const parent = parents.pop();
    if (visit(node, parent, keys.pop() ?? "") === false || isLeaf(node)) continue;
    for (const key in node) {
      const value = node[key];
      if (typeof value !== "object" || value === null) continue;
      if (!Array.isArray(value)) {
        if (isNode(value)) {
          stack.push(value);
          parents.push(node);
          keys.push(key);
        }
        continue;
      }
      for (const item of value) {
        if (!isNode(item)) continue;
        stack.push(item);
        parents.push(node);
        keys.push(key);
      }
    }
  }
}

/** True for most nodes that hold no other: a quick test that spares the look at all of their properties. */
export function isLeaf(node: SyntaxNode): boolean {
  const { type } = node;
  if (type === "Literal" || type.endsWith("Keyword")) return true;
  return type === "Identifier" && !node["typeAnnotation"] && !isFilled(node["decorators"]);
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

/** A node with where it hangs. */
export interface Visit {
  readonly node: SyntaxNode;
  readonly parent: SyntaxNode | undefined;
  /** The parent's property that holds it. */
  readonly key: string;
}

/** Every node below `nodes` as a list, for loops that want to leave early or read well; `visitNodes` is faster. */
export function* walk(nodes: readonly SyntaxNode[]): Generator<Visit> {
  const visits: Visit[] = [];
  visitNodes(nodes, (node, parent, key) => visits.push({ node, parent, key }));
  yield* visits;
}

/** The nodes directly below one, in the order of its properties. */
export function childrenOf(node: SyntaxNode): readonly Visit[] {
  return Object.entries(node).flatMap(([key, value]) =>
    nodesIn(value).map((child) => ({ node: child, parent: node, key })),
  );
}

/** True for a value that is a syntax node. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && typeof (value as Partial<SyntaxNode>).type === "string";
}

/** The nodes in a property that holds a list, a node or nothing. */
export function nodesIn(value: unknown): readonly SyntaxNode[] {
  if (Array.isArray(value)) return value.every(isNode) ? value : value.filter(isNode);
  return isNode(value) ? [value] : none;
}

const none: readonly SyntaxNode[] = [];
