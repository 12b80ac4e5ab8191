import type { GuardReport } from "../report.ts";
import { cleanLine } from "./escape.ts";
import { formatCount } from "./format.ts";
import type { View } from "./view.ts";

/** Why a commit is refused; nothing when there is nothing to say, for git shows it at every commit. */
export function renderGuard(report: GuardReport, { colors }: View): string {
  const lines = report.merged.map(
    (path) =>
      `${colors.yellow("merged")} ${cleanLine(path)}: no build wrote it so; run \`jaunt build\` after the merge`,
  );
  for (const { path, message, fix } of report.refused)
    lines.push(
      `${colors.red("refused")} ${cleanLine(path)}: ${cleanLine(message)}`,
      `  ${colors.green("fix:")} ${cleanLine(fix)}`,
    );
  if (!report.ok)
    lines.push(
      colors.bold(`guard: ${formatCount(report.refused.length, "change")} of generated files refused`),
      "If you mean it, `git commit --no-verify` skips this check; `jaunt check` in CI does not.",
    );
  return lines.join("\n");
}
