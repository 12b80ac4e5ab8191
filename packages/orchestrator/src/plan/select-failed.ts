import type { Diagnostic, ModuleId } from "@jaunt/core";
import type { Plan } from "@jaunt/core/plan";

/** Of the selected modules those that failed, and those that these hold up, in the order given. */
export function selectFailed({ modules }: Pick<Plan, "modules">, selected: readonly ModuleId[]): readonly ModuleId[] {
  const chosen = new Set(selected);
  const failed = new Set(modules.flatMap(({ id, state }) => (state === "failed" && chosen.has(id) ? [id] : [])));
  const users = new Map<ModuleId, ModuleId[]>();
  for (const { id, state, dependsOn } of modules) {
    if (state !== "blocked") continue;
    for (const need of dependsOn) users.set(need, [...(users.get(need) ?? []), id]);
  }
  const taken = new Set(failed);
  // A set is iterated together with what is added on the way.
  for (const id of taken) for (const user of users.get(id) ?? []) taken.add(user);
  return selected.filter((id) => taken.has(id));
}

/** Says that there was nothing to try again, which is no error. */
export function noteNothingFailed(selected: readonly ModuleId[]): readonly Diagnostic[] {
  if (selected.length > 0) return [];
  return [{ code: "select/nothing", severity: "info", message: "No selected module has failed: nothing to do." }];
}
