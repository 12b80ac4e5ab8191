import type { TestRun } from "@jaunt/core";

/** What a run of the tests says of a mutant. `unknown`: not everything ran, so nobody can tell. */
export type Verdict = "killed" | "survived" | "unknown";

/** Compares a run against a mutant with the one against the code as it is, in which nothing failed. */
export function judgeMutant(before: TestRun, after: TestRun): Verdict {
  if (after.failed > 0) return "killed";
  return after.passed >= before.passed ? "survived" : "unknown";
}
