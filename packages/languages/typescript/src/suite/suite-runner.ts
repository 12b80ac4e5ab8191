import type { Diagnostic, Layout, SuiteOptions, SuiteRun, TargetIo } from "@jaunt/core";
import { missingGenerators } from "./missing-generators.ts";
import { runNodeTests } from "./node-run.ts";
import type { SuiteLimits } from "./suite-limits.ts";
import { runVitest } from "./vitest-run.ts";

const defaultLimits: SuiteLimits = { test: 30_000, file: 120_000, quiet: 60_000, run: 30 * 60_000 };

/** Runs test files with the project's runner. Holds esbuild's process from the first run of `node:test` until `close`. */
export interface SuiteRunner {
  test(files: readonly string[], options: SuiteOptions, layout: Layout, io: TargetIo): Promise<SuiteRun>;
  close(): Promise<void>;
}

/** A runner for the layouts of TypeScript projects. */
export function createSuiteRunner(limits: Partial<SuiteLimits> = {}): SuiteRunner {
  const allowed = { ...defaultLimits, ...limits };
  let bundled = false;
  return {
    async test(files, options, layout, io) {
      io.signal.throwIfAborted();
      const present = files.filter((file) => io.readText(file) !== undefined);
      const absent = files.filter((file) => !present.includes(file)).map(absentFile);
      const lacking = missingGenerators(present, io);
      const runnable = present.filter((file) => !lacking.files.includes(file));
      bundled ||= layout.testRunner === "node:test";
      const { tests, diagnostics } =
        runnable.length === 0
          ? { tests: [], diagnostics: [] }
          : layout.testRunner === "vitest"
            ? await runVitest(runnable, options, allowed, io)
            : await runNodeTests(runnable, options, allowed, layout, io);
      return { tests, diagnostics: [...diagnostics, ...lacking.diagnostics, ...absent] };
    },
    async close() {
      if (bundled) await (await import("esbuild")).stop();
      bundled = false;
    },
  };
}

function absentFile(file: string): Diagnostic {
  return { code: "suite/not-loaded", severity: "error", message: `${file} does not exist.`, file };
}
