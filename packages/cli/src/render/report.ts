import type { CheckProblem, CheckReport, CleanReport, SyncReport } from "@jaunt/orchestrator";
import type { InitReport, Report } from "../report.ts";
import { renderBuild } from "./build-report.ts";
import { renderCache } from "./cache-report.ts";
import { renderDiagnostics } from "./diagnostic.ts";
import { renderDoctor } from "./doctor-report.ts";
import { cleanLine } from "./escape.ts";
import { formatCount, formatSeconds } from "./format.ts";
import { renderGuard } from "./guard-report.ts";
import { renderInit } from "./init-report.ts";
import { renderLint } from "./lint-report.ts";
import { renderPlan } from "./plan-report.ts";
import { renderSkill } from "./skill-report.ts";
import { renderStatus } from "./status-report.ts";
import { renderTest } from "./test-report.ts";
import type { View } from "./view.ts";
import { renderWatch } from "./watch-report.ts";
import { renderWhy } from "./why-report.ts";

/** A command's result as text for a person, without a final newline. */
export function renderReport(report: Report, view: View): string {
  switch (report.command) {
    case "build":
      return renderBuild(report, view);
    case "test":
      return renderTest(report, view);
    case "watch":
      return renderWatch(report, view);
    case "status":
      return renderStatus(report, view);
    case "why":
      return renderWhy(report, view);
    case "doctor":
      return renderDoctor(report, view);
    case "init":
      return renderInit(report satisfies InitReport, view);
    case "sync":
      return renderSync(report, view);
    case "check":
      return renderCheck(report, view);
    case "lint":
      return renderLint(report, view);
    case "clean":
      return renderClean(report, view);
    case "cache":
      return renderCache(report, view);
    case "plan":
      return renderPlan(report, view);
    case "skill":
      return renderSkill(report, view);
    case "guard":
      return renderGuard(report, view);
    case "instructions":
      return report.text.trimEnd();
    case "version":
      return report.version;
  }
}

function renderSync(report: SyncReport, view: View): string {
  const summary = `sync: ${formatCount(report.written.length, "file")} written, ${formatCount(report.unchanged, "file")} up to date in ${formatSeconds(report.duration_seconds)}`;
  return joinParts([
    renderDiagnostics(report.diagnostics, view),
    listPaths(report.written, view),
    view.colors.bold(summary),
  ]);
}

function renderCheck(report: CheckReport, view: View): string {
  const { colors } = view;
  const took = `in ${formatSeconds(report.duration_seconds)}`;
  const since = report.since === undefined ? "" : ` since ${cleanLine(report.since.revision)}`;
  const checked = `${formatCount(report.checked, "module")}${since === "" ? "" : ` touched${since}`}`;
  const good =
    since !== "" && report.checked === 0
      ? `nothing that Jaunt builds was touched${since}`
      : `${checked}${since === "" ? "" : ":"} current and type-checked`;
  const warned = report.warnings.length === 0 ? "" : `, ${formatCount(report.warnings.length, "warning")}`;
  const found = [
    ...(report.problems.length > 0 ? [formatCount(report.problems.length, "problem")] : []),
    ...errorCount(report),
  ];
  const summary =
    report.ok && found.length === 0
      ? colors.green(`check: ${good}${warned} ${took}`)
      : colors.red(`check: ${found.join(" and ")} in ${checked}${warned} ${took}`);
  return joinParts([
    renderDiagnostics(report.diagnostics, view),
    everythingNote(report, view),
    renderProblems(report.warnings, colors.yellow, view),
    renderProblems(report.problems, colors.red, view),
    colors.bold(summary),
  ]);
}

function everythingNote({ since }: CheckReport, { colors }: View): string {
  const path = since?.everything_because;
  return path === undefined ? "" : colors.dim(`${cleanLine(path)} changed, so every module is checked`);
}

function errorCount({ diagnostics }: CheckReport): readonly string[] {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  return errors === 0 ? [] : [formatCount(errors, "error")];
}

function renderProblems(problems: readonly CheckProblem[], paint: (text: string) => string, { colors }: View): string {
  return problems
    .map(
      ({ module, status, message, fix }) =>
        `${cleanLine(module)}: ${paint(status)}: ${cleanLine(message)}\n  ${colors.green("fix:")} ${cleanLine(fix)}`,
    )
    .join("\n");
}

function renderClean(report: CleanReport, view: View): string {
  const { colors } = view;
  const verb = report.dry_run ? "to be removed" : "removed";
  const kept = report.kept
    .map(({ path, reason }) => `${colors.yellow("kept")} ${cleanLine(path)}: ${cleanLine(reason)}`)
    .join("\n");
  const also = report.kept.length === 0 ? "" : `, ${formatCount(report.kept.length, "file")} kept`;
  const summary = `clean: ${formatCount(report.removed.length, "file")} ${verb}${also} in ${formatSeconds(report.duration_seconds)}`;
  return joinParts([listPaths(report.removed, view, report.dry_run), kept, colors.bold(summary)]);
}

/** Paths, a line each; a long list is cut unless all are wanted. */
function listPaths(paths: readonly string[], { verbose, colors }: View, all = verbose): string {
  const shown = all ? paths : paths.slice(0, 20);
  const rest = paths.length - shown.length;
  return [
    ...shown.map((path) => `  ${cleanLine(path)}`),
    ...(rest > 0 ? [colors.dim(`  … and ${formatCount(rest, "more file")}; --verbose lists all`)] : []),
  ].join("\n");
}

function joinParts(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n");
}
