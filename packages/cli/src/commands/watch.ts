import { join } from "node:path";
import type { WatchReport } from "@jaunt/orchestrator";
import type { GlobalOptions, WatchCommandOptions } from "../command-line/invocation.ts";
import type { CommandContext } from "./command-context.ts";
import { selection } from "./selection.ts";
import { withProject } from "./with-project.ts";

/** Builds, and again after every change, until it is interrupted. */
export function runWatch(
  options: WatchCommandOptions,
  globals: GlobalOptions,
  context: CommandContext,
): Promise<WatchReport> {
  return withProject(globals, context, (opened) =>
    opened.project.watch({
      ...selection(globals, opened, context.terminal.cwd),
      noCache: !options.cache,
      offline: options.offline,
      test: options.test,
      ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
      ...(globals.debug ? { dumpPrompts: join(opened.project.root, ".jaunt", "prompts") } : {}),
    }),
  );
}
