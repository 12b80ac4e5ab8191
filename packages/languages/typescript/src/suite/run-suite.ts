import type { Diagnostic, Layout, SuiteOptions, SuiteRun, TargetIo } from "@jaunt/core";
import { missingGenerators } from "./missing-generators.ts";
import { runNodeTests } from "./node-run.ts";
import type { SuiteLimits } from "./suite-limits.ts";
import { runVitest } from "./vitest-run.ts";

const defaultLimits: SuiteLimits = { test: 30_000, file: 120_000, quiet: 60_000, run: 30 * 60_000 };

/** Runs test files of a TypeScript project with its runner. */
export async function runSuite(
  files: readonly string[],
  options: SuiteOptions,
  layout: Layout,
  io: TargetIo,
  limits: Partial<SuiteLimits> = {},
): Promise<SuiteRun> {
  io.signal.throwIfAborted();
  const allowed = { ...defaultLimits, ...limits };
  const present = files.filter((file) => io.readText(file) !== undefined);
  const absent = files.filter((file) => !present.includes(file)).map(absentFile);
  const lacking = missingGenerators(present, io);
  const runnable = present.filter((file) => !lacking.files.includes(file));
  const { tests, diagnostics } =
    runnable.length === 0
      ? { tests: [], diagnostics: [] }
      : layout.testRunner === "vitest"
        ? await runVitest(runnable, options, allowed, io)
        : await runNodeTests(runnable, options, allowed, layout, io);
  return { tests, diagnostics: [...diagnostics, ...lacking.diagnostics, ...absent] };
}

function absentFile(file: string): Diagnostic {
  return { code: "suite/not-loaded", severity: "error", message: `${file} does not exist.`, file };
}
