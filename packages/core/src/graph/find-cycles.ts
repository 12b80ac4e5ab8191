import type { Diagnostic } from "../nouns/diagnostic.ts";
import type { SpecModule, SpecRef } from "../nouns/spec.ts";
import { compareCodeUnits } from "../text/compare.ts";
import { components } from "./components.ts";
import { moduleOfRef, specOfRef } from "./refs.ts";
import type { SpecGraph } from "./spec-graph.ts";

const maxCycles = 100;
const maxNamed = 20;

/**
 * Specs that need each other in a ring, each ring as a path from its first spec on, which is not repeated at the end. Together the
 * paths cover every edge that lies on a cycle, each by a shortest one, up to a hundred of them.
 */
export function findCycles(graph: SpecGraph): readonly (readonly SpecRef[])[] {
  const needs = specNeeds(graph);
  const cycles: (readonly SpecRef[])[] = [];
  for (const component of components(needs)) {
    if (component.length > 1) cycles.push(...cyclesOf(component, needs, maxCycles - cycles.length));
  }
  return cycles.sort((left, right) => compareCodeUnits(left.join("\0"), right.join("\0")));
}

/** One error per cycle, at the spec file of its first spec, with what to do about it. */
export function cycleDiagnostics(
  cycles: readonly (readonly SpecRef[])[],
  graph: SpecGraph,
  modules: readonly SpecModule[],
): readonly Diagnostic[] {
  const paths = new Map(modules.map((module) => [module.id, module.path]));
  return cycles.map((cycle) => {
    const [first] = cycle;
    const file = first === undefined ? undefined : paths.get(moduleOfRef(first));
    return {
      code: "graph/cycle",
      severity: "error",
      message: `Specs depend on each other in a cycle: ${describePath(cycle)}`,
      ...(file === undefined ? {} : { file }),
      hint: describeWayOut(cycle, graph),
    };
  });
}

function specNeeds(graph: SpecGraph): ReadonlyMap<SpecRef, readonly SpecRef[]> {
  const needs = new Map<SpecRef, Set<SpecRef>>();
  for (const edge of graph.edges) {
    const known = needs.get(edge.from);
    if (known === undefined) needs.set(edge.from, new Set([specOfRef(edge.to)]));
    else known.add(specOfRef(edge.to));
  }
  return new Map([...needs].map(([from, targets]) => [from, [...targets]]));
}

function cyclesOf(
  component: readonly SpecRef[],
  needs: ReadonlyMap<SpecRef, readonly SpecRef[]>,
  limit: number,
): readonly (readonly SpecRef[])[] {
  const inside = new Set(component);
  const covered = new Set<string>();
  const cycles: (readonly SpecRef[])[] = [];
  for (const from of component) {
    for (const to of needs.get(from) ?? []) {
      if (cycles.length >= limit) return cycles;
      if (!inside.has(to) || covered.has(`${from}\0${to}`)) continue;
      const cycle = startAtSmallest(shortestPath(to, from, inside, needs));
      cycle.forEach((ref, index) => covered.add(`${ref}\0${cycle[(index + 1) % cycle.length] ?? ref}`));
      cycles.push(cycle);
    }
  }
  return cycles;
}

/** Breadth first. Both ends are in one component, so there is a path. */
function shortestPath(
  start: SpecRef,
  end: SpecRef,
  inside: ReadonlySet<SpecRef>,
  needs: ReadonlyMap<SpecRef, readonly SpecRef[]>,
): readonly SpecRef[] {
  const cameFrom = new Map<SpecRef, SpecRef | undefined>([[start, undefined]]);
  // A map is iterated together with what is added on the way.
  for (const node of cameFrom.keys()) {
    if (node === end) break;
    for (const next of needs.get(node) ?? []) {
      if (inside.has(next) && !cameFrom.has(next)) cameFrom.set(next, node);
    }
  }
  const path: SpecRef[] = [];
  for (let node: SpecRef | undefined = end; node !== undefined; node = cameFrom.get(node)) path.push(node);
  return path.reverse();
}

function startAtSmallest(cycle: readonly SpecRef[]): readonly SpecRef[] {
  let smallest = 0;
  cycle.forEach((ref, index) => {
    if (ref < (cycle[smallest] ?? ref)) smallest = index;
  });
  return [...cycle.slice(smallest), ...cycle.slice(0, smallest)];
}

function describePath(cycle: readonly SpecRef[]): string {
  const named = cycle.length > maxNamed ? [...cycle.slice(0, maxNamed), `... ${cycle.length - maxNamed} more`] : cycle;
  return [...named, ...cycle.slice(0, 1)].join(" -> ");
}

/** Names the edge that is easiest to give up: a mention in a doc before a body, a body before a signature. */
function describeWayOut(cycle: readonly SpecRef[], graph: SpecGraph): string {
  const following = new Map(cycle.map((ref, index) => [ref, cycle[(index + 1) % cycle.length] ?? ref]));
  const ways = graph.edges.filter((edge) => following.get(edge.from) === specOfRef(edge.to));
  for (const [via, advice] of wayOut) {
    const edge = ways.find((candidate) => candidate.via === via);
    if (edge !== undefined) return `${edge.from} needs ${edge.to} ${advice}`;
  }
  return "Move what the specs share into a spec of its own.";
}

const wayOut: readonly (readonly [string, string])[] = [
  ["doc", "only because its doc mentions it: name it in other words."],
  ["link", "only because its doc links to it: turn the {@link} into plain words."],
  ["body", "because hand-written code uses it: move what both share into a spec of its own."],
  ["input", "because it is an input of magic(...): remove the input, or move what both share into a spec of its own."],
  ["default", "because of a default value: move what both share into a spec of its own."],
  ["signature", "because its signature names it: describe it by a hand-written type that both use."],
];
