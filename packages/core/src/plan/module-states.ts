import type { ModuleState } from "./plan.ts";

/** Every state a module can be in, from what is good to what needs most. */
export const moduleStates: readonly ModuleState[] = Object.keys({
  current: true,
  outdated: true,
  unbuilt: true,
  stale: true,
  edited: true,
  failed: true,
  blocked: true,
  orphaned: true,
} satisfies Record<ModuleState, true>) as ModuleState[];
