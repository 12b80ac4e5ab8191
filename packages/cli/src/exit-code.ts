import { JauntError, type Diagnostic, type ExitCode } from "@jaunt/core";
import type { Report } from "./report.ts";

/** Exit code of a command that ended with a report: the one place that turns results into codes. */
export function exitCodeOfReport(report: Report): ExitCode | 0 {
  switch (report.command) {
    case "build":
      if (report.interrupted) return 130;
      // Input that cannot be read comes first: it is often why something else failed.
      if (hasError(report.diagnostics)) return 2;
      return report.failed.length > 0 ? 3 : 0;
    case "watch":
      return report.interrupted ? 130 : 0;
    case "check":
      if (!report.ok) return 3;
      return hasError(report.diagnostics) ? 2 : 0;
    case "status":
    case "sync":
    case "plan":
      return hasError(report.diagnostics) ? 2 : 0;
    case "doctor":
      return report.ok ? 0 : 2;
    case "why":
    case "clean":
    case "cache":
    case "init":
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
