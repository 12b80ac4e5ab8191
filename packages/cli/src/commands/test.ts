import { join } from "node:path";
import type { TestReport } from "@jaunt/orchestrator";
import type { GlobalOptions, TestCommandOptions } from "../command-line/invocation.ts";
import type { CommandContext } from "./command-context.ts";
import { selection } from "./selection.ts";
import { withProject } from "./with-project.ts";

/** Builds, generates the tests that are due, and runs them. */
export function runTest(
  options: TestCommandOptions,
  globals: GlobalOptions,
  context: CommandContext,
): Promise<TestReport> {
  const { build, force, jobs, offline, cache, mutants, args } = options;
  return withProject(globals, context, (opened) =>
    opened.project.test({
      ...selection(globals, opened, context.terminal.cwd),
      build,
      force,
      offline,
      noCache: !cache,
      args,
      ...(jobs === undefined ? {} : { jobs }),
      ...(mutants === undefined ? {} : { mutants }),
      ...(globals.debug ? { dumpPrompts: join(opened.project.root, ".jaunt", "prompts") } : {}),
    }),
  );
}
