import { join, resolve } from "node:path";
import { JauntError } from "@jaunt/core";
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
    const { force, batch, resume, retryFailed } = options;
    if (options.dryRun) return opened.project.plan({ ...selected, force, batch, retryFailed });
    const building = opened.project.build({
      ...selected,
      force,
      batch,
      resume,
      retryFailed,
      noCache: !options.cache,
      offline: options.offline,
      ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
      ...(options.record === undefined ? {} : { record: resolve(cwd, options.record) }),
      ...(globals.debug ? { dumpPrompts: join(opened.project.root, ".jaunt", "prompts") } : {}),
    });
    return building.catch((error: unknown) => {
      throw nameProviders(error, context);
    });
  });
}

/** Which providers take batches only this package knows. */
function nameProviders(error: unknown, { services }: CommandContext): unknown {
  if (!JauntError.isInstance(error) || error.code !== "batch-unsupported") return error;
  const names = Object.entries(services.providers).flatMap(([name, entry]) =>
    entry.takesBatches === true ? [name] : [],
  );
  return new JauntError(error.message, {
    code: error.code,
    exitCode: error.exitCode,
    hint: `Build without --batch, or set [llm] provider to one that takes batches: ${names.join(", ")}.`,
    cause: error,
  });
}
