export { affectedBy, type Affected } from "./affected-by.ts";
export { edgesFrom } from "./edges-from.ts";
export { cycleDiagnostics, findCycles } from "./find-cycles.ts";
export type { Origins } from "./find-origins.ts";
export { linkModules } from "./link-modules.ts";
export { openLinker, type LinkedModule, type Linker, type LinkOptions } from "./linker.ts";
export {
  longestRemainingPath,
  moduleDependencies,
  moduleDependents,
  moduleGroups,
  topologicalOrder,
  type ModuleDependencies,
} from "./module-order.ts";
export type { GraphLookup } from "./name-resolver.ts";
export { moduleOfRef, specOfRef } from "./refs.ts";
export { selectModules, type SelectableModule, type Selectors } from "./select-modules.ts";
export type { Edge, ReachedType, SpecGraph, SpecLinks, UnresolvedUse } from "./spec-graph.ts";
