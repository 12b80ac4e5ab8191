import type { ContractChange, WhyReport } from "@jaunt/orchestrator";
import { cleanLine, cleanText } from "./escape.ts";
import { formatCount, formatSeconds } from "./format.ts";
import { colorOfState } from "./status-report.ts";
import { renderTable } from "./table.ts";
import type { View } from "./view.ts";

/** Why a module is in its state: a sentence per part that differs, with digests and words, what it uses and who uses it. */
export function renderWhy(report: WhyReport, view: View): string {
  const { colors } = view;
  const next = report.next === null ? [] : [`${colors.green("next:")} ${cleanLine(report.next)}`];
  const sections = [
    [heading(report, view), ...explain(report, view)],
    section("It uses:", edges(report), view),
    section("It is used by:", report.dependents.map((module) => cleanLine(module)).join("\n"), view),
    [...next, colors.dim(`why: in ${formatSeconds(report.duration_seconds)}`)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n");
}

function heading({ module, ref, status, explanations }: WhyReport, { colors }: View): string {
  const head = `${colors.bold(cleanLine(module))} is ${colorOfState(status, colors)(status)}`;
  if (explanations.length > 0) return `${head} because:`;
  if (ref === undefined || status === "current") return `${head}: nothing it depends on has changed`;
  return `${head}, but nothing that concerns ${cleanLine(ref)} has changed`;
}

function explain({ explanations, reasons, changes, artifact }: WhyReport, view: View): readonly string[] {
  const byPart = new Map(changes.map((change) => [change.part, change]));
  const details = artifact === undefined ? [] : [`    ${view.colors.green("details:")} ${cleanLine(artifact)}`];
  const lines = explanations.flatMap((text, index) => {
    const reason = reasons[index];
    const change = reason !== undefined && "part" in reason ? byPart.get(reason.part) : undefined;
    const digests = describeDigests(change);
    const [first = "", ...others] = cleanText(text).trim().split("\n");
    return [
      `  - ${first}${digests === "" ? "" : view.colors.dim(` (${digests})`)}`,
      ...others.map((line) => `    ${line}`),
      ...(change === undefined ? [] : describeWords(change, view)),
    ];
  });
  return [...lines, ...details];
}

function describeDigests(change: ContractChange | undefined): string {
  if (change === undefined || change.old === null || change.new === null) return "";
  return `${cleanLine(change.part)}: ${cleanLine(change.old)} -> ${cleanLine(change.new)}`;
}

/** Lines of a change that fit a glance. */
const shownLines = 12;

function describeWords(change: ContractChange, { colors, verbose }: View): readonly string[] {
  const { old, new: now, diff, words_only: wordsOnly } = change;
  if (diff === undefined)
    return old === null || now === null
      ? []
      : [colors.dim("    only the digests are known here: it was stamped in another place, or the cache was deleted")];
  if (diff.length === 0)
    return [colors.dim("    it reads as it did: an order changed, or another version of Jaunt digests it so")];
  const shown = verbose ? diff : diff.slice(0, shownLines);
  const rest = diff.length - shown.length;
  return [
    ...(wordsOnly === true ? [colors.dim("    in words only: its signature and types are as they were")] : []),
    ...shown.map((line) => `    ${(line.startsWith("-") ? colors.red : colors.green)(cleanLine(line))}`),
    ...(rest > 0 ? [colors.dim(`    … and ${formatCount(rest, "more line")}; --verbose shows all`)] : []),
  ];
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
