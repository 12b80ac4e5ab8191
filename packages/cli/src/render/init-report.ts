import type { InitReport } from "../report.ts";
import { cleanLine } from "./escape.ts";
import type { View } from "./view.ts";

/** What `init` wrote, and what is left for a person to do. */
export function renderInit(report: InitReport, { colors }: View): string {
  const lines = [
    ...report.written.map((path) => `${colors.green("wrote")} ${cleanLine(path)}`),
    ...report.kept.map((path) => `${colors.dim("kept")}  ${cleanLine(path)}`),
    ...report.notes.map((note) => `${colors.yellow("note")}  ${cleanLine(note)}`),
    "",
    colors.bold("Next:"),
    `  ${cleanLine(report.install)}`,
    `  write a spec, X.jaunt.ts, in ${report.source_roots.map((root) => (root === "." ? "this folder" : `${cleanLine(root)}/`)).join(" or ")}`,
    "  npx jaunt sync      typed placeholders, so that your editor knows the new module at once",
    "  npx jaunt build     the implementations",
    "  npx jaunt doctor    checks the provider, the key and the tools",
  ];
  if (report.ignore_lines.length > 0) {
    lines.push("", colors.bold("Generated files are meant to be committed, not linted or formatted. Add:"));
    lines.push(...report.ignore_lines.map(({ file, line }) => `  ${cleanLine(file)}: ${cleanLine(line)}`));
  }
  return lines.join("\n");
}
