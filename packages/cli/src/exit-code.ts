import { JauntError, type Diagnostic, type ExitCode } from "@jaunt/core";
import type { Report } from "./report.ts";

/** What every exit code means, in the order in which help and the skill list them. */
export const exitCodes: readonly { readonly code: ExitCode | 0; readonly meaning: string }[] = Object.freeze([
  { code: 0, meaning: "done" },
  { code: 1, meaning: "a bug in Jaunt" },
  { code: 2, meaning: "usage, configuration or discovery" },
  { code: 3, meaning: "build failed or drift found" },
  { code: 4, meaning: "tests failed" },
  { code: 130, meaning: "interrupted" },
]);

/** Exit code of a command that ended with a report: the one place that turns results into codes. */
export function exitCodeOfReport(report: Report): ExitCode | 0 {
  switch (report.command) {
    case "build":
      if (report.interrupted) return 130;
      // Input that cannot be read comes first: it is often why something else failed.
      if (hasError(report.diagnostics)) return 2;
      return report.failed.length > 0 ? 3 : 0;
    case "test":
      if (report.interrupted) return 130;
      if (hasError(report.diagnostics)) return 2;
      // Tests that were never written or that nothing could run against say more than those that failed.
      if (report.failed.length > 0 || (report.build?.failed ?? []).length > 0) return 3;
      return report.counts.failed > 0 ? 4 : 0;
    case "watch":
      return report.interrupted ? 130 : 0;
    case "lint":
      if (hasError(report.diagnostics)) return 2;
      return report.ok ? 0 : 3;
    case "check":
      if (!report.ok) return 3;
      return hasError(report.diagnostics) ? 2 : 0;
    case "status":
    case "sync":
    case "plan":
      return hasError(report.diagnostics) ? 2 : 0;
    case "doctor":
      return report.ok ? 0 : 2;
    case "guard":
      return report.ok ? 0 : 3;
    case "why":
    case "clean":
    case "cache":
    case "init":
    case "instructions":
    case "skill":
    case "version":
      return 0;
  }
}

/** Exit code of a command that an error stopped. What is no `JauntError` is a bug. */
export function exitCodeOfError(error: unknown): ExitCode {
  return JauntError.isInstance(error) ? error.exitCode : 1;
}

function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
