import type { ModuleState } from "@jaunt/core/plan";
import type { StatusReport } from "@jaunt/orchestrator";
import { renderDiagnostics } from "./diagnostic.ts";
import { cleanLine } from "./escape.ts";
import { formatCount, formatNumber, formatSeconds } from "./format.ts";
import { renderTable } from "./table.ts";
import type { Colors, View } from "./view.ts";

const shownWhole = 50;
const artifactsAtMost = 20;

/** Every module with its state and the first reason; in a large project the current ones only when verbose. */
export function renderStatus(report: StatusReport, view: View): string {
  const { colors } = view;
  const entries = Object.entries(report.modules);
  const all = view.verbose || entries.length <= shownWhole;
  const rows = (all ? entries : entries.filter(([, { status }]) => status !== "current")).map(
    ([module, { status, reason }]) => [
      { text: cleanLine(module) },
      { text: status, paint: colorOfState(status, colors) },
      { text: cleanLine(reason ?? ""), paint: colors.dim },
    ],
  );
  const hidden = entries.length - rows.length;
  const note =
    hidden === 0 ? "" : colors.dim(`${formatCount(hidden, "current module")} not listed; --verbose lists all`);
  return [
    renderDiagnostics(report.diagnostics, view),
    renderTable(rows),
    note,
    failureNotes(report, view),
    colors.bold(summary(report, entries.length)),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

/** Where to read what went wrong, and the command to go on with. */
function failureNotes({ modules }: StatusReport, { colors, verbose }: View): string {
  const artifacts = Object.values(modules).flatMap(({ artifact }) => artifact ?? []);
  if (artifacts.length === 0) return "";
  const shown = verbose ? artifacts : artifacts.slice(0, artifactsAtMost);
  const rest = artifacts.length - shown.length;
  return [
    ...shown.map((path) => `  ${colors.green("details:")} ${cleanLine(path)}`),
    ...(rest > 0 ? [colors.dim(`  … and ${formatCount(rest, "more file")}; --verbose lists all`)] : []),
  ].join("\n");
}

/** The colour of a state: green needs nothing, yellow a build, red a person. */
export function colorOfState(state: ModuleState, colors: Colors): (text: string) => string {
  switch (state) {
    case "current":
      return colors.green;
    case "outdated":
      return colors.cyan;
    case "unbuilt":
    case "stale":
    case "blocked":
      return colors.yellow;
    case "edited":
    case "orphaned":
    case "failed":
      return colors.red;
  }
}

function summary({ counts, duration_seconds: seconds }: StatusReport, total: number): string {
  const states = Object.entries(counts).flatMap(([state, count]) =>
    count === 0 ? [] : [`${formatNumber(count)} ${state}`],
  );
  const list = states.length === 0 ? "" : `: ${states.join(", ")}`;
  return `status: ${formatCount(total, "module")}${list} in ${formatSeconds(seconds)}`;
}
