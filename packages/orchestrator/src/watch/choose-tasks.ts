import type { Digest, ModuleId } from "@jaunt/core";
import type { Task } from "../build/select-work.ts";
import type { LoadedProject } from "../loaded-project.ts";

/** What a round that is under way still has to do. */
export interface OpenTask {
  /** Module digest it was planned with. */
  readonly digest: Digest | undefined;
  /** Spec file. */
  readonly path: string;
}

export interface TaskChoice {
  /** What a round would do now. What is under way unchanged is part of it. */
  readonly tasks: ReadonlyMap<ModuleId, Task>;
  /** Modules under way that are no longer wanted as they were asked for. */
  readonly cancelled: readonly ModuleId[];
  /** Whether there is anything that is not under way already. */
  readonly isNew: boolean;
}

export interface ChoiceInput {
  readonly project: Pick<LoadedProject, "plannedOf">;
  /** What a build would do. */
  readonly due: ReadonlyMap<ModuleId, Task>;
  readonly open: ReadonlyMap<ModuleId, OpenTask>;
  /** Which of the modules that failed before are tried again; all when something changed that concerns everyone. */
  readonly retried: ReadonlySet<ModuleId> | "all";
  readonly exists: (path: string) => boolean;
}

/**
 * Tells what a change of the project means for what is under way. A module is cancelled when its digest changed or its spec is
 * gone. While a spec cannot be read nobody knows whether it changed, so nothing is cancelled for it.
 */
export function chooseTasks({ project, due, open, retried, exists }: ChoiceInput): TaskChoice {
  const tasks = new Map([...due].filter(([id, { planned }]) => planned.state !== "failed" || isRetried(id, retried)));
  for (const [id, task] of tasks) if (isHeldUp(task, tasks)) tasks.delete(id);
  const cancelled = [...open].flatMap(([id, { digest, path }]) => {
    const now = project.plannedOf(id)?.digest;
    return now === undefined ? (exists(path) ? [] : [id]) : now === digest ? [] : [id];
  });
  const gone = new Set(cancelled);
  const isNew = [...tasks.keys()].some((id) => !open.has(id) || gone.has(id));
  return { tasks, cancelled, isNew };
}

/** Asking again for what failed costs money, so it takes a change that may help. */
function isRetried(id: ModuleId, retried: ReadonlySet<ModuleId> | "all"): boolean {
  return retried === "all" || retried.has(id);
}

/** Whether a task waits for a module that failed and is not tried again. */
function isHeldUp({ planned }: Task, tasks: ReadonlyMap<ModuleId, Task>): boolean {
  const [reason] = planned.reasons;
  return planned.state === "blocked" && reason?.kind === "dependency_failed" && !tasks.has(reason.module);
}
