import { compareCodeUnits } from "../text/compare.ts";

interface Visit {
  readonly node: string;
  readonly next: readonly string[];
  position: number;
}

/**
 * Strongly connected components (Tarjan, without recursion): each sorted, and in an order in which a component stands behind
 * everything its nodes lead to. Targets that are no key of `graph` are ignored.
 */
export function components(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const lower = (node: string, value: number): void => void low.set(node, Math.min(low.get(node) ?? value, value));
  const enter = (node: string): Visit => {
    order.set(node, order.size);
    low.set(node, order.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, next: [...(graph.get(node) ?? [])].sort(compareCodeUnits), position: 0 };
  };

  for (const root of [...graph.keys()].sort(compareCodeUnits)) {
    if (order.has(root)) continue;
    const stack = [enter(root)];
    for (let visit = stack.at(-1); visit !== undefined; visit = stack.at(-1)) {
      const next = visit.next[visit.position];
      visit.position += 1;
      if (next !== undefined) {
        if (!graph.has(next)) continue;
        if (!order.has(next)) stack.push(enter(next));
        else if (isOpen.has(next)) lower(visit.node, order.get(next) ?? 0);
        continue;
      }
      stack.pop();
      const parent = stack.at(-1);
      if (parent !== undefined) lower(parent.node, low.get(visit.node) ?? 0);
      if (low.get(visit.node) === order.get(visit.node)) found.push(closeComponent(visit.node, open, isOpen));
    }
  }
  return found;
}

function closeComponent(root: string, open: string[], isOpen: Set<string>): string[] {
  const component = open.splice(open.lastIndexOf(root));
  for (const node of component) isOpen.delete(node);
  return component.sort(compareCodeUnits);
}
