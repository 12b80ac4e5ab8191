import type { SpecRef } from "../nouns/spec.ts";
import type { Edge, SpecLinks } from "./spec-graph.ts";

/** The edges of one spec. Edges are sorted, so asking for every spec of a large project stays cheap. */
export function edgesFrom({ edges }: Pick<SpecLinks, "edges">, ref: SpecRef): readonly Edge[] {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edges[middle]?.from ?? "") < ref) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (edges[end]?.from === ref) end += 1;
  return edges.slice(low, end);
}
