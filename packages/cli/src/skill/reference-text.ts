import type { SkillFacts } from "./skill-facts.ts";
import type { OptionFact } from "./describe-commands.ts";
import { cell } from "./skill-text.ts";

/** The reference of commands: every option of every command, and the exit codes. */
export function referenceText({ commands, options, exitCodes, version }: SkillFacts): string {
  return [
    `# Commands of Jaunt ${version}`,
    "",
    "| exit code | means |",
    "|---|---|",
    ...exitCodes.map(({ code, meaning }) => `| ${String(code)} | ${cell(meaning)} |`),
    "",
    "## Options of every command",
    "",
    ...optionTable(options),
    "",
    "`<sel>` is a module id (`src/email`), a ref (`src/email:parse`), a spec file, a glob (`src/mail/*`) or `state:stale`; `+<sel>` adds what it needs, `<sel>+` what needs it.",
    ...commands.flatMap((command) => [
      "",
      `## \`${command.usage}\``,
      "",
      sentence(command.description),
      ...(command.options.length === 0 ? [] : ["", ...optionTable(command.options)]),
    ]),
    "",
  ].join("\n");
}

function optionTable(options: readonly OptionFact[]): readonly string[] {
  return [
    "| option | means |",
    "|---|---|",
    ...options.map(({ flags, description }) => `| \`${cell(flags)}\` | ${cell(description)} |`),
  ];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
