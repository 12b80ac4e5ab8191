import { BackendError, JauntError, type Diagnostic } from "@jaunt/core";
import { expect, test } from "vitest";
import { exitCodeOfError, exitCodeOfReport } from "./exit-code.ts";
import type { Report } from "./report.ts";
import { buildReport, statusReport } from "./testing/fake-services.ts";

const error: Diagnostic = { code: "spec/default-export", severity: "error", message: "no" };
const warning: Diagnostic = { ...error, severity: "warning" };
const failure = { module: "src/a", outcome: "failed", message: "no", attempts: 3, diagnostics: [error] } as const;
const check: Report = {
  schema: "jaunt.check/1",
  command: "check",
  ok: true,
  checked: 1,
  problems: [],
  warnings: [],
  diagnostics: [],
  duration_seconds: 0,
};

test.each<[string, number, Report]>([
  ["a build that did all", 0, buildReport({ generated: ["src/a"] })],
  ["a build with a warning", 0, buildReport({ diagnostics: [warning] })],
  ["a build with a failed module", 3, buildReport({ failed: [failure] })],
  ["a build that leaves an edited module", 3, buildReport({ failed: [{ ...failure, outcome: "edited" }] })],
  ["a build of what could be read", 2, buildReport({ generated: ["src/a"], diagnostics: [error] })],
  ["a failed build of what could be read", 2, buildReport({ failed: [failure], diagnostics: [error] })],
  ["an interrupted build", 130, buildReport({ interrupted: true, failed: [{ ...failure, outcome: "interrupted" }] })],
  ["a status of stale modules", 0, statusReport({ modules: { "src/a": { status: "stale", reasons: [] } } })],
  ["a status of an unreadable spec", 2, statusReport({ diagnostics: [error] })],
  ["a check that found nothing", 0, check],
  ["a check that found drift", 3, { ...check, ok: false }],
  ["a check of what could be read", 2, { ...check, diagnostics: [error] }],
  [
    "a doctor that found a failure",
    2,
    { schema: "jaunt.doctor/1", command: "doctor", ok: false, checks: [], duration_seconds: 0 },
  ],
  [
    "a clean",
    0,
    { schema: "jaunt.clean/1", command: "clean", dry_run: false, removed: [], kept: [], duration_seconds: 0 },
  ],
])("%s exits with %i", (_name, code, report) => {
  expect(exitCodeOfReport(report)).toBe(code);
});

test("an error brings its own exit code, from any copy of the package; anything else is a bug", () => {
  expect(exitCodeOfError(new JauntError("no", { code: "usage", exitCode: 2 }))).toBe(2);
  expect(exitCodeOfError(new BackendError("no", { kind: "rate-limit" }))).toBe(3);
  expect(exitCodeOfError({ [Symbol.for("jaunt.error")]: true, exitCode: 4 })).toBe(4);
  expect(exitCodeOfError(new TypeError("x is undefined"))).toBe(1);
  expect(exitCodeOfError("thrown text")).toBe(1);
});
