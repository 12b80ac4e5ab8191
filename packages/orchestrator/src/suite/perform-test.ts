import type { Diagnostic, ModuleId } from "@jaunt/core";
import { blameFailures } from "../blame/blame-failures.ts";
import { runBuild, type BuildOutcome } from "../build/run-build.ts";
import { noUsage } from "../generate/usage.ts";
import { loadProject } from "../load-project.ts";
import type { LoadedProject } from "../loaded-project.ts";
import { scoreMutants } from "../mutation/score-mutants.ts";
import { noteEmptySelection, selectTargets } from "../plan/select.ts";
import type { TestOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { MutationScore, TestReport } from "../reports.ts";
import { chooseTests, withoutFailed, type ChosenTests } from "./choose-tests.ts";
import { runSuite, type SuiteResults } from "./run-suite.ts";
import { writeExamples } from "./write-examples.ts";

/**
 * Builds what the selected tests need, generates the tests that are due, writes down the examples, and runs all of them. What fails to
 * build holds up only the tests that need it.
 * @throws {JauntError} as a build does
 */
export async function performTest(
  context: ProjectContext,
  options: TestOptions,
): Promise<Omit<TestReport, "duration_seconds">> {
  const { config, signal } = context;
  const { force = false, build = true, targets = [] } = options;
  const chosen = chooseTests(await loadProject(context), options);
  const choose = (project: LoadedProject, part: keyof ChosenTests): readonly ModuleId[] =>
    chooseTests(project, options)[part];
  const built =
    build && chosen.builds.length > 0
      ? await runBuild(
          context,
          { ...shareOf(options), ...(options.jobs === undefined ? {} : { jobs: options.jobs }) },
          { role: "build", select: (project) => choose(project, "builds"), replaceEdited: false },
        )
      : undefined;
  const generated =
    chosen.tests.length > 0 && !signal.aborted
      ? await runBuild(
          context,
          { ...shareOf(options), force, jobs: options.jobs ?? config.test.jobs },
          { role: "test", select: (project) => choose(project, "tests"), replaceEdited: force && targets.length > 0 },
        )
      : undefined;
  const project = await loadProject(context);
  const results = await runChosen(context, options, project, built);
  return report(context, options, project, { built, generated, results });
}

/** Options of a build that are the same for code and for tests. */
function shareOf({ noCache, offline, record, dumpPrompts }: TestOptions): TestOptions {
  return {
    ...(noCache === undefined ? {} : { noCache }),
    ...(offline === undefined ? {} : { offline }),
    ...(record === undefined ? {} : { record }),
    ...(dumpPrompts === undefined ? {} : { dumpPrompts }),
  };
}

interface ChosenResults extends SuiteResults {
  readonly written: readonly string[];
  /** Present when mutants were asked for. */
  readonly mutation?: readonly MutationScore[];
}

async function runChosen(
  context: ProjectContext,
  options: TestOptions,
  project: LoadedProject,
  built: BuildOutcome | undefined,
): Promise<ChosenResults> {
  const { config, signal } = context;
  const none: ChosenResults = {
    written: [],
    tests: [],
    counts: { passed: 0, failed: 0, skipped: 0 },
    diagnostics: [],
  };
  if (signal.aborted || !project.configured) return none;
  const chosen = chooseTests(project, options);
  // What was edited by hand is there, whoever wrote it.
  const failed = new Set((built?.failed ?? []).flatMap(({ module, outcome }) => (outcome === "edited" ? [] : module)));
  const { files: examples, written } = writeExamples(context, project, withoutFailed(project, chosen.examples, failed));
  const sound = new Set(project.plan.modules.flatMap(({ id, state }) => (runnable.has(state) ? id : [])));
  const tests = withoutFailed(project, chosen.tests, failed).filter((id) => sound.has(id));
  const paths = new Map(tests.map((id) => [project.modules.get(id)?.paths.generated ?? "", id]));
  const { args = [], jobs = config.test.jobs } = options;
  const settings = { args: [...config.test.args, ...args], jobs };
  const results = await runSuite(context, project, { tests: paths, examples }, settings);
  const blamed = await blameFailures(context, project, results.tests);
  const mutated = withoutFailed(project, modulesToMutate(project, options, chosen), failed);
  const mutation =
    options.mutants === undefined
      ? undefined
      : await scoreMutants(context, project, { modules: mutated, limit: options.mutants, jobs });
  if (written.length > 0 && !signal.aborted) await loadProject(context);
  return {
    ...results,
    tests: blamed,
    diagnostics: [...results.diagnostics, ...(mutation?.diagnostics ?? [])],
    written,
    ...(mutation === undefined ? {} : { mutation: mutation.scores }),
  };
}

/** The selected code; that which the selected tests need where no code was selected. */
function modulesToMutate(project: LoadedProject, options: TestOptions, { builds }: ChosenTests): readonly ModuleId[] {
  const selected = selectTargets(project, options).filter((id) => builds.includes(id));
  return selected.length > 0 ? selected : builds;
}

/** Tests that say what their specs say now, or what a person made of them. */
const runnable: ReadonlySet<string> = new Set(["current", "outdated", "edited"]);

interface Stages {
  readonly built: BuildOutcome | undefined;
  readonly generated: BuildOutcome | undefined;
  readonly results: ChosenResults;
}

function report(
  { config, signal }: ProjectContext,
  options: TestOptions,
  project: LoadedProject,
  { built, generated, results }: Stages,
): Omit<TestReport, "duration_seconds"> {
  const { written, tests, counts, mutation, diagnostics } = results;
  const stages = [built, generated].filter((stage) => stage !== undefined);
  return {
    schema: "jaunt.test/1",
    command: "test",
    runner: config.test.runner,
    ...(built === undefined ? {} : { build: summaryOf(built) }),
    generated: generated?.generated ?? [],
    restamped: generated?.restamped ?? [],
    skipped: generated?.skipped ?? [],
    failed: generated?.failed ?? [],
    written: [...new Set([...stages.flatMap((stage) => stage.written), ...written])].sort(),
    calls: generated?.calls ?? 0,
    cache_hits: generated?.cache_hits ?? 0,
    usage: generated?.usage ?? noUsage,
    cost: generated === undefined ? 0 : difference(generated.cost, built?.cost ?? 0),
    tests,
    counts,
    ...(mutation === undefined ? {} : { mutation }),
    diagnostics: unique([
      ...project.diagnostics,
      ...noteEmptySelection(options, selectTargets(project, options)),
      ...stages.flatMap((stage) => stage.diagnostics),
      ...diagnostics,
    ]),
    interrupted: signal.aborted,
  };
}

function summaryOf({
  generated,
  restamped,
  skipped,
  failed,
  calls,
  usage,
  cost,
}: BuildOutcome): NonNullable<TestReport["build"]> {
  return { generated, restamped, skipped, failed, calls, usage, cost };
}

/** Both stages read the project, and tell of it again. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()];
}

/** Both stages draw on one budget, which counts on. */
function difference(total: number | null, before: number | null): number | null {
  return total === null || before === null ? null : total - before;
}
