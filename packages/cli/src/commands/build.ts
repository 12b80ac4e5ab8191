import { join, resolve } from "node:path";
import type { BuildReport, PlanReport } from "@jaunt/orchestrator";
import type { BuildCommandOptions, GlobalOptions } from "../command-line/invocation.ts";
import type { CommandContext } from "./command-context.ts";
import { selection } from "./selection.ts";
import { withProject } from "./with-project.ts";

/** Builds, or with `--dry-run` only plans. */
export async function runBuild(
  options: BuildCommandOptions,
  globals: GlobalOptions,
  context: CommandContext,
): Promise<BuildReport | PlanReport> {
  const { cwd } = context.terminal;
  return withProject(globals, context, async (opened) => {
    const selected = selection(globals, opened, cwd);
    if (options.dryRun) return opened.project.plan({ ...selected, force: options.force });
    return opened.project.build({
      ...selected,
      force: options.force,
      noCache: !options.cache,
      offline: options.offline,
      ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
      ...(options.record === undefined ? {} : { record: resolve(cwd, options.record) }),
      ...(globals.debug ? { dumpPrompts: join(opened.project.root, ".jaunt", "prompts") } : {}),
    });
  });
}
