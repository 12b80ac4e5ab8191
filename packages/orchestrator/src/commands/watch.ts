import type { WatchOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { WatchReport } from "../watch/watch-report.ts";
import { watchProject } from "../watch/watch-project.ts";
import { runCommand } from "./run-command.ts";

/** Builds, then waits for changes and builds what they concern, until the context's signal aborts. Errors are shown and waited out. */
export function watch(context: ProjectContext, options: WatchOptions = {}): Promise<WatchReport> {
  return runCommand(
    context,
    "watch",
    async (elapsed) => ({
      schema: "jaunt.watch/1",
      command: "watch",
      ...(await watchProject(context, options)),
      duration_seconds: elapsed(),
    }),
    ({ interrupted }) => !interrupted,
  );
}
