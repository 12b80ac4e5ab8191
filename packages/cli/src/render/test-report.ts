import type { BuildFailure, TestReport } from "@jaunt/orchestrator";
import { renderFailure } from "./build-report.ts";
import { renderDiagnostics } from "./diagnostic.ts";
import { cleanLine, cleanText } from "./escape.ts";
import { formatCount, formatDollars, formatSeconds, formatUsage } from "./format.ts";
import { renderMutation } from "./mutation-report.ts";
import type { View } from "./view.ts";

type TestResult = TestReport["tests"][number];

/** How the tests went: problems first, then what could not be generated, the tests that failed, and one summary line. */
export function renderTest(report: TestReport, view: View): string {
  const { colors } = view;
  const unbuilt = failuresOf(report).filter(({ outcome }) => outcome !== "interrupted" && outcome !== "over_budget");
  const failed = report.tests.filter(({ outcome }) => outcome === "failed");
  return [
    renderDiagnostics(report.diagnostics, view),
    ...unbuilt.map((failure) => renderFailure(failure, view)),
    ...failed.map((test) => renderFailedTest(test, view)),
    ...(report.mutation === undefined ? [] : [renderMutation(report.mutation, view)]),
    colors.bold(paint(report, view)(summary(report))),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function failuresOf({ build, failed }: TestReport): readonly BuildFailure[] {
  return [...(build?.failed ?? []), ...failed];
}

/** One line says which test, where, and what is wrong; what else the runner says stands below it. */
export function renderFailedTest(
  { ref, name, kind, file, line, message = "", hint }: TestResult,
  { colors }: View,
): string {
  const [first = "", ...others] = cleanText(message).trim().split("\n");
  const what = kind === "test" ? cleanLine(ref) : `${kind} of ${cleanLine(ref)}: ${cleanLine(name)}`;
  const place = colors.cyan(`${cleanLine(file)}${line === undefined ? "" : `:${String(line)}`}`);
  return [
    `${colors.red("✗")} ${colors.bold(what)} ${place}: ${first === "" ? "failed" : first}`,
    ...others.map((text) => (text === "" ? "" : `    ${text}`)),
    ...(hint === undefined ? [] : [`    ${colors.green("hint:")} ${cleanLine(hint)}`]),
  ].join("\n");
}

function summary(report: TestReport): string {
  const { build, generated, restamped, calls, usage, cost, counts } = report;
  const took = `in ${formatSeconds(report.duration_seconds)}`;
  const tokens =
    calls === 0 ? "" : ` (${formatUsage(usage)}${cost === null || cost === 0 ? "" : `, ~${formatDollars(cost)}`})`;
  const built = build?.generated.length ?? 0;
  const unbuilt = failuresOf(report).length;
  const total = counts.passed + counts.failed + counts.skipped;
  const parts = [
    ...(built === 0 ? [] : [`${formatCount(built, "module")} built`]),
    ...(generated.length === 0 ? [] : [`${formatCount(generated.length, "test module")} generated${tokens}`]),
    ...(restamped.length === 0 ? [] : [`${formatCount(restamped.length, "test module")} restamped`]),
    ...(unbuilt === 0 ? [] : [`${formatCount(unbuilt, "module")} not built`]),
    ...(total === 0 ? ["no test was run"] : [`${formatCount(counts.passed, "test")} passed`]),
    ...(counts.failed === 0 ? [] : [`${String(counts.failed)} failed`]),
    ...(counts.skipped === 0 ? [] : [`${String(counts.skipped)} skipped`]),
  ];
  return `test: ${report.interrupted ? "interrupted, " : ""}${parts.join(", ")} ${took}`;
}

function paint(report: TestReport, { colors }: View): (text: string) => string {
  if (report.interrupted) return colors.yellow;
  return failuresOf(report).length > 0 || report.counts.failed > 0 ? colors.red : colors.green;
}
