import { existsSync } from "node:fs";
import { JauntError, type Diagnostic, type Digest, type ModuleId } from "@jaunt/core";
import type { ModuleState } from "@jaunt/core/plan";
import { brokenModules, brokenTasks } from "../build/broken-modules.ts";
import { ofCode, prepareBuild, type PreparedBuild } from "../build/prepare-build.ts";
import type { Task } from "../build/select-work.ts";
import type { LoadedProject } from "../loaded-project.ts";
import { takeBuildLock, type BuildLock } from "../lock/build-lock.ts";
import type { WatchOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import { nativePath } from "../write/native-path.ts";
import { affectedModules, type KnownImports } from "./affected-modules.ts";
import { checkSources } from "./check-sources.ts";
import { chooseTasks } from "./choose-tasks.ts";
import type { FileChange } from "./file-change.ts";
import { createRunningRounds, type RunningRounds } from "./running-rounds.ts";
import { emitError } from "./watch-error.ts";
import { countStates, moduleStates, watchProblems } from "./watch-problems.ts";
import type { WatchReport } from "./watch-report.ts";
import type { WatchRules } from "./watch-rules.ts";
import { createTotals } from "./watch-totals.ts";
import { forOneRound } from "./watched-context.ts";

/** One look at a project. */
export interface Look {
  readonly context: ProjectContext;
  readonly rules: WatchRules;
  readonly changes: readonly FileChange[];
  /** Whether every module may be concerned: at the start, and after a change of the configuration. */
  readonly everything: boolean;
  /** False only looks: what could not be built is not tried again without a change. */
  readonly mayStart: boolean;
}

/** `locked`: another build runs. `moved`: files changed meanwhile. In both cases nothing is lost, and another look is due. */
export type LookResult = "looked" | "locked" | "moved";

/** What a watch knows from one look to the next. At most one look at a time. */
export interface WatchSession {
  /** Reads the project, cancels what is no longer wanted, and starts what is due. Shows what goes wrong. */
  look(look: Look): Promise<LookResult>;
  isRunning(): boolean;
  /** Modules that were built since this was last asked. */
  takeBuilt(): readonly ModuleId[];
  /** Whether everything was built when it was last looked at. */
  isGreen(): boolean;
  /** Resolves once nothing runs any more, and gives up the lock. */
  close(): Promise<void>;
  report(): Pick<WatchReport, "rounds" | "totals">;
}

/** A session that has not looked yet. `onEnded` is called when a round has ended, for another look. */
export function createSession(options: WatchOptions, onEnded: () => void): WatchSession {
  const session: Session = {
    options,
    rounds: createRunningRounds(onEnded),
    unchecked: new Set(),
    brokenSources: new Set(),
    refused: new Set(),
    states: undefined,
    shown: { problems: new Set(), error: undefined, hasFailed: false },
    pending: nothing,
    digests: new Map(),
    imports: new Map(),
    lock: undefined,
    isWaiting: false,
  };
  const totals = createTotals();
  const built: ModuleId[] = [];
  const collect = (context: ProjectContext): boolean => {
    const ends = session.rounds.collect();
    for (const { report, error, checked } of ends) {
      totals.add(report);
      for (const id of checked) session.unchecked.delete(id);
      built.push(...report.generated, ...report.restamped);
      for (const id of [...report.generated, ...report.restamped]) session.states?.set(id, "current");
      for (const { module, outcome } of report.failed)
        if (outcome === "failed" || outcome === "blocked") session.states?.set(module, outcome);
      if (isMoved(error)) session.pending = { ...session.pending, mayStart: true };
      // A module that several rounds wait for ends all of them with the same error.
      else if (error !== undefined && error !== session.shown.error) emitError(context, error);
      session.shown.error = error ?? session.shown.error;
    }
    return ends.length > 0;
  };
  const unlock = (): void => {
    session.lock?.release();
    session.lock = undefined;
  };
  return {
    async look(look) {
      const context = forOneRound(look.context);
      const hasEnded = collect(context);
      if (!session.rounds.isRunning()) unlock();
      session.pending = {
        ...session.pending,
        changes: [...session.pending.changes, ...look.changes],
        everything: session.pending.everything || look.everything,
        mayStart: session.pending.mayStart || look.mayStart,
      };
      const { mayStart, everything, changes } = session.pending;
      if (hasEnded && !mayStart && !everything && changes.length === 0) {
        if (!session.rounds.isRunning()) emitIdle(session, context);
        return "looked";
      }
      try {
        return await lookAt(session, { ...look, context }, hasEnded);
      } catch (error) {
        if (isMoved(error)) return "moved";
        const { told, changes } = session.pending;
        if (changes.length > 0) emitChange(context, changes, "report");
        emitError(context, error);
        session.pending = { ...session.pending, told: [...told, ...changes], changes: [] };
        session.shown.hasFailed = true;
        await session.rounds.cancel(withoutSpec(context, session.rounds));
        return "looked";
      }
    },
    isRunning: () => session.rounds.isRunning(),
    takeBuilt: () => built.splice(0),
    isGreen: () =>
      !session.shown.hasFailed && [...(session.states?.values() ?? ["unbuilt"])].every((state) => green.has(state)),
    async close() {
      await session.rounds.settle();
      for (const { report } of session.rounds.collect()) totals.add(report);
      unlock();
    },
    report: totals.report,
  };
}

/** States of modules that tests can be run against: what was edited by hand is there, too. */
const green: ReadonlySet<string> = new Set(["current", "outdated", "edited", "orphaned"]);

interface Session {
  readonly options: WatchOptions;
  readonly rounds: RunningRounds;
  /** Modules whose surroundings changed and that were not checked since. */
  readonly unchecked: Set<ModuleId>;
  /** Modules with a facade that does not pass them on. */
  refused: ReadonlySet<ModuleId>;
  /** Module states at the last look, and what rounds made of them since; undefined before the first. */
  states: Map<ModuleId, ModuleState> | undefined;
  /** Hand-written files that had errors of their own when last checked. */
  readonly brokenSources: Set<string>;
  /** What was said last, so that it is not said again. */
  readonly shown: { problems: ReadonlySet<string>; error: unknown; hasFailed: boolean };
  /** What no look has dealt with yet. */
  pending: Pending;
  /** Module digests at the last look. */
  digests: ReadonlyMap<ModuleId, Digest>;
  readonly imports: KnownImports;
  lock: BuildLock | undefined;
  /** Whether it was said that another build holds the lock. */
  isWaiting: boolean;
}

interface Pending extends Pick<Look, "changes" | "everything" | "mayStart"> {
  /** Changes that were shown already, with the error that kept them from being dealt with. */
  readonly told: readonly FileChange[];
}

const nothing: Pending = { told: [], changes: [], everything: false, mayStart: false };

async function lookAt(session: Session, { context, rules }: Look, hasEnded: boolean): Promise<LookResult> {
  const { rounds, pending, unchecked } = session;
  rounds.forgetEnded();
  const prepared = await prepareBuild(
    context,
    {},
    {
      ...ofCode(session.options),
      isSynced: syncRule(session),
    },
  );
  session.refused = prepared.sync.refused;
  const { project, work, sync } = prepared;
  const affected = findAffected(session, context, project);
  for (const id of affected === "all" ? work.good : affected) unchecked.add(id);
  const choice = chooseTasks({
    project,
    due: work.tasks,
    open: rounds.open(),
    retried: affected,
    exists: (path) => existsSync(nativePath(context.root, path)),
  });
  const sources = await checkChangedSources(session, context, rules, project);
  const surroundings = work.good.filter((id) => unchecked.has(id) && !sources.held.has(id));
  let tasks = choice.tasks;
  let isDue = choice.isNew || choice.cancelled.length > 0 || sync.files.length > 0;
  if (!isDue && pending.mayStart && !rounds.isRunning()) {
    tasks = brokenTasks(project, await brokenModules(context, project, surroundings));
    for (const id of surroundings) unchecked.delete(id);
    isDue = tasks.size > 0;
  }
  const starts = isDue && pending.mayStart;
  if (starts && !takeLock(session, context)) return "locked";
  session.digests = new Map(
    project.plan.modules.flatMap(({ id, digest }) => (digest === undefined ? [] : [[id, digest]])),
  );
  // What was looked at beside running modules is checked once these have ended.
  session.pending = {
    ...nothing,
    mayStart: rounds.isRunning() && !starts && surroundings.length > 0,
  };
  const isNews = show(session, context, prepared, sources.diagnostics, {
    changes: pending.changes,
    modules: starts ? [...tasks.keys()].filter((id) => !rounds.open().has(id)) : undefined,
  });
  if (starts) await start(session, { context, prepared, tasks, surroundings, ...pending }, choice.cancelled);
  else if (!rounds.isRunning() && (hasEnded || isNews || (pending.everything && pending.changes.length === 0)))
    emitIdle(session, context);
  return "looked";
}

/** Which facades and placeholders may have to be written, or refused: reading all of them each time would take longest of all. */
function syncRule({ pending, refused }: Session): (id: ModuleId, project: LoadedProject) => boolean {
  if (pending.everything) return () => true;
  const changed = new Set([...pending.told, ...pending.changes].map(({ path }) => path));
  let unfinished: ReadonlySet<ModuleId> | undefined;
  return (id, { modules, plan }) => {
    unfinished ??= new Set(plan.modules.filter(({ state }) => state !== "current").map((module) => module.id));
    const { path: spec, paths } = modules.get(id) ?? {};
    return refused.has(id) || unfinished.has(id) || [spec, paths?.facade].some((path) => changed.has(path ?? ""));
  };
}

function emitIdle({ states = new Map() }: Session, { emit }: ProjectContext): void {
  const counts = countStates(states);
  emit({ type: "watch-idle", modules: states.size - (counts.orphaned ?? 0), states: counts });
}

/** Modules that may be concerned without their digest having changed. A spec file saved with the same meaning concerns nobody. */
function findAffected(
  { pending, digests, imports }: Session,
  { root }: ProjectContext,
  project: LoadedProject,
): ReadonlySet<ModuleId> | "all" {
  if (pending.everything) return "all";
  const same = new Set(
    [...project.modules].flatMap(([id, { path }]) => (digests.get(id) === project.plannedOf(id)?.digest ? [path] : [])),
  );
  const paths = [...pending.told, ...pending.changes].map(({ path }) => path).filter((path) => !same.has(path));
  return paths.length === 0 ? new Set() : affectedModules(root, project, paths, imports);
}

interface SourceCheck {
  readonly diagnostics: readonly Diagnostic[];
  /** Modules that are not judged while a file they are built upon has errors of its own. */
  readonly held: ReadonlySet<ModuleId>;
}

async function checkChangedSources(
  { pending, brokenSources, unchecked, imports }: Session,
  context: ProjectContext,
  rules: WatchRules,
  project: LoadedProject,
): Promise<SourceCheck> {
  const written = [...pending.told, ...pending.changes].filter(
    ({ path, change }) => change !== "deleted" && rules.isSource(path),
  );
  const paths = [...new Set([...brokenSources, ...written.map(({ path }) => path)])];
  if (paths.length === 0 || unchecked.size === 0) return { diagnostics: [], held: new Set() };
  const diagnostics = await checkSources(context, project, paths);
  brokenSources.clear();
  for (const { file } of diagnostics) if (file !== undefined) brokenSources.add(file);
  const held =
    brokenSources.size === 0
      ? new Set<ModuleId>()
      : affectedModules(context.root, project, [...brokenSources], imports);
  return { diagnostics, held };
}

/** False, having said so once, while another build holds the lock. */
function takeLock(session: Session, context: ProjectContext): boolean {
  try {
    session.lock ??= takeBuildLock(context.root);
    session.isWaiting = false;
    return true;
  } catch (error) {
    if (!JauntError.isInstance(error) || error.code !== "build-locked") throw error;
    if (!session.isWaiting)
      context.emit({ type: "warning", message: error.message, hint: "The watch goes on when that one has ended." });
    session.isWaiting = true;
    return false;
  }
}

/** Says what changed, what comes of it, and what is wrong that was not wrong before. True when there is anything to say besides. */
function show(
  session: Session,
  context: ProjectContext,
  prepared: PreparedBuild,
  sources: readonly Diagnostic[],
  { changes, modules }: { readonly changes: readonly FileChange[]; readonly modules: readonly ModuleId[] | undefined },
): boolean {
  const { shown } = session;
  const problems = new Map(
    [...watchProblems(prepared), ...sources].map((problem) => [JSON.stringify(problem), problem]),
  );
  const before = session.states === undefined ? undefined : countKey(session.states);
  session.states = moduleStates(prepared);
  const fresh = [...problems].flatMap(([key, problem]) => (shown.problems.has(key) ? [] : [problem]));
  const isNews =
    fresh.length > 0 || problems.size !== shown.problems.size || countKey(session.states) !== before || shown.hasFailed;
  shown.hasFailed = false;
  shown.problems = new Set(problems.keys());
  if (changes.length > 0)
    emitChange(context, changes, modules !== undefined ? "build" : isNews ? "report" : "none", modules);
  if (fresh.length > 0) context.emit({ type: "watch-problems", diagnostics: fresh });
  return isNews;
}

function countKey(states: ReadonlyMap<ModuleId, ModuleState>): string {
  return JSON.stringify(Object.entries(countStates(states)).sort());
}

function emitChange(
  { emit }: ProjectContext,
  changes: readonly FileChange[],
  effect: "build" | "report" | "none",
  modules: readonly ModuleId[] = [],
): void {
  const last = new Map(changes.map((change) => [change.path, change]));
  emit({ type: "watch-change", at: Date.now(), changes: [...last.values()], effect, modules });
}

interface Start {
  readonly context: ProjectContext;
  readonly prepared: PreparedBuild;
  readonly tasks: ReadonlyMap<ModuleId, Task>;
  readonly surroundings: readonly ModuleId[];
  readonly changes: readonly FileChange[];
}

/** Starts a round that takes over what runs and is still wanted. */
async function start(
  { rounds, options }: Session,
  { context, prepared, tasks, surroundings, changes }: Start,
  cancelled: readonly ModuleId[],
): Promise<void> {
  const goOn = rounds.pause();
  await rounds.cancel(cancelled);
  const gone = new Set(cancelled);
  const adopted = new Map(
    [...goOn].flatMap(([id, { digest, end }]) =>
      tasks.has(id) && !gone.has(id) && digest === prepared.project.plannedOf(id)?.digest ? [[id, end]] : [],
    ),
  );
  const work = { ...prepared.work, tasks };
  rounds.start({ context, options, changes, prepared: { ...prepared, work }, surroundings, adopted });
}

/** Modules under way whose spec file is gone. */
function withoutSpec({ root }: ProjectContext, rounds: RunningRounds): readonly ModuleId[] {
  return [...rounds.open()].filter(([, { path }]) => !existsSync(nativePath(root, path))).map(([id]) => id);
}

/** Whether a file changed between two looks at it, which the next look mends. */
function isMoved(error: unknown): boolean {
  return JauntError.isInstance(error) && error.code === "changed-meanwhile";
}
