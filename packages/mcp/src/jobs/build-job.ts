import type { Diagnostic } from "@jaunt/core";
import type { BuildReport, RunEvent, TestReport } from "@jaunt/orchestrator";
import type { DelegateBackend, PendingPrompt } from "./delegate-backend.ts";

export type JobState = "running" | "done" | "failed" | "cancelled";

/** What became of a submitted source. */
export interface Verdict {
  readonly module: string;
  readonly attempt: number;
  readonly accepted: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a job ends with. */
export type JobReport = BuildReport | TestReport;

/** One build or test run, running or ended, that outlives the call that started it. */
export interface BuildJob {
  readonly id: string;
  readonly command: JobReport["command"];
  readonly delegate: DelegateBackend | undefined;
  state(): JobState;
  /** What it ended with; undefined while it runs and when an error stopped it. */
  report(): JobReport | undefined;
  /** What stopped it. */
  error(): unknown;
  progress(): JobProgress;
  /** Verdicts on attempts so far, oldest first. */
  verdicts(): readonly Verdict[];
  /** True from the moment it was cancelled, while its state may still be `running`. */
  isCancelled(): boolean;
  /** Aborts the backend's calls; settles once nothing runs any more. */
  cancel(): Promise<void>;
  /** Settles when `condition` holds, the job ended, the time is over or the signal aborts. */
  wait(options: WaitOptions): Promise<void>;
}

export interface WaitOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly until?: () => boolean;
}

export interface JobProgress {
  readonly elapsedSeconds: number;
  readonly done: number;
  /** Modules to be built; 0 until it is planned. */
  readonly total: number;
  readonly running: readonly string[];
}

/** What a job is made of. */
export interface JobOptions {
  readonly id: string;
  readonly command: JobReport["command"];
  /** Present when the agent writes the code; `onChange` is to be called whenever a prompt came or went. */
  readonly makeDelegate?: (onChange: () => void) => DelegateBackend;
  /** The work itself. */
  readonly run: (work: JobWork) => Promise<JobReport>;
}

export interface JobWork {
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
  readonly delegate: DelegateBackend | undefined;
}

/** Starts a build or a test run. */
export function startJob({ id, command, makeDelegate, run }: JobOptions): BuildJob {
  const controller = new AbortController();
  const listeners = new Set<() => void>();
  const startedAt = performance.now();
  const running = new Set<string>();
  const verdicts: Verdict[] = [];
  let state: JobState = "running";
  let report: JobReport | undefined;
  let error: unknown;
  let done = 0;
  let total = 0;
  let endedAt: number | undefined;
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const onEvent = (event: RunEvent): void => {
    if (event.type === "plan-end") total = event.total;
    else if (event.type === "module-start") running.add(event.module);
    else if (event.type === "attempt-end") verdicts.push(verdictOf(event));
    else if (event.type === "module-end" && event.outcome !== "skipped") {
      running.delete(event.module);
      done += 1;
    } else return;
    changed();
  };
  const delegate = makeDelegate?.(changed);
  const finished = run({ signal: controller.signal, onEvent, delegate }).then(
    (value) => {
      report = value;
      state = controller.signal.aborted ? "cancelled" : "done";
    },
    (thrown: unknown) => {
      error = thrown;
      state = controller.signal.aborted ? "cancelled" : "failed";
    },
  );
  const ended = finished.finally(() => {
    endedAt = performance.now();
    running.clear();
    changed();
  });
  return {
    id,
    command,
    delegate,
    state: () => state,
    report: () => report,
    error: () => error,
    progress: () => ({
      elapsedSeconds: Math.round((endedAt ?? performance.now()) - startedAt) / 1000,
      done,
      total,
      running: [...running],
    }),
    verdicts: () => verdicts,
    isCancelled: () => controller.signal.aborted,
    async cancel() {
      controller.abort();
      await ended;
    },
    wait({ timeoutMs, signal, until = () => false }) {
      return new Promise((resolve) => {
        const look = (): void => {
          if (state !== "running" || signal.aborted || until()) settle();
        };
        const settle = (): void => {
          clearTimeout(timer);
          listeners.delete(look);
          signal.removeEventListener("abort", look);
          resolve();
        };
        const timer = setTimeout(settle, timeoutMs);
        listeners.add(look);
        signal.addEventListener("abort", look);
        look();
      });
    },
  };
}

/** The prompts that wait, in the order in which they came; empty when the build is not the agent's. */
export function pendingOf({ delegate }: BuildJob): readonly PendingPrompt[] {
  return delegate?.pending() ?? [];
}

function verdictOf({
  module,
  attempt,
  accepted,
  diagnostics,
}: Extract<RunEvent, { readonly type: "attempt-end" }>): Verdict {
  return { module, attempt, accepted, diagnostics };
}
