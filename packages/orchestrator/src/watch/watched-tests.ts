import type { ModuleId } from "@jaunt/core";
import { loadProject } from "../load-project.ts";
import type { LoadedProject } from "../loaded-project.ts";
import { findTouchedModules } from "../plan/touched-modules.ts";
import type { WatchOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import { chooseTests } from "../suite/choose-tests.ts";
import { performTest } from "../suite/perform-test.ts";
import { emitError } from "./watch-error.ts";
import { forOneRound } from "./watched-context.ts";

/** The tests of a watch: run beside its rounds, and begun anew when something changes meanwhile. */
export interface WatchedTests {
  /** Takes note of what tests are due for: modules that were built, and files that changed; `everything` for all. */
  note(due: {
    readonly built?: readonly ModuleId[];
    readonly changed?: readonly string[];
    readonly everything?: boolean;
  }): void;
  /** Runs what is due, unless nothing is or it runs already. */
  start(context: ProjectContext): void;
  /** Ends a run; what it was about stays due. */
  cancel(): Promise<void>;
  isRunning(): boolean;
}

/** Tests of a watch that has not begun: all are due. */
export function createWatchedTests(options: WatchOptions): WatchedTests {
  let due = everything();
  let run: Run | undefined;
  return {
    note({ built = [], changed = [], everything: all = false }) {
      for (const id of built) due.built.add(id);
      for (const path of changed) due.changed.add(path);
      due.everything ||= all;
    },
    start(context) {
      if (run !== undefined || !isDue(due)) return;
      const abort = new AbortController();
      const signal = AbortSignal.any([context.signal, abort.signal]);
      const taken = due;
      due = { built: new Set(), changed: new Set(), everything: false };
      const ended = runDue(forOneRound({ ...context, signal }), options, taken).then(() => {
        run = undefined;
        if (!signal.aborted) return;
        for (const id of taken.built) due.built.add(id);
        for (const path of taken.changed) due.changed.add(path);
        due.everything ||= taken.everything;
      });
      run = { abort, ended };
    },
    async cancel() {
      run?.abort.abort();
      await run?.ended;
    },
    isRunning: () => run !== undefined,
  };
}

interface Run {
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

interface Due {
  readonly built: Set<ModuleId>;
  readonly changed: Set<string>;
  everything: boolean;
}

function everything(): Due {
  return { built: new Set(), changed: new Set(), everything: true };
}

function isDue(due: Due): boolean {
  return due.everything || due.built.size > 0 || due.changed.size > 0;
}

/** Never rejects: what goes wrong is shown, and the watch goes on. */
async function runDue(context: ProjectContext, options: WatchOptions, due: Due): Promise<void> {
  try {
    const touched = touchedBy(await loadProject(context), options, due);
    if (touched.length === 0 || context.signal.aborted) return;
    const { exclude = [], noCache = false, offline = false } = options;
    const { tests, counts, failed, interrupted } = await performTest(context, {
      targets: touched.map((id) => `./${id}`),
      exclude,
      build: false,
      noCache,
      offline,
    });
    if (interrupted || (tests.length === 0 && failed.length === 0)) return;
    const wrong = tests.filter(({ outcome }) => outcome === "failed");
    context.emit({ type: "watch-tests", counts, failed: wrong, ungenerated: failed.map(({ module }) => module) });
  } catch (error) {
    if (!context.signal.aborted) emitError(context, error);
  }
}

/** The modules, of code and of tests, whose tests may end differently now: as far as the watch is about them. */
function touchedBy(
  project: LoadedProject,
  { targets = [], exclude = [] }: WatchOptions,
  due: Due,
): readonly ModuleId[] {
  const chosen = chooseTests(project, { targets, exclude });
  const wanted = [...new Set([...chosen.examples, ...chosen.tests, ...(targets.length === 0 ? chosen.builds : [])])];
  if (due.everything) return wanted;
  const { modules } = findTouchedModules(project, due.changed);
  const reached = withDependents(project, [...due.built, ...modules]);
  return wanted.filter((id) => reached.has(id));
}

/** The modules and everything that needs one of them, directly or not. */
function withDependents({ plan }: LoadedProject, modules: readonly ModuleId[]): ReadonlySet<ModuleId> {
  const dependents = new Map<ModuleId, ModuleId[]>();
  for (const { id, dependsOn } of plan.modules)
    for (const need of dependsOn) dependents.set(need, [...(dependents.get(need) ?? []), id]);
  const reached = new Set(modules);
  // A set is iterated together with what is added on the way.
  for (const id of reached) for (const dependent of dependents.get(id) ?? []) reached.add(dependent);
  return reached;
}
