import { JauntError, type Diagnostic, type ModuleId } from "@jaunt/core";
import { loadProject, type LoadedProject } from "../load-project.ts";
import { planSync, type SyncPlan } from "../plan/plan-sync.ts";
import { noteEmptySelection, selectBuilds } from "../plan/select.ts";
import type { BuildOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import { selectWork, type Work } from "./select-work.ts";

/** A project with what a build has to do in it. */
export interface PreparedBuild {
  readonly project: LoadedProject;
  readonly selected: readonly ModuleId[];
  readonly sync: SyncPlan;
  readonly work: Work;
  /** What there is to say of the selection. */
  readonly notes: readonly Diagnostic[];
}

/**
 * Reads the project and finds out what there is to do. Writes nothing but caches.
 * `isSynced` tells whose facade and placeholder are looked at.
 * @throws {JauntError} when specs form a cycle or need tests, or a selector selects nothing
 */
export async function prepareBuild(
  context: ProjectContext,
  options: BuildOptions,
  isSynced: (id: ModuleId, project: LoadedProject) => boolean = () => true,
): Promise<PreparedBuild> {
  const { targets = [], force = false } = options;
  const project = await loadProject(context, { needs: "build" });
  refuseGraph(project);
  const selected = selectBuilds(project, options);
  // A broken configuration is mended first: what is generated under it would be paid for twice.
  const sync = planSync(context, project, project.configured ? selected.filter((id) => isSynced(id, project)) : []);
  const buildable = selected.filter((id) => project.configured && !sync.refused.has(id));
  const work = selectWork(project, buildable, context.config.build, {
    force,
    replaceEdited: force && targets.length > 0,
  });
  return { project, selected, sync, work, notes: noteEmptySelection(options, selected) };
}

function refuseGraph({ diagnostics }: LoadedProject): void {
  const errors = diagnostics.filter(({ code, severity }) => severity === "error" && code.startsWith("graph/"));
  if (errors.length === 0) return;
  throw new JauntError(errors.map(({ message }) => message).join("\n"), {
    code: errors.some(({ code }) => code === "graph/cycle") ? "spec-cycle" : "spec-needs-test",
    hint: [...new Set(errors.flatMap(({ hint }) => hint ?? []))].join("\n"),
    exitCode: 2,
  });
}
