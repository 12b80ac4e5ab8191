import type { StatusReport } from "@jaunt/orchestrator";

/** The command that helps most in a project whose modules are in these states. */
export function nextStep(counts: StatusReport["counts"]): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return "jaunt sync";
  if ((counts.edited ?? 0) > 0) return "jaunt status --target state:edited";
  if ((counts.failed ?? 0) > 0) return "jaunt status --target state:failed";
  if ((counts.unbuilt ?? 0) + (counts.stale ?? 0) + (counts.blocked ?? 0) > 0) return "jaunt plan";
  if ((counts.orphaned ?? 0) > 0) return "jaunt clean --orphans --dry-run";
  return "jaunt check";
}

/** What the next command is good for, as a clause. */
export function nextReason(counts: StatusReport["counts"]): string {
  switch (nextStep(counts)) {
    case "jaunt sync":
      return "write a first spec, X.jaunt.ts, in a source root; then this makes its facade";
    case "jaunt status --target state:edited":
      return "shows what was edited by hand; move those edits into the specs";
    case "jaunt status --target state:failed":
      return "shows what failed; `.jaunt/failed/` has the errors";
    case "jaunt plan":
      return "shows what a build would do, and its likely cost; then `jaunt build`";
    case "jaunt clean --orphans --dry-run":
      return "shows generated files whose spec is gone; then without --dry-run";
    default:
      return "proves that everything generated is current and type-checks";
  }
}
