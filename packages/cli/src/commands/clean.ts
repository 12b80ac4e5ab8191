import { JauntError } from "@jaunt/core";
import type { CleanReport } from "@jaunt/orchestrator";
import type { CleanCommandOptions, GlobalOptions } from "../command-line/invocation.ts";
import { isInteractive, type Terminal } from "../terminal.ts";
import { cleanLine } from "../render/escape.ts";
import { formatCount } from "../render/format.ts";
import type { CommandContext } from "./command-context.ts";
import { selection } from "./selection.ts";
import { withProject } from "./with-project.ts";

/** Removes what Jaunt wrote. Where a person can answer, it asks first: making the files again costs money. */
export async function runClean(
  options: CleanCommandOptions,
  globals: GlobalOptions,
  context: CommandContext,
): Promise<CleanReport> {
  return withProject(globals, context, async (opened) => {
    const { project } = opened;
    const { dryRun } = options;
    const chosen = { orphans: options.orphans, ...selection(globals, opened, context.terminal.cwd) };
    if (dryRun || options.yes || globals.json || !isInteractive(context.terminal))
      return project.clean({ ...chosen, dryRun });
    const planned = await project.clean({ ...chosen, dryRun: true });
    if (planned.removed.length > 0) await confirmRemoval(planned, context.terminal);
    return project.clean(chosen);
  });
}

async function confirmRemoval({ removed }: CleanReport, { stdin, stderr, signal }: Terminal): Promise<void> {
  const { confirm } = await import("@clack/prompts");
  const shown = removed.slice(0, 10).map((path) => `  ${cleanLine(path)}`);
  if (removed.length > shown.length) shown.push(`  … and ${formatCount(removed.length - shown.length, "more file")}`);
  stderr.write(`${shown.join("\n")}\n`);
  const answer = await confirm({
    message: `Remove ${formatCount(removed.length, "file")}?`,
    initialValue: false,
    input: stdin,
    output: stderr,
    signal,
  });
  if (answer === true) return;
  throw new JauntError("Nothing was removed.", {
    code: "cancelled",
    exitCode: 130,
    hint: "`jaunt clean --yes` does not ask.",
  });
}
