import type { DoctorCheck, DoctorReport } from "../report.ts";
import { cleanLine } from "./escape.ts";
import { formatCount, formatSeconds } from "./format.ts";
import { renderTable } from "./table.ts";
import type { View } from "./view.ts";

/** A line per check, each problem with what mends it. */
export function renderDoctor({ checks, ok, duration_seconds: seconds }: DoctorReport, view: View): string {
  const { colors } = view;
  const paints = { ok: colors.green, warn: colors.yellow, fail: colors.red };
  const table = renderTable(
    checks.map(({ name, status, message }) => [
      { text: status, paint: paints[status] },
      { text: name },
      { text: cleanLine(message) },
    ]),
  );
  const lines = table.split("\n").map((line, index) => line + fixLine(checks[index], view));
  const failed = checks.filter(({ status }) => status === "fail").length;
  const warned = checks.filter(({ status }) => status === "warn").length;
  const found = [
    ...(failed === 0 ? [] : [`${String(failed)} failed`]),
    ...(warned === 0 ? [] : [formatCount(warned, "warning")]),
  ];
  const summary = `doctor: ${formatCount(checks.length, "check")}, ${found.length === 0 ? "all well" : found.join(", ")} in ${formatSeconds(seconds)}`;
  return [...lines, colors.bold((ok ? colors.green : colors.red)(summary))].join("\n");
}

function fixLine(check: DoctorCheck | undefined, { colors }: View): string {
  return check?.fix === undefined ? "" : `\n      ${colors.green("fix:")} ${cleanLine(check.fix)}`;
}
