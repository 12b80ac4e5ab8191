import type { ModuleId } from "../nouns/spec.ts";
import { compareCodeUnits } from "../text/compare.ts";
import { components } from "./components.ts";
import { moduleOfRef } from "./refs.ts";
import type { SpecGraph } from "./spec-graph.ts";

/** What modules need of each other. Every module is a key; no module needs itself. */
export type ModuleDependencies = ReadonlyMap<ModuleId, readonly ModuleId[]>;

/** The modules whose specs each module needs, in code-unit order. */
export function moduleDependencies(graph: SpecGraph): ModuleDependencies {
  const needs = new Map<ModuleId, Set<ModuleId>>(graph.modules.map((id) => [id, new Set()]));
  for (const edge of graph.edges) {
    const from = moduleOfRef(edge.from);
    const to = moduleOfRef(edge.to);
    if (from !== to && needs.has(to)) needs.get(from)?.add(to);
  }
  return new Map([...needs].map(([id, targets]) => [id, [...targets].sort(compareCodeUnits)]));
}

/** The modules that need each module directly; those that nobody needs have no entry. */
export function moduleDependents(dependencies: ModuleDependencies): ModuleDependencies {
  const dependents = new Map<ModuleId, ModuleId[]>();
  for (const [id, needed] of dependencies) {
    for (const other of needed) {
      const known = dependents.get(other);
      if (known === undefined) dependents.set(other, [id]);
      else known.push(id);
    }
  }
  return dependents;
}

/** Modules in groups, dependencies first. Modules that need each other stand in one group; most groups hold one. */
export function moduleGroups(dependencies: ModuleDependencies): readonly (readonly ModuleId[])[] {
  return components(dependencies);
}

/** All modules, dependencies first; those of a group stand together. */
export function topologicalOrder(dependencies: ModuleDependencies): readonly ModuleId[] {
  return moduleGroups(dependencies).flat();
}

/**
 * For each module the weight of the heaviest chain that starts with it and goes on through what needs it, itself included: who has
 * the most ahead should start first. A group runs at once, so it weighs as much as its heaviest module.
 */
export function longestRemainingPath(
  dependencies: ModuleDependencies,
  weightOf: (module: ModuleId) => number,
): Map<ModuleId, number> {
  const groups = moduleGroups(dependencies);
  const groupOf = new Map<ModuleId, number>(groups.flatMap((group, index) => group.map((id) => [id, index] as const)));
  const ahead = groups.map(() => 0);
  const result = new Map<ModuleId, number>();
  for (let index = groups.length - 1; index >= 0; index--) {
    const group = groups[index] ?? [];
    let heaviest = 0;
    for (const id of group) heaviest = Math.max(heaviest, weightOf(id));
    const remaining = heaviest + (ahead[index] ?? 0);
    for (const id of group) {
      result.set(id, remaining);
      for (const needed of dependencies.get(id) ?? []) {
        const other = groupOf.get(needed);
        if (other !== undefined) ahead[other] = Math.max(ahead[other] ?? 0, remaining);
      }
    }
  }
  return result;
}
