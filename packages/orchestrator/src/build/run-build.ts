import { resolve } from "node:path";
import { JauntError, type ModuleId } from "@jaunt/core";
import { openBatchStore } from "../batch/batch-store.ts";
import { openBackend, type BuildBackend } from "../generate/open-backend.ts";
import { noUsage } from "../generate/usage.ts";
import { loadSummary } from "../load-project.ts";
import type { LoadedProject } from "../loaded-project.ts";
import { sweepDeadLock, takeBuildLock } from "../lock/build-lock.ts";
import { nextCommand } from "../plan/next-command.ts";
import { roleOf } from "../plan/select.ts";
import type { BuildOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { BuildReport } from "../reports.ts";
import { sweepFailures } from "../write/sweep-failures.ts";
import { sweepTemporary } from "../write/temporary-file.ts";
import { brokenModules } from "./broken-modules.ts";
import { emptyTally, endModule, type Tally } from "./build-run.ts";
import { performBuild } from "./perform-build.ts";
import { prepareBuild, type BuildChoice, type PreparedBuild } from "./prepare-build.ts";

/** What a build did, whichever command it was part of. */
export type BuildOutcome = Omit<BuildReport, "schema" | "command" | "duration_seconds">;

/**
 * Generates what is unbuilt or stale of the chosen modules, dependencies first, each module landing as soon as it passes. With nothing
 * to do it writes nothing and leaves no lock, not even a dead one.
 * @throws {JauntError} when specs form a cycle, another build runs, or no call can succeed
 */
export async function runBuild(
  context: ProjectContext,
  options: BuildOptions,
  choice: BuildChoice,
): Promise<BuildOutcome> {
  const { backend, idle } = await lookFirst(context, options, choice);
  if (idle !== undefined) return idle;
  const lock = takeBuildLock(context.root);
  const tally = emptyTally();
  try {
    return await buildUnderLock(context, options, choice, backend, tally).finally(async () => {
      // The next command then finds its cache as it left the project.
      if (tally.written.length > 0 && !context.signal.aborted) await loadSummary(context);
    });
  } finally {
    await backend.close();
    lock.release();
  }
}

async function buildUnderLock(
  context: ProjectContext,
  options: BuildOptions,
  choice: BuildChoice,
  backend: BuildBackend,
  tally: Tally,
): Promise<BuildOutcome> {
  // Another build may have ended just before the lock was taken.
  const prepared = await prepareBuild(context, options, choice);
  const telemetry = await context.telemetry();
  await telemetry.span(`jaunt.${choice.role}`, {}, () => performBuild(context, options, prepared, backend, { tally }));
  return finish(context, prepared, tally, backend);
}

interface FirstLook {
  readonly backend: BuildBackend;
  /** The outcome of a build that has nothing to do. */
  readonly idle?: BuildOutcome;
}

/** Looks at the project before the lock is taken. Nothing of it is kept, for a large project takes much memory. */
async function lookFirst(context: ProjectContext, options: BuildOptions, choice: BuildChoice): Promise<FirstLook> {
  const prepared = await prepareBuild(context, options, choice);
  sweepTemporary(context.root, prepared.project.temporary, resolve(context.root, context.config.cache.dir));
  sweepFailures(context.root, prepared.project, prepared.selected);
  const backend = openBackend(context, options);
  const { resume = false } = options;
  if (resume && backend.batch?.pending().length === 0) throw nothingToResume();
  if (options.batch !== true) warnOfBatches(context, options, prepared);
  if (resume || !(await isIdle(context, prepared))) return { backend };
  sweepDeadLock(context.root);
  return { backend, idle: finish(context, prepared, emptyTally(), backend) };
}

async function isIdle(context: ProjectContext, { project, sync, work }: PreparedBuild): Promise<boolean> {
  if (sync.files.length > 0 || work.tasks.size > 0) return false;
  return (await brokenModules(context, project, work.good)).size === 0;
}

function nothingToResume(): JauntError {
  return new JauntError("There is no batch to resume.", {
    code: "batch-none",
    exitCode: 2,
    hint: "`jaunt build --batch` submits one. A batch belongs to the provider, address and output that are set in [llm].",
  });
}

/** Who does not wait for a batch that is out pays for the same once more. */
function warnOfBatches(context: ProjectContext, { offline = false }: BuildOptions, { work }: PreparedBuild): void {
  if (offline || work.tasks.size === 0) return;
  const count = openBatchStore(context.root).list().length;
  if (count === 0) return;
  context.emit({
    type: "warning",
    message: `${count === 1 ? "A batch is" : `${String(count)} batches are`} still with the provider; this build asks without.`,
    hint: "Stop it and run `jaunt build --batch --resume` to wait for what is paid for already.",
  });
}

function finish(
  context: ProjectContext,
  { project, sync, work, notes }: PreparedBuild,
  tally: Tally,
  backend: BuildBackend,
): BuildOutcome {
  for (const id of work.edited) tally.failed.push(editedFailure(id, project));
  const touched = new Set([...tally.generated, ...tally.failed.map(({ module }) => module)]);
  const skipped = work.good.filter((id) => !touched.has(id));
  for (const module of skipped)
    endModule(
      { context, tally },
      { module, outcome: "skipped", attempts: 0, usage: noUsage, startedAt: performance.now(), diagnostics: [] },
    );
  return {
    generated: tally.generated.sort(),
    restamped: tally.restamped.sort(),
    skipped: [...skipped].sort(),
    failed: tally.failed.sort((left, right) => (left.module < right.module ? -1 : 1)),
    spliced: tally.spliced.sort((left, right) => (left.module < right.module ? -1 : 1)),
    restamps: tally.restamps.sort((left, right) => (left.module < right.module ? -1 : 1)),
    examples: tally.examples,
    written: [...new Set(tally.written)].sort(),
    calls: backend.calls(),
    cache_hits: backend.cacheHits(),
    remote_hits: backend.remoteHits(),
    usage: tally.usage,
    spent: tally.spent,
    cost: backend.spending().dollars ?? null,
    cost_to_date: backend.book(),
    model: backend.model(),
    ...(backend.batch === undefined ? {} : { batches: backend.batch.batches() }),
    budget_reached: backend.spending().reached,
    budget_refused: backend.spending().refused ?? null,
    diagnostics: [...project.diagnostics, ...notes, ...sync.diagnostics, ...tally.diagnostics],
    interrupted: context.signal.aborted,
  };
}

function editedFailure(module: ModuleId, project: LoadedProject): BuildReport["failed"][number] {
  const path = project.modules.get(module)?.paths.generated ?? module;
  const replace = nextCommand(module, "edited", roleOf(project, module)) ?? "";
  const message = `${path} was edited by hand and is left alone. To replace it, keeping a copy, run: ${replace}`;
  return { module, outcome: "edited", message, attempts: 0, diagnostics: [] };
}
