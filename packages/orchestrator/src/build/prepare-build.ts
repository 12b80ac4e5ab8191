import { JauntError, type Diagnostic, type ModuleId, type Role } from "@jaunt/core";
import { loadProject } from "../load-project.ts";
import type { LoadedProject } from "../loaded-project.ts";
import { planSync, type SyncPlan } from "../plan/plan-sync.ts";
import { noteEmptySelection, selectBuilds } from "../plan/select.ts";
import { noteNothingFailed, selectFailed } from "../plan/select-failed.ts";
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

/** Which modules a build is about. */
export interface BuildChoice {
  /** All of them are of this role. */
  readonly role: Role;
  /** @throws {JauntError} when a selector selects nothing */
  select(project: LoadedProject): readonly ModuleId[];
  /** What there is to say of what was selected. */
  notes?(selected: readonly ModuleId[]): readonly Diagnostic[];
  /** Whether force replaces what was edited by hand, too. */
  readonly replaceEdited: boolean;
  /** Whose facade and placeholder are looked at. Default: everyone's. */
  isSynced?(id: ModuleId, project: LoadedProject): boolean;
}

/** The modules of code that a selection names. */
export function ofCode(options: Pick<BuildOptions, "targets" | "exclude" | "retryFailed">): BuildChoice {
  const { retryFailed = false, ...selection } = options;
  return {
    role: "build",
    select(project) {
      const selected = selectBuilds(project, selection);
      return retryFailed ? selectFailed(project.plan, selected) : selected;
    },
    notes: (selected) => (retryFailed ? noteNothingFailed(selected) : noteEmptySelection(selection, selected)),
    replaceEdited: (selection.targets ?? []).length > 0,
  };
}

/**
 * Reads the project and finds out what there is to do. Writes nothing but caches.
 * @throws {JauntError} when specs form a cycle or need tests, or a selector selects nothing
 */
export async function prepareBuild(
  context: ProjectContext,
  { force = false }: Pick<BuildOptions, "force">,
  { role, select, notes, replaceEdited, isSynced = () => true }: BuildChoice,
): Promise<PreparedBuild> {
  const project = await loadProject(context, { needs: role });
  refuseGraph(project);
  const selected = select(project);
  // A broken configuration is mended first: what is generated under it would be paid for twice.
  const sync = planSync(context, project, project.configured ? selected.filter((id) => isSynced(id, project)) : []);
  const buildable = selected.filter((id) => project.configured && !sync.refused.has(id));
  const work = selectWork(project, buildable, context.config.build, {
    force,
    replaceEdited: force && replaceEdited,
  });
  return { project, selected, sync, work, notes: notes?.(selected) ?? [] };
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
