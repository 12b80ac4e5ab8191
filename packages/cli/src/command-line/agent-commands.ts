import { JauntError } from "@jaunt/core";
import { Option, type Command } from "commander";
import { skillFormats, type CommandCall, type SkillFormat, type SkillOptions } from "./invocation.ts";

/** Adds the commands that are for coding agents: guidance, the guard, and the server. */
export function addAgentCommands(program: Command, onCall: (call: CommandCall) => void): void {
  addSkill(program, onCall);
  program
    .command("instructions")
    .description("print what a coding agent should know of this project, to put into its context")
    .summary("print what a coding agent should know of this project")
    .action(() => onCall({ command: "instructions" }));
  program
    .command("guard")
    .description("refuse edits of generated files: as the hook of an agent, or before a git commit")
    .summary("refuse edits of generated files, as a hook of agents and git")
    .addOption(new Option("--hook <agent>", "answer that agent's event on standard input").choices(["claude"]))
    .option("--git", "look at what is staged for the next commit")
    .action(({ hook, git = false }: { readonly hook?: "claude"; readonly git?: boolean }) => {
      if ((hook === undefined) === !git) throw guardWithoutMode();
      onCall({ command: "guard", mode: hook ?? "git" });
    });
  program
    .command("mcp")
    .description("tools for coding agents, over the Model Context Protocol")
    .command("serve")
    .description("serve the project on standard input and output, until the agent closes it")
    .action(() => onCall({ command: "mcp" }));
}

function addSkill(program: Command, onCall: (call: CommandCall) => void): void {
  program
    .command("skill")
    .description("guidance for coding agents that matches this version")
    .command("export")
    .description("write it where agents look for it; what people wrote there stays as it is")
    .option("--dest <path>", "folder to write to (default: the project)")
    .addOption(
      new Option("--format <format>", "whose form; may be repeated (default: agents)")
        .choices(skillFormats)
        .argParser(collectFormat),
    )
    .option("--guard", "also install `jaunt guard`, in Claude Code's settings and as git's pre-commit hook")
    .option("--force", "replace files of Jaunt's that were changed")
    .option("--dry-run", "print what would be written, and stop")
    .action(({ format = ["agents"], dest, guard = false, force = false, dryRun = false }: Partial<SkillValues>) =>
      onCall({ command: "skill", options: { formats: [...new Set(format)], dest, guard, force, dryRun } }),
    );
}

type SkillValues = Omit<SkillOptions, "formats" | "dest"> & {
  readonly format: readonly SkillFormat[];
  readonly dest: string;
};

/** The choices of an option that has its own parser are not checked by commander. */
function collectFormat(value: string, before: readonly SkillFormat[] = []): readonly SkillFormat[] {
  const format = skillFormats.find((name) => name === value);
  if (format !== undefined) return [...before, format];
  throw new JauntError(`--format ${JSON.stringify(value)} is not known.`, {
    code: "usage",
    exitCode: 2,
    hint: `It is one of ${skillFormats.join(", ")}.`,
  });
}

function guardWithoutMode(): JauntError {
  return new JauntError("`jaunt guard` needs to know what to guard: one of --hook and --git.", {
    code: "usage",
    exitCode: 2,
    hint: "`jaunt guard --git` looks at what is staged; `jaunt guard --hook claude` answers Claude Code's event.",
  });
}
