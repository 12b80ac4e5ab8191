import type { PlannedBuild, PlanReport } from "@jaunt/orchestrator";
import { renderDiagnostics } from "./diagnostic.ts";
import { cleanLine } from "./escape.ts";
import { formatCount, formatDollars, formatNumber, formatSeconds } from "./format.ts";
import { renderTable } from "./table.ts";
import type { View } from "./view.ts";

/** What a build would do, in order, with reasons and estimates; then what it comes to. Verbose: every reason. */
export function renderPlan(report: PlanReport, view: View): string {
  const rows = report.build.map((entry) => [
    { text: cleanLine(entry.module) },
    { text: entry.action, paint: entry.action === "verify" ? view.colors.cyan : view.colors.yellow },
    { text: entry.status },
    { text: describeEstimate(entry), paint: view.colors.dim },
    { text: describeReasons(entry, view) },
  ]);
  return [
    renderDiagnostics(report.diagnostics, view),
    renderTable(rows, view.verbose ? undefined : view.width),
    ...leftAlone(report, view),
    ...describePrice(report, view),
    view.colors.bold(summary(report)),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function describeEstimate(entry: PlannedBuild): string {
  const { estimated_input_tokens: input, estimated_output_tokens: output, asked, cached } = entry;
  if (cached) return "free: its reply is in the cache";
  if (asked?.length === 0) return "free: nothing is to be written anew";
  const only = asked === undefined ? "" : ` for ${asked.map(cleanLine).join(", ")} only`;
  return `about ${formatNumber(input)} in, ${formatNumber(output)} out${only}`;
}

function describeReasons({ reason, explanations }: PlannedBuild, { verbose }: View): string {
  if (verbose) return explanations.map(cleanLine).join(" ");
  const more = explanations.length - 1;
  return `${more > 0 ? `(+${String(more)}) ` : ""}${cleanLine(reason)}`;
}

function leftAlone({ edited, blocked }: PlanReport, { colors }: View): readonly string[] {
  const line = (modules: readonly string[], why: string): readonly string[] =>
    modules.length === 0 ? [] : [colors.yellow(`left alone: ${modules.map(cleanLine).join(", ")}: ${why}`)];
  return [
    ...line(edited, "edited by hand; `jaunt why` says how to go on"),
    ...line(blocked, "a module that is needed failed; build that, too, with --target +MODULE"),
  ];
}

function describePrice({ price, model, totals }: PlanReport, { colors }: View): readonly string[] {
  if (price !== null || totals.cost !== null) return [];
  return [
    colors.yellow(
      model === ""
        ? "cost: unknown, because no model is named: set [llm] model, and [llm.pricing] if it is not a known one"
        : `cost: price of ${cleanLine(model)} unknown: set [llm.pricing]`,
    ),
  ];
}

function summary({ build, totals, price, batch, skipped, duration_seconds: seconds }: PlanReport): string {
  const cached = build.filter((entry) => entry.cached).length;
  const verify = totals.verify === 0 ? "" : `, ${formatNumber(totals.verify)} to verify first`;
  const free = cached === 0 ? "" : ` (${formatCount(cached, "reply", "replies")} in the cache)`;
  const tokens = `about ${formatNumber(totals.input_tokens)} input and ${formatNumber(totals.output_tokens)} output tokens`;
  const cost =
    totals.cost === null
      ? "cost unknown"
      : price?.source === "recordings"
        ? "recordings cost nothing"
        : `~${formatDollars(totals.cost)} at most${batch === true ? " by batch" : ""}`;
  const estimate = build.length === 0 ? "" : `; ${tokens}, ${cost}`;
  return `plan: ${formatCount(totals.generate, "module")} to generate${free}${verify}${estimate}; ${formatCount(skipped, "module")} up to date in ${formatSeconds(seconds)}`;
}
