import type { Diagnostic } from "@jaunt/core";
import type { LintReport } from "@jaunt/orchestrator";
import { renderDiagnostics, renderHint } from "./diagnostic.ts";
import { cleanLine } from "./escape.ts";
import { formatCount, formatNumber, formatSeconds } from "./format.ts";
import type { View } from "./view.ts";

const shownAtMost = 200;

/** Findings by file, a clickable place each, and how much of the specs is checked. Notes are shown when the view is verbose. */
export function renderLint(report: LintReport, view: View): string {
  const wanted = report.findings.filter(({ severity }) => view.verbose || severity !== "info");
  const shown = view.verbose ? wanted : wanted.slice(0, shownAtMost);
  const rest = wanted.length - shown.length;
  return [
    renderDiagnostics(report.diagnostics, view),
    ...groupByFile(shown).map(([file, findings]) => renderFile(file, findings, view)),
    rest > 0 ? view.colors.dim(`… and ${formatCount(rest, "more finding")}; --verbose shows all`) : "",
    view.colors.bold(summary(report, view)),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function groupByFile(findings: readonly Diagnostic[]): readonly (readonly [string, readonly Diagnostic[]])[] {
  const files = [...new Set(findings.map(({ file = "" }) => file))];
  return files.map((path) => [path, findings.filter(({ file = "" }) => file === path)]);
}

function renderFile(file: string, findings: readonly Diagnostic[], view: View): string {
  return [view.colors.bold(cleanLine(file)), ...findings.map((finding) => renderFinding(finding, view))].join("\n");
}

function renderFinding({ code, severity, message, file = "", start, hint }: Diagnostic, view: View): string {
  const { colors } = view;
  const place =
    start === undefined ? cleanLine(file) : `${cleanLine(file)}:${String(start.line)}:${String(start.column)}`;
  const label = (severity === "info" ? colors.blue : colors.yellow)(`${severity} ${code}`);
  const lines = [`  ${colors.cyan(place)} ${label}: ${cleanLine(message)}`];
  if (hint !== undefined) lines.push(renderHint(hint, view).replaceAll(/^/gm, "  "));
  return lines.join("\n");
}

function summary({ ok, totals, findings, duration_seconds: seconds }: LintReport, { colors, verbose }: View): string {
  const warnings = findings.filter(({ severity }) => severity === "warning").length;
  const notes = findings.length - warnings;
  const parts = [
    `${formatNumber(totals.examples_checked)} of ${formatCount(totals.examples, "example")} ${totals.examples_checked === 1 ? "is" : "are"} checked`,
    ...(totals.properties === 0
      ? []
      : [`${formatNumber(totals.properties_checked)} of ${formatCount(totals.properties, "property", "properties")}`]),
    `${formatCount(totals.specs_without, "spec")} ${totals.specs_without === 1 ? "has" : "have"} none`,
    `${formatNumber(totals.promises - totals.promises_uncovered)} of ${formatCount(totals.promises, "promise")} shown`,
  ];
  const found = [
    ...(warnings === 0 ? [] : [formatCount(warnings, "warning")]),
    ...(notes === 0 ? [] : [`${formatCount(notes, "note")}${verbose ? "" : " (--verbose)"}`]),
  ];
  const paint = ok ? (warnings === 0 ? colors.green : colors.yellow) : colors.red;
  return paint(
    `lint: ${parts.join("; ")}${found.length === 0 ? "" : `; ${found.join(", ")}`} in ${formatSeconds(seconds)}`,
  );
}
