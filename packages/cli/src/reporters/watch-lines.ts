import type { FileChange, RunEvent } from "@jaunt/orchestrator";
import { renderDiagnostics, renderHint } from "../render/diagnostic.ts";
import { cleanLine, cleanText } from "../render/escape.ts";
import { formatCount, formatNumber } from "../render/format.ts";
import { renderFailedTest } from "../render/test-report.ts";
import type { View } from "../render/view.ts";

type EventOf<Type extends RunEvent["type"]> = Extract<RunEvent, { readonly type: Type }>;

/** Paths of one kind of change that are named; the others are counted. */
const namedAtMost = 3;

/** The lasting lines of a watch's own events, but for that it is idle, which is shown as of the moment where that is possible. */
export function watchLines(event: RunEvent, view: View): readonly string[] {
  switch (event.type) {
    case "watch-ready":
      return view.verbose ? [view.colors.dim(`watching ${event.folders.map(cleanLine).join(", ")}`)] : [];
    case "watch-change":
      return changeLines(event, view);
    case "watch-problems":
      return [renderDiagnostics(event.diagnostics, view)];
    case "watch-tests":
      return testLines(event, view);
    case "watch-error":
      return errorLines(event, view);
    default:
      return [];
  }
}

/** That nothing runs, and how many modules are in a state that asks for something. */
export function idleLine({ modules, states }: EventOf<"watch-idle">): string {
  const counts = (["failed", "blocked", "edited", "orphaned", "stale", "unbuilt"] as const).flatMap((state) => {
    const count = states[state] ?? 0;
    return count === 0 ? [] : [`${formatNumber(count)} ${state}`];
  });
  const but = counts.length === 0 ? "" : `, ${counts.join(", ")}`;
  return `watching ${formatCount(modules, "module")}${but}; Ctrl-C to stop`;
}

/** Every test that failed, and how many passed. */
function testLines({ counts, failed, ungenerated }: EventOf<"watch-tests">, view: View): readonly string[] {
  const parts = [
    `${formatCount(counts.passed, "test")} passed`,
    ...(counts.failed === 0 ? [] : [`${formatNumber(counts.failed)} failed`]),
    ...(counts.skipped === 0 ? [] : [`${formatNumber(counts.skipped)} skipped`]),
    ...(ungenerated.length === 0 ? [] : [`${ungenerated.map(cleanLine).join(", ")} not generated`]),
  ];
  const isGood = counts.failed === 0 && ungenerated.length === 0;
  return [
    ...failed.map((result) => renderFailedTest(result, view)),
    (isGood ? view.colors.green : view.colors.red)(`tests: ${parts.join(", ")}`),
  ];
}

function changeLines({ at, changes, effect }: EventOf<"watch-change">, { colors, verbose }: View): readonly string[] {
  const time = new Date(at).toTimeString().slice(0, 8);
  const what = (["added", "changed", "deleted"] as const)
    .map((kind) => describe(changes, kind))
    .filter((text) => text !== "")
    .join("; ");
  if (effect !== "none") return [`${colors.dim(time)} ${what}`];
  return verbose ? [colors.dim(`${time} ${what}: nothing to do`)] : [];
}

function describe(changes: readonly FileChange[], kind: FileChange["change"]): string {
  const paths = changes.filter(({ change }) => change === kind).map(({ path }) => cleanLine(path));
  const more = paths.length - namedAtMost;
  const named = paths.slice(0, namedAtMost).join(", ");
  return paths.length === 0 ? "" : `${named}${more > 0 ? ` and ${formatCount(more, "more file")}` : ""} ${kind}`;
}

function errorLines({ message, hint, diagnostics }: EventOf<"watch-error">, view: View): readonly string[] {
  const { colors } = view;
  const [first = "", ...others] = cleanText(message).trim().split("\n");
  return [
    `${colors.red("error")}: ${colors.bold(first)}`,
    ...others.map((line) => `  ${line}`),
    ...(diagnostics.length === 0 ? [] : [renderDiagnostics(diagnostics, view)]),
    ...(hint === undefined ? [] : [renderHint(hint, view)]),
  ];
}
