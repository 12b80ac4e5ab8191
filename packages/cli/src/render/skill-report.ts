import type { SkillFile, SkillReport } from "../report.ts";
import { cleanLine } from "./escape.ts";
import { formatCount } from "./format.ts";
import type { View } from "./view.ts";

/** What `skill export` wrote, or would write. */
export function renderSkill(report: SkillReport, { colors }: View): string {
  const lines = report.files.map((file) => `  ${verbs[file.action].padEnd(9)} ${cleanLine(file.path)}${where(file)}`);
  for (const note of report.notes) lines.push(`${colors.yellow("note")}: ${cleanLine(note)}`);
  const changed = report.files.filter(({ action }) => action !== "unchanged").length;
  const verb = report.dry_run ? "to be written" : "written";
  lines.push(
    colors.bold(
      `skill: ${formatCount(changed, "file")} ${verb}, ${formatCount(report.files.length - changed, "file")} up to date (version ${cleanLine(report.version)})`,
    ),
  );
  return lines.join("\n");
}

const verbs: Readonly<Record<SkillFile["action"], string>> = {
  create: "create",
  update: "update",
  unchanged: "unchanged",
};

function where({ kind }: SkillFile): string {
  return kind === "file" ? "" : kind === "section" ? " (its marked section)" : " (one entry)";
}
