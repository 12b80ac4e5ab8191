import { JauntError } from "@jaunt/core";
import { afterEach, describe, expect, test } from "vitest";
import { jobDocumentSchema } from "../schemas/index.ts";
import { startJob, type BuildJob, type JobOptions, type JobWork } from "./build-job.ts";
import { createDelegateBackend, type DelegateBackend } from "./delegate-backend.ts";
import { describeJob, type JobDocument } from "./describe-job.ts";

const started: BuildJob[] = [];
afterEach(async () => {
  for (const job of started.splice(0)) await job.cancel();
});

describe("a job is described as published", () => {
  test("while the configured model works", () => {
    const job = start(({ onEvent, signal }) => {
      onEvent({ type: "plan-end", modules: 2, total: 2, order: ["src/a", "src/b"] });
      onEvent({ type: "module-start", module: "src/a", reasons: [] });
      return untilAborted(signal);
    });
    expect(published(job)).toMatchObject({
      state: "running",
      mode: "model",
      total: 2,
      running: ["src/a"],
      next: 'jaunt_job { "job": "job-1", "action": "wait" }',
    });
  });

  test("while a prompt waits for the agent, with the verdict on its last source", () => {
    const job = start(
      ({ delegate, signal }) => {
        void ask(delegate, signal).catch(() => {});
        return untilAborted(signal);
      },
      { makeDelegate: (onChange) => createDelegateBackend({ agent: "a", timeLimitMs: 60_000, onChange }) },
    );
    const verdict = { module: "src/a", attempt: 1, accepted: false, diagnostics: [] };
    expect(published(job, verdict)).toMatchObject({
      mode: "delegate",
      verdict,
      instructions: "the rules",
      pending: [{ module: "src/a", attempt: 2, prompt: "write it" }],
      next: 'jaunt_submit { "job": "job-1", "module": "src/a", "source": … }',
    });
  });

  test("once an error stopped it", async () => {
    const job = start(() => Promise.reject(new JauntError("No.", { code: "build-locked", exitCode: 3 })));
    await job.wait({ timeoutMs: 10_000, signal: new AbortController().signal });
    expect(published(job)).toMatchObject({
      state: "failed",
      error: { schema: "jaunt.error/1", error: { code: "build-locked" } },
      next: null,
    });
  });
});

/** As a client gets it, and only if it is as published. */
function published(job: BuildJob, verdict?: JobDocument["verdict"]): JobDocument {
  return jobDocumentSchema.parse(JSON.parse(JSON.stringify(describeJob(job, verdict))));
}

function start(run: JobOptions["run"], options: Partial<JobOptions> = {}): BuildJob {
  const job = startJob({ id: "job-1", command: "build", run, ...options });
  started.push(job);
  return job;
}

function untilAborted(signal: AbortSignal): ReturnType<JobOptions["run"]> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("cancelled")));
  });
}

async function ask(delegate: DelegateBackend | undefined, signal: JobWork["signal"]): Promise<void> {
  const prompt = [
    { name: "rules", role: "system", stability: "project", text: "the rules" },
    { name: "spec", role: "user", stability: "module", text: "write it" },
  ] as const;
  await delegate?.generate({ label: "src/a", attempt: 2, prompt, model: "", maxOutputTokens: 100 }, { signal });
}
