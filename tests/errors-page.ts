import { diagnosticFamilies, errorCatalog, type DiagnosticFamily, type ErrorEntry } from "@jaunt/cli/errors";

/** The text of docs/errors.md: a section for every error, and one for every family of diagnostics. */
export function renderErrorsPage(): string {
  const errors = Object.entries(errorCatalog).sort(([a], [b]) => (a < b ? -1 : 1));
  const families = Object.entries(diagnosticFamilies).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    introduction,
    "## Errors",
    ...errors.map(errorSection),
    "## Diagnostics",
    about,
    ...families.map(familySection),
  ]
    .join("\n\n")
    .concat("\n");
}

const introduction = `<!-- Made by \`npm run docs\` from the code. Do not edit. -->

# Errors

What stops a command is an error with a code. With \`--json\` it is a document of the form [jaunt.error/1](json.md), with the
code, the message, what lies behind it, a hint, the exit code and the exact command to run next. What is wrong with one file or one reply is a
[diagnostic](#diagnostics) of the form \`family/problem\`, in the report of the command. The [exit codes](cli.md#exit-codes) are those of the
command line. A plug-in may throw errors with codes of its own.`;

const about = "A diagnostic has a code, a severity, a message and, where known, a place and a hint.";

function errorSection([code, { means, why, mend, exits, next }]: readonly [string, ErrorEntry]): string {
  const commands =
    next === undefined
      ? []
      : [`- **Next**: ${next === "again" ? "the same command again" : `\`${next}\``}, unless the hint names another.`];
  return [
    `### ${code}`,
    "",
    means,
    "",
    `- **Why**: ${why}`,
    `- **What to do**: ${mend}`,
    ...commands,
    `- **Exit code**: ${exits.join(", ")}`,
  ].join("\n");
}

function familySection([family, { about: text, codes }]: readonly [string, DiagnosticFamily]): string {
  const rows = Object.entries(codes).map(([code, meaning]) => `| \`${family}/${code}\` | ${meaning} |`);
  return `### ${family}/\n\n${text}\n\n| code | means |\n|---|---|\n${rows.join("\n")}`;
}
