import type { WatchReport } from "@jaunt/orchestrator";
import { formatCount, formatSeconds, formatUsage } from "./format.ts";
import type { View } from "./view.ts";

/** What all rounds of a watch came to, as one line. */
export function renderWatch({ totals, interrupted, duration_seconds: seconds }: WatchReport, { colors }: View): string {
  const tokens = totals.calls === 0 ? "" : ` (${formatUsage(totals.usage)})`;
  const parts = [
    `${formatCount(totals.generated, "module")} generated${tokens}`,
    ...(totals.restamped === 0 ? [] : [`${String(totals.restamped)} restamped`]),
    ...(totals.cache_hits === 0 ? [] : [`${formatCount(totals.cache_hits, "reply", "replies")} from the cache`]),
    ...(totals.failed === 0 ? [] : [`${String(totals.failed)} failed`]),
  ];
  const ended = interrupted ? "interrupted in a round" : "stopped";
  const rounds = formatCount(totals.rounds, "round");
  const left = interrupted ? " What was finished is kept." : "";
  const text = `watch: ${ended} after ${rounds} in ${formatSeconds(seconds)}: ${parts.join(", ")}.${left}`;
  return colors.bold(interrupted ? colors.yellow(text) : text);
}
