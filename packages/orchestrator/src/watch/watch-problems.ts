import type { Diagnostic, ModuleId } from "@jaunt/core";
import type { ModuleState } from "@jaunt/core/plan";
import type { PreparedBuild } from "../build/prepare-build.ts";

/** What is wrong with a project and no build mends: errors and warnings, hand-edited files, and files whose spec is gone. */
export function watchProblems({ project, sync, work, notes }: PreparedBuild): readonly Diagnostic[] {
  const edited = work.edited.map((id) => editedProblem(id, project.modules.get(id)?.paths.generated ?? id));
  const orphaned = project.plan.modules
    .filter(({ state }) => state === "orphaned")
    .map(({ id, generatedPath }) => orphanProblem(id, generatedPath));
  const told = [...project.diagnostics, ...sync.diagnostics, ...notes].filter(({ severity }) => severity !== "info");
  return [...told, ...edited, ...orphaned];
}

/** The state of every selected module, and of what is orphaned. */
export function moduleStates({ project, selected }: PreparedBuild): Map<ModuleId, ModuleState> {
  const chosen = new Set(selected);
  const wanted = project.plan.modules.filter(({ id, state }) => chosen.has(id) || state === "orphaned");
  return new Map(wanted.map(({ id, state }) => [id, state]));
}

/** How many modules are in each state. */
export function countStates(states: ReadonlyMap<ModuleId, ModuleState>): Partial<Record<ModuleState, number>> {
  const counts: Partial<Record<ModuleState, number>> = {};
  for (const state of states.values()) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

function editedProblem(module: ModuleId, path: string): Diagnostic {
  return {
    code: "watch/edited",
    severity: "warning",
    message: `${path} was edited by hand and is left alone.`,
    file: path,
    hint: `To replace it, keeping a copy, run: jaunt build --force --target ${module}`,
  };
}

function orphanProblem(module: ModuleId, path: string): Diagnostic {
  return {
    code: "watch/orphaned",
    severity: "warning",
    message: `The spec of ${module} is gone, but ${path} is still there.`,
    file: path,
    hint: "To remove it, run: jaunt clean --orphans",
  };
}
