import type { ModuleId } from "@jaunt/core";
import type { ModuleState, Plan } from "@jaunt/core/plan";

/** States in which a module's file is missing or not what was built: whoever needs it may fail for that alone. */
const unsound: ReadonlySet<ModuleState> = new Set(["unbuilt", "edited", "failed", "blocked"]);

/**
 * The modules that need, directly or not, one whose file is missing or not what was built. Their own files can be judged only when that
 * is mended. `culprit` says which of the unsound modules count; default: all.
 */
export function modulesBehind(
  { modules }: Plan,
  culprit: (module: ModuleId) => boolean = () => true,
): ReadonlySet<ModuleId> {
  const dependents = new Map<ModuleId, ModuleId[]>();
  for (const { id, dependsOn } of modules) {
    for (const need of dependsOn) {
      const known = dependents.get(need);
      if (known === undefined) dependents.set(need, [id]);
      else known.push(id);
    }
  }
  const behind = new Set(
    modules.filter(({ id, state }) => unsound.has(state) && culprit(id)).flatMap(({ id }) => dependents.get(id) ?? []),
  );
  // A set is iterated together with what is added on the way.
  for (const id of behind) for (const dependent of dependents.get(id) ?? []) behind.add(dependent);
  return behind;
}
