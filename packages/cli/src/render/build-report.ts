import type { BuildFailure, BuildReport } from "@jaunt/orchestrator";
import { renderDiagnostics } from "./diagnostic.ts";
import { cleanLine } from "./escape.ts";
import { formatCount, formatSeconds, formatUsage } from "./format.ts";
import type { View } from "./view.ts";

/** What a build did: problems first, the failed modules with what was wrong, one summary line. */
export function renderBuild(report: BuildReport, view: View): string {
  const failures = report.failed.filter(({ outcome }) => outcome !== "interrupted").map((failure) => renderFailure(failure, view));
  return [renderDiagnostics(report.diagnostics, view), ...failures, view.colors.bold(paint(report, view)(summary(report)))]
    .filter((part) => part !== "")
    .join("\n");
}

function renderFailure({ module, outcome, message, attempts, diagnostics, artifact }: BuildFailure, view: View): string {
  const { colors } = view;
  const tried = attempts > 0 ? colors.dim(` (${formatCount(attempts, "attempt")})`) : "";
  const label = outcome === "failed" ? colors.red(outcome) : colors.yellow(outcome);
  const lines = [`${label} ${colors.bold(cleanLine(module))}: ${cleanLine(message)}${tried}`];
  if (diagnostics.length > 0) lines.push(indent(renderDiagnostics(diagnostics, view)));
  if (artifact !== undefined) lines.push(`  ${colors.green("see:")} ${cleanLine(artifact)} holds the spec, the last candidate and its errors`);
  return lines.join("\n");
}

function summary(report: BuildReport): string {
  const took = `in ${formatSeconds(report.duration_seconds)}`;
  const { generated, restamped, skipped, failed } = report;
  const tokens = report.calls === 0 ? "" : ` (${formatUsage(report.usage)})`;
  const cached = report.cache_hits === 0 ? [] : [`${formatCount(report.cache_hits, "reply", "replies")} from the cache`];
  const parts = [
    `${formatCount(generated.length, "module")} generated${tokens}`,
    ...(restamped.length === 0 ? [] : [`${String(restamped.length)} restamped`]),
    ...cached,
    `${String(skipped.length)} up to date`,
    ...countOutcomes(failed),
  ];
  if (!report.interrupted) return `build: ${parts.join(", ")} ${took}`;
  const left = failed.filter(({ outcome }) => outcome === "interrupted").length;
  const kept = generated.length + restamped.length === 0 ? "" : " What was finished is kept;";
  return `build: interrupted ${took}: ${parts.join(", ")}.${kept} ${left === 0 ? "" : `${formatCount(left, "module")} left: `}\`jaunt build\` goes on.`;
}

function countOutcomes(failed: readonly BuildFailure[]): readonly string[] {
  return (["failed", "blocked", "edited"] as const).flatMap((outcome) => {
    const count = failed.filter((failure) => failure.outcome === outcome).length;
    return count === 0 ? [] : [`${String(count)} ${outcome}`];
  });
}

function paint(report: BuildReport, { colors }: View): (text: string) => string {
  return report.interrupted ? colors.yellow : report.failed.length > 0 ? colors.red : colors.green;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
