/** Groups of nodes that lead to each other, directly or not: strongly connected components of more than one node. */
export function findCycles(
  nodes: Iterable<string>,
  targetsOf: (node: string) => readonly string[],
): readonly (readonly string[])[] {
  const indices = new Map<string, number>();
  const lows = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const cycles: string[][] = [];
  const enter = (node: string): { node: string; targets: readonly string[]; next: number } => {
    indices.set(node, indices.size);
    lows.set(node, indices.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, targets: targetsOf(node), next: 0 };
  };
  for (const start of nodes) {
    if (indices.has(start)) continue;
    const stack = [enter(start)];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const target = top.targets[top.next];
      top.next += 1;
      if (target !== undefined) {
        if (!indices.has(target)) stack.push(enter(target));
        else if (isOpen.has(target)) lower(lows, top.node, indices.get(target));
        continue;
      }
      stack.pop();
      const parent = stack.at(-1);
      if (parent !== undefined) lower(lows, parent.node, lows.get(top.node));
      if (lows.get(top.node) !== indices.get(top.node)) continue;
      const group = open.splice(open.lastIndexOf(top.node));
      for (const member of group) isOpen.delete(member);
      if (group.length > 1) cycles.push(group);
    }
  }
  return cycles;
}

function lower(lows: Map<string, number>, node: string, value: number | undefined): void {
  if (value !== undefined && value < (lows.get(node) ?? Number.POSITIVE_INFINITY)) lows.set(node, value);
}
