import type { ModuleState } from "@jaunt/core/plan";
import type { StatusReport } from "@jaunt/orchestrator";
import { renderDiagnostics } from "./diagnostic.ts";
import { cleanLine } from "./escape.ts";
import { formatCount, formatNumber, formatSeconds } from "./format.ts";
import { renderTable } from "./table.ts";
import type { Colors, View } from "./view.ts";

const shownWhole = 50;

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
    colors.bold(summary(report, entries.length)),
  ]
    .filter((part) => part !== "")
    .join("\n");
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
