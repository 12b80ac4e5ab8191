import type { ModuleId } from "@jaunt/core";
import type { LoadedProject } from "../load-project.ts";
import type { ProjectContext } from "../project-context.ts";
import { checkOnDisk } from "./check-on-disk.ts";
import type { Task } from "./select-work.ts";

/** Modules that are current by their digests and yet no longer pass the checks, with what is wrong. */
export async function brokenModules(
  context: ProjectContext,
  project: LoadedProject,
  modules: readonly ModuleId[],
): Promise<ReadonlyMap<ModuleId, string>> {
  const { errors } = await checkOnDisk(context, project, modules, ({ paths }) => paths.generated);
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
