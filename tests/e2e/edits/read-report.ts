import type { BuildReport, CheckReport, StatusReport } from "@jaunt/orchestrator";
import type { Edit, Expected, Outcome } from "./edit.ts";

/** What one command said. */
export interface Observed {
  /** Every module about which it said anything that is not "fine as it is". */
  readonly found: Expected;
  /** Model calls, of a build. */
  readonly calls?: number;
}

/** Takes the sets of modules from a command's JSON document. Throws when the command stopped before it had any. */
export function readReport(command: Edit["command"], report: unknown): Observed {
  const { command: from } = report as { readonly command?: unknown };
  if (from !== command || "error" in (report as object))
    throw new Error(`jaunt ${command} did not come to a report: ${JSON.stringify(report)}`);
  if (command === "status") return readStatus(report as StatusReport);
  return command === "check" ? readCheck(report as CheckReport) : readBuild(report as BuildReport);
}

function readStatus({ modules }: StatusReport): Observed {
  const all = Object.entries(modules);
  return {
    found: sets(all.flatMap(([module, { status }]) => (status === "current" ? [] : [[status, module] as const]))),
  };
}

function readCheck({ problems, warnings }: CheckReport): Observed {
  return {
    found: sets([
      ...problems.map(({ module }) => ["problem", module] as const),
      ...warnings.map(({ module }) => ["warning", module] as const),
    ]),
  };
}

function readBuild({ generated, restamped, failed, calls }: BuildReport): Observed {
  return {
    found: sets([
      ...generated.map((module) => ["generated", module] as const),
      ...restamped.map((module) => ["restamped", module] as const),
      ...failed.map(({ module, outcome }) => [isOutcome(outcome) ? outcome : "failed", module] as const),
    ]),
    calls,
  };
}

function isOutcome(outcome: string): outcome is "blocked" | "edited" {
  return outcome === "blocked" || outcome === "edited";
}

function sets(entries: readonly (readonly [Outcome, string])[]): Expected {
  const found: Partial<Record<Outcome, string[]>> = {};
  for (const [outcome, module] of entries) (found[outcome] ??= []).push(module);
  return found;
}
