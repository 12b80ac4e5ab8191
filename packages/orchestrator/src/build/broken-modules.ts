import type { ModuleId } from "@jaunt/core";
import type { LoadedProject } from "../loaded-project.ts";
import type { ProjectContext } from "../project-context.ts";
import { checkOnDisk } from "./check-on-disk.ts";
import { modulesBehind } from "./modules-behind.ts";
import type { Task } from "./select-work.ts";

/**
 * Modules that are current by their digests and yet no longer pass the checks, with what is wrong. Those behind a module that is neither
 * sound nor among `landed` are left out: they would be paid for in vain.
 */
export async function brokenModules(
  context: ProjectContext,
  project: LoadedProject,
  modules: readonly ModuleId[],
  landed: readonly ModuleId[] = [],
): Promise<ReadonlyMap<ModuleId, string>> {
  const sound = new Set(landed);
  const behind = modulesBehind(project.plan, (id) => !sound.has(id));
  const judged = modules.filter((id) => !behind.has(id));
  const { errors } = await checkOnDisk(context, project, judged, ({ paths }) => paths.generated);
  return new Map([...errors].map(([id, [first]]) => [id, first?.message ?? ""]));
}

/** The tasks of generating such modules anew. */
export function brokenTasks(
  project: LoadedProject,
  broken: ReadonlyMap<ModuleId, string>,
): ReadonlyMap<ModuleId, Task> {
  const tasks = new Map<ModuleId, Task>();
  for (const planned of project.plan.modules) {
    const detail = broken.get(planned.id);
    if (detail !== undefined)
      tasks.set(planned.id, {
        kind: "generate",
        planned: { ...planned, state: "stale", reasons: [{ kind: "check_failed", detail }] },
      });
  }
  return tasks;
}
