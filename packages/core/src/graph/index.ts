export { affectedBy, type Affected } from "./affected-by.ts";
export { edgesFrom } from "./edges-from.ts";
export { cycleDiagnostics, findCycles } from "./find-cycles.ts";
export { findOrigins } from "./find-origins.ts";
export { linkModules, type LinkOptions } from "./link-modules.ts";
export {
  longestRemainingPath,
  moduleDependencies,
  moduleGroups,
  topologicalOrder,
  type ModuleDependencies,
} from "./module-order.ts";
export type { GraphLookup } from "./name-resolver.ts";
export { moduleOfRef, specOfRef } from "./refs.ts";
export { selectModules, type SelectableModule, type Selectors } from "./select-modules.ts";
export type { Edge, ReachedType, SpecGraph, UnresolvedUse } from "./spec-graph.ts";
