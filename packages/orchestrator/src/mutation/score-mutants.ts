import type { Diagnostic, ModuleId, Mutant, TargetIo, TestRun } from "@jaunt/core";
import type { LoadedProject } from "../loaded-project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { MutationScore } from "../reports.ts";
import { mapAtOnce } from "./map-at-once.ts";
import { judgeMutant, type Verdict } from "./judge-mutant.ts";
import { tallyScores, type MutantResult } from "./tally-scores.ts";
import { mutantsOf, readTestedModule, type TestedModule } from "./tested-module.ts";

export interface MutationOptions {
  /** Modules of code, in the order of the report. */
  readonly modules: readonly ModuleId[];
  /** At most so many mutants are run in each module. */
  readonly limit: number;
  /** Mutants at once. */
  readonly jobs: number;
}

export interface MutationResults {
  readonly scores: readonly MutationScore[];
  /** Modules that could not be judged, and why. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Plants mutants in built modules, one at a time and in memory only, and counts which the tests of the module notice. Only where the
 * code as it is passes every test. Types are not asked, so that a mutant may be one that the compiler would refuse.
 * Nothing when it is interrupted, for half a count misleads.
 */
export async function scoreMutants(
  context: Pick<ProjectContext, "root" | "signal" | "emit" | "io">,
  project: LoadedProject,
  { modules, limit, jobs }: MutationOptions,
): Promise<MutationResults> {
  const io = context.io();
  const read = modules.map((id) => readTestedModule(context, project, id)).filter((module) => module !== undefined);
  try {
    const baselines = await mapAtOnce(read, jobs, (module) => runCases(module, module.built, io));
    const judged = read.map((module, index) => judgeModule(module, baselines[index], limit));
    const runs = judged.flatMap(({ run }) => run);
    let done = 0;
    let survived = 0;
    const verdicts = await mapAtOnce(runs, jobs, async ({ module, mutant, baseline }) => {
      const verdict = await verdictOf(module, mutant, baseline, io);
      done += 1;
      if (verdict === "survived") survived += 1;
      context.emit({ type: "mutation-progress", done, total: runs.length, survived });
      return verdict;
    });
    const byMutant = new Map(runs.map(({ mutant }, index) => [mutant, verdicts[index]]));
    return {
      scores: judged.flatMap(({ module, results }) =>
        tallyScores(
          module.source.module,
          module,
          results.map((result) => ({ ...result, verdict: byMutant.get(result.mutant) ?? result.verdict })),
        ),
      ),
      diagnostics: judged.flatMap(({ diagnostics }) => diagnostics),
    };
  } catch (error) {
    if (context.signal.aborted) return { scores: [], diagnostics: [] };
    throw error;
  }
}

interface PlannedMutant {
  readonly module: TestedModule;
  readonly mutant: Mutant;
  readonly baseline: TestRun;
}

interface JudgedModule {
  readonly module: TestedModule;
  /** What is known before any mutant is run: some are left out, and without a test all survive. */
  readonly results: readonly MutantResult[];
  readonly run: readonly PlannedMutant[];
  readonly diagnostics: readonly Diagnostic[];
}

function judgeModule(module: TestedModule, baseline: TestRun | undefined, limit: number): JudgedModule {
  const nothing = { module, results: [], run: [] };
  if (baseline === undefined || baseline.failed > 0) {
    const what =
      baseline?.failed === 1 ? "one of its tests fails" : `${String(baseline?.failed ?? 0)} of its tests fail`;
    return {
      ...nothing,
      diagnostics: [note(module, "failing", `No mutants: ${what} on the code as it is.`, "Mend that first.")],
    };
  }
  const results = mutantsOf(module).map((mutant, index): MutantResult => ({
    mutant,
    verdict: index < limit ? "survived" : "left out",
  }));
  const chosen = results.slice(0, limit);
  if (baseline.passed > 0)
    return { module, results, run: chosen.map(({ mutant }) => ({ module, mutant, baseline })), diagnostics: [] };
  if (results.length === 0) return { ...nothing, diagnostics: [] };
  const why = baseline.skipped === 0 ? "has no example, property or test" : "has none that can run in the sandbox";
  return {
    ...nothing,
    results,
    diagnostics: [
      note(
        module,
        "untested",
        `All mutants survive: ${module.source.module.id} ${why}.`,
        "Add an `@example` to its specs.",
      ),
    ],
  };
}

function note({ source }: TestedModule, code: string, message: string, hint: string): Diagnostic {
  return { code: `mutation/${code}`, severity: "warning", message, file: source.module.path, hint };
}

async function verdictOf(module: TestedModule, { built }: Mutant, baseline: TestRun, io: TargetIo): Promise<Verdict> {
  const verdict = judgeMutant(baseline, await runCases(module, built, io));
  // A busy machine may be why a run says nothing, and one that is the same twice is worth the time.
  return verdict === "unknown" ? judgeMutant(baseline, await runCases(module, built, io)) : verdict;
}

async function runCases(
  { target, source, layout, cases }: TestedModule,
  built: string,
  io: TargetIo,
): Promise<TestRun> {
  const nothing: TestRun = { passed: 0, failed: 0, skipped: cases.length, diagnostics: [] };
  io.signal.throwIfAborted();
  return cases.length === 0 ? nothing : ((await target.verify?.({ source, built, layout }, cases, io)) ?? nothing);
}
