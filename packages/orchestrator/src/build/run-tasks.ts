import type { ModuleId } from "@jaunt/core";
import { longestRemainingPath, moduleGroups } from "@jaunt/core/graph";
import { dependenciesOf } from "../plan/dependencies-of.ts";
import { noUsage } from "../generate/usage.ts";
import { runSchedule, type TaskResult } from "../schedule/run-schedule.ts";
import { buildModule } from "./build-module.ts";
import { endModule, type BuildRun, type ModuleEnd } from "./build-run.ts";
import type { Task } from "./select-work.ts";

/**
 * Runs tasks, dependencies first; modules of one cycle run side by side. Blocks what needs a module that failed, now or before.
 * `stop` is called when the build cannot go on, so that running calls end.
 */
export async function runTasks(
  run: BuildRun,
  tasks: ReadonlyMap<ModuleId, Task>,
  jobs: number,
  stop: () => void,
): Promise<void> {
  const { control } = run;
  const dependencies = dependenciesOf(run.project.plan);
  const groups = new Map(moduleGroups(dependencies).flatMap((group, index) => group.map((id) => [id, index] as const)));
  const waits = new Map<string, readonly ModuleId[]>();
  for (const [id, { planned }] of tasks) {
    const outside = planned.dependsOn.filter((need) => tasks.has(need) && groups.get(need) !== groups.get(id));
    const held = failedBefore(tasks, id);
    waits.set(id, held === undefined ? outside : [...outside, held]);
    // A task of its own that fails at once, so that blocking works as for one that fails now.
    if (held !== undefined) waits.set(held, []);
  }
  const unstarted = await runSchedule({
    dependencies: waits,
    priority: urgency(run, tasks),
    // A module that waits for a batch takes no job's place; those that do not, take turns.
    jobs: run.backend.batch === undefined ? jobs : Number.POSITIVE_INFINITY,
    signal: control === undefined ? run.signal : AbortSignal.any([run.signal, control.pause]),
    async run(id) {
      const task = tasks.get(id);
      if (task === undefined) return "failed";
      try {
        const adopted = control?.adopted.get(id);
        if (adopted !== undefined) return await adopted;
        const end = buildInTurn(run, task);
        control?.onStart(id, end);
        return await end;
      } catch (error) {
        stop();
        throw error;
      }
    },
    onBlocked: (module, root) => {
      if (!isSuperseded(run)) block(run, module, root);
    },
  });
  // What was merely put off is no news: the run that follows takes it over.
  if (isSuperseded(run)) return;
  const outcome = run.signal.aborted ? "interrupted" : "over_budget";
  for (const module of unstarted) {
    if (tasks.has(module)) endModule(run, notStarted(module, outcome));
  }
}

function notStarted(module: ModuleId, outcome: ModuleEnd["outcome"]): ModuleEnd {
  return {
    module,
    outcome,
    attempts: 0,
    usage: noUsage,
    startedAt: performance.now(),
    diagnostics: [],
    message: `${module} was not started.`,
  };
}

/** In a build by batch all modules that can start do so at once, and take turns to be worked on. */
async function buildInTurn(run: BuildRun, task: Task): Promise<TaskResult> {
  const slots = run.backend.batch?.slots;
  if (slots === undefined) return buildModule(run, task);
  await slots.enter();
  try {
    if (!run.signal.aborted) return await buildModule(run, task);
    endModule(run, notStarted(task.planned.id, "interrupted"));
    return "stopped";
  } finally {
    slots.leave();
  }
}

/** Whether another run has taken over what this one has not started. */
function isSuperseded({ control, signal }: BuildRun): boolean {
  return control?.pause.aborted === true && !signal.aborted;
}

/** The longest remaining path first; before that what runs already, so that it takes its place among the jobs. */
function urgency({ project, control }: BuildRun, tasks: ReadonlyMap<ModuleId, Task>): ReadonlyMap<ModuleId, number> {
  const lengths = longestRemainingPath(dependenciesOf(project.plan), (id) => (tasks.has(id) ? 1 : 0));
  if (control === undefined || control.adopted.size === 0) return lengths;
  return new Map([...lengths].map(([id, length]) => [id, control.adopted.has(id) ? Number.MAX_SAFE_INTEGER : length]));
}

/** The failed module that holds this one up and that this build does not build again. */
function failedBefore(tasks: ReadonlyMap<ModuleId, Task>, id: ModuleId): ModuleId | undefined {
  const reason = tasks.get(id)?.planned.reasons.find(({ kind }) => kind === "dependency_failed");
  return reason?.kind === "dependency_failed" && !tasks.has(reason.module) ? reason.module : undefined;
}

function block(run: BuildRun, module: ModuleId, root: ModuleId): void {
  const message = `${module} depends on ${root}, which failed to build. Fix the dependency first.`;
  endModule(run, {
    module,
    outcome: "blocked",
    attempts: 0,
    usage: noUsage,
    startedAt: performance.now(),
    diagnostics: [],
    message,
  });
}
