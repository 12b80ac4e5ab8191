import type { Reason } from "@jaunt/core/plan";
import type { WhyReport } from "@jaunt/orchestrator";
import { cleanLine, cleanText } from "./escape.ts";
import { formatSeconds } from "./format.ts";
import { colorOfState } from "./status-report.ts";
import { renderTable } from "./table.ts";
import type { View } from "./view.ts";

/** Why a module is in its state: a sentence per part that differs, what it depends on and what depends on it. */
export function renderWhy(report: WhyReport, view: View): string {
  const { colors } = view;
  const head = `${colors.bold(cleanLine(report.module))} is ${colorOfState(report.status, colors)(report.status)}`;
  const sections = [
    [
      `${head}${report.explanations.length === 0 ? ": nothing it depends on has changed" : " because:"}`,
      ...explain(report, view),
    ],
    section("It uses:", edges(report), view),
    section("It is used by:", report.dependents.map((module) => cleanLine(module)).join("\n"), view),
    [colors.dim(`why: in ${formatSeconds(report.duration_seconds)}`)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n");
}

function explain({ explanations, reasons }: WhyReport, { colors }: View): readonly string[] {
  return explanations.flatMap((text, index) => {
    const digests = describeDigests(reasons[index]);
    const [first = "", ...others] = cleanText(text).trim().split("\n");
    return [`  - ${first}${digests === "" ? "" : colors.dim(` (${digests})`)}`, ...others.map((line) => `    ${line}`)];
  });
}

function describeDigests(reason: Reason | undefined): string {
  if (reason === undefined || !("old" in reason)) return "";
  return `${"part" in reason ? `${cleanLine(reason.part)}: ` : ""}${cleanLine(reason.old)} -> ${cleanLine(reason.new)}`;
}

function edges({ depends_on: edges }: WhyReport): string {
  return renderTable(
    edges.map(({ from, to, via }) => [
      { text: cleanLine(from) },
      { text: `-> ${cleanLine(to)}` },
      { text: `by ${cleanLine(via)}` },
    ]),
  );
}

function section(title: string, text: string, { colors }: View): readonly string[] {
  return text === "" ? [] : [colors.bold(title), text.replace(/^/gm, "  ")];
}
