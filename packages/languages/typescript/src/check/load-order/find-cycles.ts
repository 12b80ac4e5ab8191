import type { ModuleGraph } from "./module-graph.ts";

/** Groups of files that import each other, directly or not: strongly connected components of more than one file. */
export function findCycles(graph: ModuleGraph): readonly (readonly string[])[] {
  const indices = new Map<string, number>();
  const lows = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const cycles: string[][] = [];
  for (const start of graph.keys()) {
    if (indices.has(start)) continue;
    const stack = [{ path: start, next: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { path } = top;
      if (top.next === 0) {
        indices.set(path, indices.size);
        lows.set(path, indices.size - 1);
        open.push(path);
        isOpen.add(path);
      }
      const target = graph.get(path)?.targets[top.next];
      top.next += 1;
      if (target !== undefined) {
        if (!indices.has(target)) {
          if (graph.has(target)) stack.push({ path: target, next: 0 });
        } else if (isOpen.has(target)) lower(lows, path, indices.get(target));
        continue;
      }
      stack.pop();
      const parent = stack.at(-1);
      if (parent !== undefined) lower(lows, parent.path, lows.get(path));
      if (lows.get(path) !== indices.get(path)) continue;
      const group = open.splice(open.lastIndexOf(path));
      for (const member of group) isOpen.delete(member);
      if (group.length > 1) cycles.push(group);
    }
  }
  return cycles;
}

function lower(lows: Map<string, number>, path: string, value: number | undefined): void {
  if (value !== undefined && value < (lows.get(path) ?? Number.POSITIVE_INFINITY)) lows.set(path, value);
}
