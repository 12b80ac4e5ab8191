import type { ModuleId } from "@jaunt/core";
import type { LoadedProject } from "../loaded-project.ts";
import { removeFailure } from "./failure-report.ts";

/** Removes what failures left of modules that are gone, and of selected ones that are good by now. */
export function sweepFailures(root: string, project: LoadedProject, selected: readonly ModuleId[]): void {
  if (project.failures.size === 0) return;
  const chosen = new Set(selected);
  const good = project.plan.modules.flatMap(({ id, state }) =>
    chosen.has(id) && (state === "current" || state === "outdated") ? [id] : [],
  );
  for (const id of [...goneFailures(project), ...good.filter((each) => project.failures.has(each))])
    removeQuietly(root, id);
}

/** A leftover is never worth an error. */
function removeQuietly(root: string, id: ModuleId): void {
  try {
    removeFailure(root, id);
  } catch {
    // It stays, and says what it said.
  }
}

/** Modules that failed and are gone; none while a spec file cannot be read, for it may be theirs. */
export function goneFailures({
  failures,
  modules,
  diagnostics,
}: Pick<LoadedProject, "failures" | "modules" | "diagnostics">): readonly ModuleId[] {
  if (diagnostics.some(({ severity }) => severity === "error")) return [];
  return [...failures.keys()].filter((id) => !modules.has(id));
}
