import { createReadyQueue } from "./ready-queue.ts";

/** How a task ended: `done` lets its dependents start, `failed` blocks them, `stopped` leaves them where they are. */
export type TaskResult = "done" | "failed" | "stopped";

export interface Schedule {
  /** Every task with the tasks it waits for. Names that are no tasks count as done. There must be no cycle. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  /** Larger runs earlier among those that are ready. */
  readonly priority: ReadonlyMap<string, number>;
  /** Tasks at once, at least 1. */
  readonly jobs: number;
  /** Runs one task. When it throws, no more tasks start and the schedule rejects once the running ones ended. */
  run(task: string): Promise<TaskResult>;
  /** A task that never runs because `root`, which it needs directly or through others, failed. */
  onBlocked(task: string, root: string): void;
  /** No task starts after it aborts. */
  readonly signal: AbortSignal;
}

/** Runs tasks as soon as what they wait for is done, without waves. Returns the tasks that never started because of an abort, in code-unit order. */
export async function runSchedule(schedule: Schedule): Promise<readonly string[]> {
  const state = prepare(schedule);
  const { promise, resolve } = settleLater();
  let running = 0;
  const fill = (): void => {
    while (running < Math.max(1, schedule.jobs) && state.failures.length === 0 && !schedule.signal.aborted) {
      const task = state.ready.pop();
      if (task === undefined) break;
      running += 1;
      state.waiting.delete(task);
      void runTask(schedule, state, task).then(() => {
        running -= 1;
        fill();
      });
    }
    if (running === 0) resolve();
  };
  fill();
  await promise;
  if (state.failures.length > 0) throw state.failures[0];
  return [...state.waiting.keys()].sort();
}

/** A promise with its own way to settle it. */
function settleLater(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

async function runTask(schedule: Schedule, state: State, task: string): Promise<void> {
  try {
    const result = await schedule.run(task);
    if (result === "done") release(state, task);
    else if (result === "failed") block(state, schedule, task);
  } catch (error) {
    state.failures.push(error);
  }
}

interface State {
  readonly ready: ReturnType<typeof createReadyQueue>;
  /** Tasks that have not started, with the number of tasks they still wait for. */
  readonly waiting: Map<string, number>;
  readonly dependents: ReadonlyMap<string, readonly string[]>;
  /** What was thrown; the first ends the schedule. */
  readonly failures: unknown[];
}

function prepare({ dependencies, priority }: Schedule): State {
  const waiting = new Map<string, number>();
  const dependents = new Map<string, string[]>();
  const ready = createReadyQueue((task) => priority.get(task) ?? 0);
  for (const [task, needs] of dependencies) {
    const known = [...new Set(needs)].filter((need) => need !== task && dependencies.has(need));
    waiting.set(task, known.length);
    for (const need of known) {
      const list = dependents.get(need);
      if (list === undefined) dependents.set(need, [task]);
      else list.push(task);
    }
    if (known.length === 0) ready.push(task);
  }
  return { ready, waiting, dependents, failures: [] };
}

function release({ dependents, waiting, ready }: State, task: string): void {
  for (const dependent of dependents.get(task) ?? []) {
    const left = (waiting.get(dependent) ?? 0) - 1;
    if (!waiting.has(dependent)) continue;
    waiting.set(dependent, left);
    if (left === 0) ready.push(dependent);
  }
}

function block({ dependents, waiting }: State, schedule: Schedule, failed: string): void {
  const pending = [failed];
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    for (const dependent of dependents.get(task) ?? []) {
      // Blocked twice over is blocked once.
      if (!waiting.delete(dependent)) continue;
      schedule.onBlocked(dependent, failed);
      pending.push(dependent);
    }
  }
}
