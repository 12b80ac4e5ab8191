import type { RunEvent } from "@jaunt/orchestrator";
import { renderDiagnostics, renderHint } from "../render/diagnostic.ts";
import { cleanLine } from "../render/escape.ts";
import { formatCount, formatDollars, formatNumber, formatSeconds, formatUsage } from "../render/format.ts";
import type { View } from "../render/view.ts";
import { batchLines } from "./batch-lines.ts";
import { watchLines } from "./watch-lines.ts";

/** A line for every mutant would say little. */
const mutantsPerLine = 50;

type EventOf<Type extends RunEvent["type"]> = Extract<RunEvent, { readonly type: Type }>;

/** The lasting lines that an event leaves behind, on a screen as in a log; none for what is only of the moment. */
export function eventLines(event: RunEvent, view: View): readonly string[] {
  const { colors } = view;
  switch (event.type) {
    case "warning":
      return warningLines(event, view);
    case "backend-chosen": {
      const model = event.model === "" ? "" : ` (${cleanLine(event.model)})`;
      return [colors.dim(`using ${cleanLine(event.provider)}${model}: ${cleanLine(event.why)}`)];
    }
    case "plan-end":
      return event.total === 0
        ? []
        : [colors.dim(`${formatNumber(event.total)} of ${formatCount(event.modules, "module")} to generate`)];
    case "file-write":
      return view.verbose ? [colors.dim(`wrote ${cleanLine(event.path)}`)] : [];
    case "file-remove":
      return view.verbose ? [colors.dim(`removed ${cleanLine(event.path)}`)] : [];
    case "call-retry":
      return [
        `${colors.yellow("↻")} ${cleanLine(event.module)}: asking again${event.waitMs === 0 ? "" : ` in ${formatSeconds(event.waitMs / 1000)}`}: ${cleanLine(event.why)}`,
      ];
    case "batch-submit":
    case "batch-progress":
      return batchLines(event, view);
    case "limit-change":
      return view.verbose ? [colors.dim(limitLine(event))] : [];
    case "attempt-end":
      return attemptLines(event, view);
    case "module-end":
      return moduleLines(event, view);
    case "test-run-start":
      return [colors.dim(`running ${formatCount(event.files, "test file")} with ${event.runner}`)];
    case "test-result":
      return view.verbose ? [testLine(event, view)] : [];
    case "test-run-end":
      return [];
    case "mutation-progress":
      return event.done % mutantsPerLine === 0 || event.done === event.total
        ? [
            colors.dim(
              `${formatNumber(event.done)} of ${formatCount(event.total, "mutant")} run, ${formatNumber(event.survived)} not noticed`,
            ),
          ]
        : [];
    default:
      return watchLines(event, view);
  }
}

/** The lines of a module's and an attempt's start, for a log; a screen shows these as its live lines. */
export function startLines(event: RunEvent, { colors, verbose }: View): readonly string[] {
  if (event.type === "module-start") {
    return [`${colors.dim("·")} ${cleanLine(event.module)}: started${colors.dim(startReasons(event, verbose))}`];
  }
  if (event.type === "attempt-start" && (verbose || event.attempt > 1)) {
    const size = verbose ? ` (${formatCount(event.promptCharacters, "prompt character")})` : "";
    return [
      colors.dim(
        `· ${cleanLine(event.module)}: attempt ${String(event.attempt)} of ${String(event.maxAttempts)}${size}`,
      ),
    ];
  }
  return [];
}

function startReasons({ reasons }: EventOf<"module-start">, verbose: boolean): string {
  const shown = verbose ? reasons : reasons.slice(0, 1);
  const rest = reasons.length - shown.length;
  const more = rest > 0 ? ` (and ${formatCount(rest, "more reason")})` : "";
  return shown.length === 0 ? "" : `: ${cleanLine(shown.join(" "))}${more}`;
}

function warningLines({ message, hint, module }: EventOf<"warning">, view: View): readonly string[] {
  const about = module === undefined ? "" : `${cleanLine(module)}: `;
  const line = `${view.colors.yellow("warning")}: ${about}${cleanLine(message)}`;
  return hint === undefined ? [line] : [line, renderHint(hint, view)];
}

/** A rejected attempt: how many errors and the first; all of them when verbose. */
function attemptLines(
  { module, attempt, accepted, diagnostics }: EventOf<"attempt-end">,
  view: View,
): readonly string[] {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (accepted || errors.length === 0) return [];
  const head = `${view.colors.yellow("↻")} ${cleanLine(module)}: attempt ${String(attempt)} rejected: ${formatCount(errors.length, "error")}`;
  if (!view.verbose) return [`${head}${view.colors.dim(`: ${cleanLine(errors[0]?.message ?? "")}`)}`];
  // These places are in the reply, not in the file that the disk has there.
  return [head, renderDiagnostics(diagnostics, { ...view, readText: () => undefined })];
}

function moduleLines(
  { module, outcome, attempts, usage, cost, durationMs, message, spliced }: EventOf<"module-end">,
  view: View,
): readonly string[] {
  const { colors } = view;
  const took = `in ${formatSeconds(durationMs / 1000)}`;
  const because = message === undefined ? "" : `: ${cleanLine(message)}`;
  const tries = attempts > 1 ? `${formatCount(attempts, "attempt")}, ` : "";
  switch (outcome) {
    case "built":
      return [
        `${colors.green("✓")} ${cleanLine(module)}: built ${took} ${colors.dim(`(${tries}${formatUsage(usage)}${priceTag(cost)}${saving(spliced)})`)}`,
      ];
    case "restamped":
      return [`${colors.green("✓")} ${cleanLine(module)}: still right, restamped ${took}${colors.dim(because)}`];
    case "failed":
      return [
        `${colors.red("✗")} ${cleanLine(module)}: failed ${attempts > 0 ? `after ${formatCount(attempts, "attempt")} ` : ""}${took}${because}`,
      ];
    case "blocked":
      return [`${colors.yellow("−")} ${cleanLine(module)}: blocked${because}`];
    case "over_budget":
      return [`${colors.yellow("−")} ${cleanLine(module)}: left, the budget is used up`];
    case "interrupted":
      return [`${colors.yellow("−")} ${cleanLine(module)}: interrupted`];
    case "skipped":
      return view.verbose ? [colors.dim(`· ${cleanLine(module)}: up to date`)] : [];
  }
}

/** One test, for whoever wants to see those that passed, too; the report tells of those that failed. */
function testLine({ result }: EventOf<"test-result">, { colors }: View): string {
  const { ref, name, kind, outcome, duration_ms: duration } = result;
  const sign = { passed: colors.green("✓"), failed: colors.red("✗"), skipped: colors.yellow("−") }[outcome];
  const what = kind === "test" ? ref : `${ref}: ${name}`;
  return `${sign} ${cleanLine(what)} ${colors.dim(`(${String(duration)} ms)`)}`;
}

function limitLine({ limit, pauseMs }: EventOf<"limit-change">): string {
  const pause = pauseMs === 0 ? "" : `, after a pause of ${formatSeconds(pauseMs / 1000)}`;
  return `the provider's limit allows ${formatCount(limit, "call")} at once${pause}`;
}

/** What costs nothing, or nobody knows what, is not priced. */
function priceTag(cost: number | undefined): string {
  return cost === undefined || cost === 0 ? "" : `, ~${formatDollars(cost)}`;
}

function saving(spliced: EventOf<"module-end">["spliced"]): string {
  if (spliced === undefined) return "";
  const { asked, kept, savedOutputTokens } = spliced;
  return `; only ${cleanLine(asked.join(", "))}, ${formatCount(kept.length, "spec")} kept, saving about ${formatCount(savedOutputTokens, "output token")}`;
}
