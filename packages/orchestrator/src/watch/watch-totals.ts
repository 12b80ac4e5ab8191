import type { WatchReport, WatchRound } from "./watch-report.ts";
import { addUsage, noUsage } from "../generate/usage.ts";

/** Sums up the rounds of a watch. */
export interface WatchTotals {
  add(round: WatchRound): void;
  report(): Pick<WatchReport, "rounds" | "totals">;
}

/** A watch may run for weeks: only so many rounds are kept one by one. */
const keptRounds = 1000;

/** Sums of nothing. */
export function createTotals(): WatchTotals {
  let rounds: readonly WatchRound[] = [];
  let totals: WatchReport["totals"] = {
    rounds: 0,
    generated: 0,
    restamped: 0,
    failed: 0,
    calls: 0,
    cache_hits: 0,
    usage: noUsage,
  };
  return {
    add(round) {
      rounds = [...rounds, round].slice(-keptRounds);
      totals = {
        rounds: totals.rounds + 1,
        generated: totals.generated + round.generated.length,
        restamped: totals.restamped + round.restamped.length,
        failed: totals.failed + round.failed.length,
        calls: totals.calls + round.calls,
        cache_hits: totals.cache_hits + round.cache_hits,
        usage: addUsage(totals.usage, round.usage),
      };
    },
    report: () => ({ rounds, totals }),
  };
}
