import type { SpecRef } from "../nouns/spec.ts";
import { compareCodeUnits } from "../text/compare.ts";
import { specOfRef } from "./refs.ts";
import type { SpecGraph } from "./spec-graph.ts";

/** Who needs a changed symbol. Neither list holds the changed symbols themselves; `transitive` holds `direct`. */
export interface Affected {
  readonly direct: readonly SpecRef[];
  readonly transitive: readonly SpecRef[];
}

/**
 * The specs that need any of `refs`. A changed class concerns those who need it or a member of it; a changed member
 * those who need it or the whole class.
 */
export function affectedBy(graph: SpecGraph, refs: readonly SpecRef[]): Affected {
  const dependents = new Map<SpecRef, { readonly from: SpecRef; readonly to: SpecRef }[]>();
  for (const edge of graph.edges) {
    const owner = specOfRef(edge.to);
    const list = dependents.get(owner);
    if (list === undefined) dependents.set(owner, [edge]);
    else list.push(edge);
  }
  const changed = new Set(refs.map(specOfRef));
  const direct = new Set<SpecRef>();
  for (const ref of refs) {
    const owner = specOfRef(ref);
    for (const edge of dependents.get(owner) ?? []) {
      const concerned = ref === owner || edge.to === ref || edge.to === owner;
      if (concerned && !changed.has(edge.from)) direct.add(edge.from);
    }
  }
  const transitive = new Set(direct);
  // A set is iterated together with what is added on the way.
  for (const ref of transitive) {
    for (const edge of dependents.get(ref) ?? []) if (!changed.has(edge.from)) transitive.add(edge.from);
  }
  return { direct: [...direct].sort(compareCodeUnits), transitive: [...transitive].sort(compareCodeUnits) };
}
