import type { ErrorReport } from "@jaunt/orchestrator";
import { errorReport } from "../protocol/tool-result.ts";
import { pendingOf, type BuildJob, type JobReport, type JobState, type Verdict } from "./build-job.ts";
import type { PendingPrompt } from "./delegate-backend.ts";

/** A job as plain data: how far it is, what it waits for, and at the end its report or its error. */
export interface JobDocument {
  readonly schema: "jaunt.job/1";
  readonly command: "job";
  readonly job: string;
  readonly state: JobState;
  /** Who writes the code: the configured model, or the agent that asks. */
  readonly mode: "model" | "delegate";
  readonly elapsed_seconds: number;
  /** Modules that ended. */
  readonly done: number;
  /** Modules to be built; 0 until it is planned. */
  readonly total: number;
  /** Ids of the modules that are being built. */
  readonly running: readonly string[];
  /** What became of the source that was just submitted. */
  readonly verdict?: Verdict;
  /** Rules for every source; present when prompts are pending. */
  readonly instructions?: string;
  readonly pending?: readonly Omit<PendingPrompt, "instructions">[];
  readonly report?: JobReport;
  readonly error?: ErrorReport;
  /** The tool to call next, with its input; null when the job ended. */
  readonly next: string | null;
}

/** What a job is at this moment; `verdict` is on the source that was just submitted. */
export function describeJob(job: BuildJob, verdict?: Verdict): JobDocument {
  const { elapsedSeconds, done, total, running } = job.progress();
  const pending = pendingOf(job);
  const report = job.report();
  const error = job.error();
  return {
    schema: "jaunt.job/1",
    command: "job",
    job: job.id,
    state: job.state(),
    mode: job.delegate === undefined ? "model" : "delegate",
    elapsed_seconds: elapsedSeconds,
    done,
    total,
    running,
    ...(verdict === undefined ? {} : { verdict }),
    ...(pending.length === 0
      ? {}
      : {
          instructions: pending[0]?.instructions ?? "",
          pending: pending.map(({ module, attempt, prompt }) => ({ module, attempt, prompt })),
        }),
    ...(report === undefined ? {} : { report }),
    ...(error === undefined ? {} : { error: errorReport(job.command, error) }),
    next: nextStep(job, pending[0]?.module),
  };
}

function nextStep(job: BuildJob, module: string | undefined): string | null {
  if (job.state() !== "running") return null;
  return module === undefined
    ? `jaunt_job { "job": "${job.id}", "action": "wait" }`
    : `jaunt_submit { "job": "${job.id}", "module": ${JSON.stringify(module)}, "source": … }`;
}
