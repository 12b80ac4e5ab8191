import { ofCode } from "../build/prepare-build.ts";
import { runBuild } from "../build/run-build.ts";
import type { BuildOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { BuildReport } from "../reports.ts";
import { runCommand } from "./run-command.ts";

/**
 * Generates the code that is unbuilt or stale. A build with nothing to do writes nothing.
 * @throws {JauntError} when specs form a cycle, another build runs, or no call can succeed
 */
export function build(context: ProjectContext, options: BuildOptions = {}): Promise<BuildReport> {
  return runCommand(
    context,
    "build",
    async (elapsed) => ({
      schema: "jaunt.build/1",
      command: "build",
      ...(await runBuild(context, options, ofCode(options))),
      duration_seconds: elapsed(),
    }),
    (report) => report.failed.length === 0 && !report.interrupted,
  );
}
