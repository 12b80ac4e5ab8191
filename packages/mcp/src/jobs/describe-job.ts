import { errorReport } from "../protocol/tool-result.ts";
import { pendingOf, type BuildJob, type Verdict } from "./build-job.ts";

/** A job as plain data: how far it is, what it waits for, and at the end its report or its error. */
export function describeJob(job: BuildJob, verdict?: Verdict): object {
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
