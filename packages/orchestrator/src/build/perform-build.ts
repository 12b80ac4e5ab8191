import { setMaxListeners } from "node:events";
import type { ModuleId, SpecSource } from "@jaunt/core";
import type { BuildBackend } from "../generate/open-backend.ts";
import type { LoadedProject } from "../loaded-project.ts";
import type { BuildOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import { readSource } from "../read/read-source.ts";
import { createPromptBuilder } from "../render/prompt-builder.ts";
import { writeOutput } from "../write/write-output.ts";
import { brokenModules, brokenTasks } from "./broken-modules.ts";
import { emptyTally, type BuildRun, type RunControl, type Tally } from "./build-run.ts";
import { checkOnDisk } from "./check-on-disk.ts";
import { testCasesOf } from "../generate/test-cases.ts";
import type { PreparedBuild } from "./prepare-build.ts";
import { runTasks } from "./run-tasks.ts";
import type { Task } from "./select-work.ts";

export interface PerformSettings {
  readonly control?: RunControl;
  /** Modules that are good by their digests and may still not pass the checks. Default: all that are good. */
  readonly surroundings?: readonly ModuleId[];
  /** What is counted into, so that it can be seen when the build throws. Default: a new one. */
  readonly tally?: Tally;
}

/** Writes missing placeholders and facades, then builds: first what is due by its digests, then what no longer passes the checks. */
export async function performBuild(
  context: ProjectContext,
  options: BuildOptions,
  prepared: PreparedBuild,
  backend: BuildBackend,
  { control, surroundings = prepared.work.good, tally = emptyTally() }: PerformSettings = {},
): Promise<Tally> {
  const { project, sync, work, selected } = prepared;
  for (const { path, text, kind } of sync.files) if (writeOutput(context, path, text, kind)) tally.written.push(path);
  const order = project.plan.order.filter((id) => work.tasks.has(id));
  context.emit({ type: "plan-end", modules: selected.length, total: work.tasks.size, order });
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  setMaxListeners(0, signal);
  const run: Omit<BuildRun, "sources" | "specErrors"> = {
    context,
    options,
    project,
    prompts: createPromptBuilder(context, project),
    backend,
    signal,
    tally,
    ...(control === undefined ? {} : { control }),
  };
  const perform = async (tasks: ReadonlyMap<ModuleId, Task>): Promise<void> => {
    if (tasks.size === 0 || run.signal.aborted) return;
    const sources = readSources(context, project, tasks);
    // What the tasks need of the project is read before the first of them runs: files may be edited meanwhile.
    for (const id of tasks.keys()) project.digestsOf(id);
    if (context.config.build.verify === "tests") for (const id of tasks.keys()) testCasesOf(project, id);
    const generated = [...tasks].filter(([, { kind }]) => kind === "generate").map(([id]) => id);
    const { errors } = await checkOnDisk(context, project, generated, ({ module }) => module.path);
    await runTasks({ ...run, sources, specErrors: errors }, tasks, options.jobs ?? context.config.build.jobs, () =>
      stop.abort(),
    );
  };
  await perform(work.tasks);
  if (!run.signal.aborted && control?.pause.aborted !== true)
    await perform(brokenTasks(project, await brokenModules(context, project, surroundings, tally.generated)));
  await backend.batch?.settle();
  return tally;
}

function readSources(
  context: ProjectContext,
  project: LoadedProject,
  tasks: ReadonlyMap<ModuleId, Task>,
): ReadonlyMap<ModuleId, SpecSource> {
  const sources = new Map<ModuleId, SpecSource>();
  for (const id of tasks.keys()) {
    const loaded = project.modules.get(id);
    if (loaded !== undefined) sources.set(id, readSource(context.root, loaded, project));
  }
  return sources;
}
