import { JauntError } from "@jaunt/core";
import type { BuildJob } from "./build-job.ts";

/** The builds of one server: at most one runs, and the last ones that ended can still be asked for. */
export interface JobBoard {
  /**
   * Starts a build with the next id; waits for one that was cancelled and is about to end.
   * @throws {JauntError} `build-running` while another one runs
   */
  start(begin: (id: string) => BuildJob): Promise<BuildJob>;
  /**
   * A job by id, or the latest one.
   * @throws {JauntError} `unknown-job`
   */
  find(id: string | undefined): BuildJob;
  /** @throws {JauntError} `build-running` while a build runs */
  refuseWhileBuilding(what: string): void;
  /** Cancels what runs. */
  close(): Promise<void>;
}

/** How many ended jobs are remembered. */
const remembered = 20;

/** A board without a job. */
export function createJobBoard(): JobBoard {
  const jobs = new Map<string, BuildJob>();
  let count = 0;
  const running = (): BuildJob | undefined => [...jobs.values()].find((job) => job.state() === "running");
  const refuseWhileBuilding = (what: string): void => {
    const job = running();
    if (job !== undefined) throw buildRunning(what, job.id);
  };
  return {
    async start(begin) {
      const before = running();
      if (before?.isCancelled() === true) await before.cancel();
      refuseWhileBuilding("Another build");
      count += 1;
      const job = begin(`job-${String(count)}`);
      jobs.set(job.id, job);
      for (const [id] of [...jobs].slice(0, -remembered)) jobs.delete(id);
      return job;
    },
    find(id) {
      const job = id === undefined ? [...jobs.values()].at(-1) : jobs.get(id);
      if (job === undefined) throw unknownJob(id, [...jobs.keys()]);
      return job;
    },
    refuseWhileBuilding,
    async close() {
      await running()?.cancel();
    },
  };
}

function buildRunning(what: string, id: string): JauntError {
  return new JauntError(`${what} cannot start: ${id} is building this project.`, {
    code: "build-running",
    exitCode: 3,
    hint: `Wait for it with jaunt_job { "job": "${id}", "action": "wait" }, or end it with "cancel".`,
  });
}

function unknownJob(id: string | undefined, known: readonly string[]): JauntError {
  const list = known.length === 0 ? "jaunt_build starts one." : `Known are: ${known.join(", ")}.`;
  return new JauntError(id === undefined ? "There is no job." : `There is no job ${JSON.stringify(id)}.`, {
    code: "unknown-job",
    exitCode: 2,
    hint: list,
  });
}
