import type { ModuleId } from "@jaunt/core";
import { moduleDependents } from "@jaunt/core/graph";
import type { ModuleState, Plan } from "@jaunt/core/plan";
import { dependenciesOf } from "../plan/dependencies-of.ts";

/** States in which a module's file is missing or not what was built: whoever needs it may fail for that alone. */
const unsound: ReadonlySet<ModuleState> = new Set(["unbuilt", "edited", "failed", "blocked"]);

/**
 * The modules that need, directly or not, one whose file is missing or not what was built. Their own files can be judged only when that
 * is mended. `culprit` says which of the unsound modules count; default: all.
 */
export function modulesBehind(
  { modules }: Pick<Plan, "modules">,
  culprit: (module: ModuleId) => boolean = () => true,
): ReadonlySet<ModuleId> {
  const dependents = moduleDependents(dependenciesOf({ modules }));
  const behind = new Set(
    modules.filter(({ id, state }) => unsound.has(state) && culprit(id)).flatMap(({ id }) => dependents.get(id) ?? []),
  );
  // A set is iterated together with what is added on the way.
  for (const id of behind) for (const dependent of dependents.get(id) ?? []) behind.add(dependent);
  return behind;
}
