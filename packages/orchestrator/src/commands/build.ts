import { setMaxListeners } from "node:events";
import { JauntError, type ModuleId, type SpecSource } from "@jaunt/core";
import { emptyTally, endModule, type BuildRun, type Tally } from "../build/build-run.ts";
import { checkOnDisk } from "../build/check-on-disk.ts";
import { runTasks } from "../build/run-tasks.ts";
import { selectWork, type Task, type Work } from "../build/select-work.ts";
import { openBackend, type BuildBackend } from "../generate/open-backend.ts";
import { noUsage } from "../generate/usage.ts";
import { loadProject, loadSummary, type LoadedProject } from "../load-project.ts";
import { takeBuildLock } from "../lock/build-lock.ts";
import { planSync, type SyncPlan } from "../plan/plan-sync.ts";
import { selectTargets } from "../plan/select.ts";
import type { BuildOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import { readSource } from "../read/read-source.ts";
import { createPromptBuilder } from "../render/prompt-builder.ts";
import type { BuildReport } from "../reports.ts";
import { writeOutput } from "../write/write-output.ts";
import { runCommand } from "./run-command.ts";

/**
 * Generates what is unbuilt or stale, dependencies first, each module landing as soon as it passes. A build with nothing to do
 * writes nothing and takes no lock.
 * @throws {JauntError} when specs form a cycle, another build runs, or no call can succeed
 */
export function build(context: ProjectContext, options: BuildOptions = {}): Promise<BuildReport> {
  const isOk = (report: BuildReport): boolean => report.failed.length === 0 && !report.interrupted;
  return runCommand(
    context,
    "build",
    async (elapsed) => {
      const before = await prepare(context, options);
      const backend = openBackend(context, options);
      if (await isIdle(context, before)) return finish(context, before, emptyTally(), backend, elapsed());
      const lock = takeBuildLock(context.root);
      try {
        // Another build may have ended just before the lock was taken.
        const prepared = await prepare(context, options);
        const tally = await execute(context, options, prepared, backend);
        return finish(context, prepared, tally, backend, elapsed());
      } finally {
        lock.release();
      }
    },
    isOk,
  );
}

interface Prepared {
  readonly project: LoadedProject;
  readonly selected: readonly ModuleId[];
  readonly sync: SyncPlan;
  readonly work: Work;
}

async function prepare(context: ProjectContext, { targets = [], force = false }: BuildOptions): Promise<Prepared> {
  const project = await loadProject(context);
  refuseCycles(project);
  const selected = selectTargets(project, targets);
  // A broken configuration is mended first: what is generated under it would be paid for twice.
  const sync = planSync(context, project, project.configured ? selected : []);
  const buildable = selected.filter((id) => project.configured && !sync.refused.has(id));
  const work = selectWork(project, buildable, context.config.build, {
    force,
    replaceEdited: force && targets.length > 0,
  });
  return { project, selected, sync, work };
}

function refuseCycles({ diagnostics }: LoadedProject): void {
  const cycles = diagnostics.filter(({ code }) => code === "graph/cycle");
  if (cycles.length === 0) return;
  throw new JauntError(cycles.map(({ message }) => message).join("\n"), {
    code: "spec-cycle",
    hint: cycles
      .map(({ hint }) => hint)
      .filter((hint) => hint !== undefined)
      .join("\n"),
    exitCode: 2,
  });
}

async function isIdle(context: ProjectContext, { project, sync, work }: Prepared): Promise<boolean> {
  if (sync.files.length > 0 || work.tasks.size > 0) return false;
  return (await brokenModules(context, project, work.good)).size === 0;
}

/** Modules that are current by their digests and yet no longer pass the checks, with what is wrong. */
async function brokenModules(
  context: ProjectContext,
  project: LoadedProject,
  modules: readonly ModuleId[],
): Promise<ReadonlyMap<ModuleId, string>> {
  const { errors } = await checkOnDisk(context, project, modules, ({ paths }) => paths.generated);
  return new Map([...errors].map(([id, [first]]) => [id, first?.message ?? ""]));
}

async function execute(
  context: ProjectContext,
  options: BuildOptions,
  prepared: Prepared,
  backend: BuildBackend,
): Promise<Tally> {
  const { project, sync, work, selected } = prepared;
  const tally = emptyTally();
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
  };
  const perform = async (tasks: ReadonlyMap<ModuleId, Task>): Promise<void> => {
    if (tasks.size === 0 || run.signal.aborted) return;
    const sources = readSources(context, project, tasks);
    const generated = [...tasks].filter(([, { kind }]) => kind === "generate").map(([id]) => id);
    const { errors } = await checkOnDisk(context, project, generated, ({ module }) => module.path);
    await runTasks({ ...run, sources, specErrors: errors }, tasks, options.jobs ?? context.config.build.jobs, () =>
      stop.abort(),
    );
  };
  try {
    await perform(work.tasks);
    if (!run.signal.aborted) await perform(brokenTasks(project, await brokenModules(context, project, work.good)));
  } finally {
    // The next command then finds its cache as it left the project.
    if (tally.written.length > 0 && !context.signal.aborted) await loadSummary(context);
  }
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

function brokenTasks(project: LoadedProject, broken: ReadonlyMap<ModuleId, string>): ReadonlyMap<ModuleId, Task> {
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

function finish(
  context: ProjectContext,
  { project, sync, work }: Prepared,
  tally: Tally,
  backend: BuildBackend,
  seconds: number,
): BuildReport {
  for (const id of work.edited) tally.failed.push(editedFailure(id, project));
  const touched = new Set([...tally.generated, ...tally.failed.map(({ module }) => module)]);
  const skipped = work.good.filter((id) => !touched.has(id));
  for (const module of skipped)
    endModule(
      { context, tally },
      { module, outcome: "skipped", attempts: 0, usage: noUsage, startedAt: performance.now(), diagnostics: [] },
    );
  return {
    schema: "jaunt.build/1",
    command: "build",
    generated: tally.generated.sort(),
    restamped: tally.restamped.sort(),
    skipped: [...skipped].sort(),
    failed: tally.failed.sort((left, right) => (left.module < right.module ? -1 : 1)),
    written: [...new Set(tally.written)].sort(),
    calls: backend.calls(),
    cache_hits: backend.cacheHits(),
    usage: tally.usage,
    diagnostics: [...project.diagnostics, ...sync.diagnostics, ...tally.diagnostics],
    interrupted: context.signal.aborted,
    duration_seconds: seconds,
  };
}

function editedFailure(module: ModuleId, project: LoadedProject): BuildReport["failed"][number] {
  const path = project.modules.get(module)?.paths.generated ?? module;
  const message = `${path} was edited by hand and is left alone. To replace it, keeping a copy, run: jaunt build --force --target ${module}`;
  return { module, outcome: "edited", message, attempts: 0, diagnostics: [] };
}
