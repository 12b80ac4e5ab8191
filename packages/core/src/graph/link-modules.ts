import type { SpecModule, SpecRef } from "../nouns/spec.ts";
import { compareCodeUnits } from "../text/compare.ts";
import { openLinker, type LinkOptions } from "./linker.ts";
import type { GraphLookup } from "./name-resolver.ts";
import type { Edge, ReachedType, SpecGraph, UnresolvedUse } from "./spec-graph.ts";

/** Turns the names that specs use into edges between specs, and into the types their signatures reach. */
export function linkModules(modules: readonly SpecModule[], lookup: GraphLookup, options: LinkOptions): SpecGraph {
  const linker = openLinker(lookup, options);
  const edges: Edge[] = [];
  const types = new Map<SpecRef, readonly ReachedType[]>();
  const unresolved: UnresolvedUse[] = [];
  for (const module of modules) {
    const linked = linker.link(module);
    edges.push(...linked.edges);
    for (const [ref, reached] of linked.types) types.set(ref, reached);
    unresolved.push(...linked.unresolved);
  }
  return {
    modules: modules.map((module) => module.id).sort(compareCodeUnits),
    edges: edges.sort((left, right) => compareCodeUnits(left.from, right.from) || compareCodeUnits(left.to, right.to)),
    types,
    unresolved: unresolved.sort(
      (left, right) => compareCodeUnits(left.from, right.from) || compareCodeUnits(left.name, right.name),
    ),
    consulted: [...linker.consulted()].sort(compareCodeUnits),
  };
}
