import type { ModuleId } from "@jaunt/core";
import { longestRemainingPath, moduleDependencies, moduleGroups } from "@jaunt/core/graph";
import { noUsage } from "../generate/usage.ts";
import { runSchedule } from "../schedule/run-schedule.ts";
import { buildModule } from "./build-module.ts";
import { endModule, type BuildRun } from "./build-run.ts";
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
  const dependencies = moduleDependencies(run.project.graph);
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
    priority: longestRemainingPath(dependencies, (id) => (tasks.has(id) ? 1 : 0)),
    jobs,
    signal: run.signal,
    async run(id) {
      const task = tasks.get(id);
      if (task === undefined) return "failed";
      try {
        return await buildModule(run, task);
      } catch (error) {
        stop();
        throw error;
      }
    },
    onBlocked: (module, root) => block(run, module, root),
  });
  for (const module of unstarted) {
    if (tasks.has(module))
      endModule(run, {
        module,
        outcome: "interrupted",
        attempts: 0,
        usage: noUsage,
        startedAt: performance.now(),
        diagnostics: [],
        message: `${module} was not started.`,
      });
  }
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
