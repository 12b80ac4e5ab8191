import type { ModuleId } from "@jaunt/core";
import type { BuildConfig } from "@jaunt/core/config";
import type { PlannedModule, Reason } from "@jaunt/core/plan";
import type { LoadedProject } from "../loaded-project.ts";
import type { TaskKind } from "./task-kind.ts";

export interface Task {
  readonly kind: TaskKind;
  readonly planned: PlannedModule;
}

/** What a build has to do with the selected modules. */
export interface Work {
  readonly tasks: ReadonlyMap<ModuleId, Task>;
  /** Hand-edited files, which only `force` replaces. */
  readonly edited: readonly ModuleId[];
  /** Modules that are good as they are, by the plan. */
  readonly good: readonly ModuleId[];
}

/** `force` generates what is good, too; `replaceEdited` even what was edited by hand. */
export interface Force {
  readonly force: boolean;
  readonly replaceEdited: boolean;
}

/** Sorts the selected modules into what is to be done, what is left alone and what is good. */
export function selectWork(
  project: LoadedProject,
  selected: readonly ModuleId[],
  config: BuildConfig,
  { force, replaceEdited }: Force,
): Work {
  const chosen = new Set(selected);
  const tasks = new Map<ModuleId, Task>();
  const edited: ModuleId[] = [];
  const good: ModuleId[] = [];
  for (const planned of project.plan.modules) {
    const { id, state } = planned;
    if (!chosen.has(id) || state === "orphaned") continue;
    if (state === "edited" && !replaceEdited) edited.push(id);
    else if (force)
      tasks.set(id, { kind: "generate", planned: { ...planned, reasons: [...planned.reasons, { kind: "forced" }] } });
    else if (state === "current" || state === "outdated") good.push(id);
    else tasks.set(id, { kind: isVerifiable(planned, config) ? "verify" : "generate", planned });
  }
  return { tasks, edited, good };
}

function isVerifiable({ state, reasons }: PlannedModule, config: BuildConfig): boolean {
  return (
    state === "stale" &&
    config.on_dependency_change === "verify" &&
    reasons.every((reason) => isHarmless(reason, config))
  );
}

/** Reasons that do not say that the body itself answers to something else now. */
function isHarmless({ kind }: Reason, config: BuildConfig): boolean {
  if (kind === "model_changed") return !config.rebuild_on.includes("model");
  if (kind === "prompts_changed") return !config.rebuild_on.includes("prompts");
  return kind === "dependency_changed" || kind === "dependency_added" || kind === "dependency_removed";
}
