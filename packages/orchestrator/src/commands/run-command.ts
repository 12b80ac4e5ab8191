import type { ProjectContext } from "../project-context.ts";

/** Runs a command between its `run-start` and `run-end` events. `elapsed` gives seconds since its start, to the millisecond. */
export async function runCommand<Report>(
  context: ProjectContext,
  command: string,
  run: (elapsed: () => number) => Promise<Report>,
  isOk: (report: Report) => boolean = () => true,
): Promise<Report> {
  const start = performance.now();
  context.emit({ type: "run-start", command, root: context.root });
  let ok = false;
  try {
    const report = await run(() => Math.round(performance.now() - start) / 1000);
    ok = isOk(report);
    return report;
  } finally {
    context.emit({ type: "run-end", ok, durationMs: Math.round(performance.now() - start) });
  }
}
