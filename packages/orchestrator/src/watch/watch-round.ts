import type { Digest, ModuleId } from "@jaunt/core";
import { emptyTally, type RunControl, type Tally } from "../build/build-run.ts";
import { performBuild } from "../build/perform-build.ts";
import type { PreparedBuild } from "../build/prepare-build.ts";
import { openBackend, type BuildBackend } from "../generate/open-backend.ts";
import type { BuildOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { TaskResult } from "../schedule/run-schedule.ts";
import type { OpenTask } from "./choose-tasks.ts";
import type { FileChange } from "./file-change.ts";
import type { WatchRound } from "./watch-report.ts";

/** A round that is under way. */
export interface RunningRound {
  /** Modules that it is building, or is going to unless it is paused. What it took over from another round is not among them. */
  open(): ReadonlyMap<ModuleId, OpenTask>;
  /** The modules that it started and nobody cancelled, with how they end. */
  started(): ReadonlyMap<ModuleId, StartedModule>;
  /** Leaves out of `started` what has ended by now. */
  forgetEnded(): void;
  /** Ends the model calls of these modules, and resolves once they have ended. */
  cancel(modules: readonly ModuleId[]): Promise<void>;
  /** Starts no more modules; those that run go on. */
  pause(): void;
  /** Settles once nothing of it runs. Never rejects. */
  readonly ended: Promise<RoundEnd>;
}

/** A module that is being built as its digest says. */
export interface StartedModule {
  readonly digest: Digest | undefined;
  readonly end: Promise<TaskResult>;
}

export interface RoundEnd {
  readonly report: WatchRound;
  /** What stopped it; undefined when it went through. */
  readonly error: unknown;
  /** The surrounding modules that it got to check. */
  readonly checked: readonly ModuleId[];
}

export interface RoundPlan {
  readonly context: ProjectContext;
  readonly options: BuildOptions;
  readonly changes: readonly FileChange[];
  readonly prepared: PreparedBuild;
  /** Modules to be checked once the tasks are done. */
  readonly surroundings: readonly ModuleId[];
  /** Modules that earlier rounds are still building as this one would. */
  readonly adopted: ReadonlyMap<ModuleId, Promise<TaskResult>>;
}

/** Starts a round. It takes over what earlier ones are building, and can be taken over from. */
export function startRound(plan: RoundPlan): RunningRound {
  const { context, prepared, adopted } = plan;
  const { plannedOf, modules } = prepared.project;
  const clock = { at: new Date().toISOString(), startedAt: performance.now() };
  const pause = new AbortController();
  const waiting = new Set([...prepared.work.tasks.keys()].filter((id) => !adopted.has(id)));
  const entries = new Map<ModuleId, Entry>();
  const entryOf = (module: ModuleId): Entry => {
    const entry = entries.get(module) ?? { abort: new AbortController(), running: true, end: undefined };
    entries.set(module, entry);
    return entry;
  };
  const control: RunControl = {
    pause: pause.signal,
    adopted,
    signalOf: (module) => AbortSignal.any([context.signal, entryOf(module).abort.signal]),
    onStart(module, end) {
      const entry = entryOf(module);
      entry.end = end;
      waiting.delete(module);
      const close = (): void => void (entry.running = false);
      end.then(close, close);
    },
  };
  const openTask = (id: ModuleId): readonly [ModuleId, OpenTask] => [
    id,
    { digest: plannedOf(id)?.digest, path: modules.get(id)?.path ?? "" },
  ];
  const wanted = (): readonly (readonly [ModuleId, Entry])[] =>
    [...entries].filter(([, { abort }]) => !abort.signal.aborted);
  return {
    open: () =>
      new Map([
        ...(pause.signal.aborted ? [] : [...waiting].map(openTask)),
        ...wanted().flatMap(([id, { running }]) => (running ? [openTask(id)] : [])),
      ]),
    started: () =>
      new Map(
        wanted().flatMap(([id, { end }]) =>
          end === undefined ? [] : [[id, { digest: plannedOf(id)?.digest, end }] as const],
        ),
      ),
    forgetEnded() {
      for (const [id, { running }] of entries) if (!running) entries.delete(id);
    },
    async cancel(cancelled) {
      const ends = cancelled.map((id) => {
        const entry = entries.get(id);
        entry?.abort.abort();
        return entry?.end;
      });
      await Promise.allSettled(ends);
    },
    pause: () => pause.abort(),
    ended: perform(plan, control, clock),
  };
}

interface Entry {
  readonly abort: AbortController;
  running: boolean;
  end: Promise<TaskResult> | undefined;
}

interface Clock {
  readonly at: string;
  readonly startedAt: number;
}

async function perform(plan: RoundPlan, control: RunControl, clock: Clock): Promise<RoundEnd> {
  const { context, options, prepared, surroundings } = plan;
  const tally = emptyTally();
  const backend = openBackend(context, options);
  let error: unknown;
  try {
    await performBuild(context, options, prepared, backend, { control, surroundings, tally });
  } catch (thrown) {
    error = thrown;
  }
  const isComplete = error === undefined && !control.pause.aborted && !context.signal.aborted;
  await backend.close();
  return { report: report(plan, tally, backend, clock), error, checked: isComplete ? surroundings : [] };
}

function report({ changes }: RoundPlan, tally: Tally, backend: BuildBackend, { at, startedAt }: Clock): WatchRound {
  return {
    at,
    changes,
    generated: tally.generated.toSorted(),
    restamped: tally.restamped.toSorted(),
    interrupted: tally.failed
      .filter(({ outcome }) => outcome === "interrupted")
      .map(({ module }) => module)
      .sort(),
    failed: tally.failed
      .filter(({ outcome }) => outcome !== "interrupted")
      .sort((left, right) => (left.module < right.module ? -1 : 1)),
    written: [...new Set(tally.written)].sort(),
    calls: backend.calls(),
    cache_hits: backend.cacheHits(),
    usage: tally.usage,
    duration_seconds: Math.round(performance.now() - startedAt) / 1000,
  };
}
