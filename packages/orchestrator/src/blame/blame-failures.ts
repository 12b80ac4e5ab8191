import { caseName, type Case, type ModuleId, type SpecRef, type TargetIo } from "@jaunt/core";
import { moduleOfRef } from "@jaunt/core/graph";
import type { LoadedProject } from "../loaded-project.ts";
import { readTestedModule, type TestedModule } from "../mutation/tested-module.ts";
import type { ProjectContext } from "../project-context.ts";
import type { TestResult } from "../suite/test-result.ts";
import type { BlameFacts } from "./blame-facts.ts";
import { findChangedSinceCommit } from "./changed-bodies.ts";
import { decideBlame } from "./decide-blame.ts";
import { dependencyFacts, targetsOf, type FailuresByModule } from "./dependency-facts.ts";
import { findEarlierBodies } from "./earlier-bodies.ts";
import { findContradiction } from "./find-contradiction.ts";

/** At most so many failures are looked into; after that, somebody has enough to do. */
const examinedAtMost = 20;

/**
 * The results of a run, each failure with a hint on what is likelier at fault. No model is asked: what is looked at are the spec's own
 * words, earlier code, run in the sandbox, and what else failed or changed.
 */
export async function blameFailures(
  context: Pick<ProjectContext, "root" | "signal" | "io">,
  project: LoadedProject,
  results: readonly TestResult[],
): Promise<readonly TestResult[]> {
  const failures = results.filter((result) => result.outcome === "failed" && !isWholeFile(result));
  if (failures.length === 0 || context.signal.aborted) return results;
  const io = context.io();
  try {
    const run: Run = {
      context,
      project,
      results,
      io,
      changedFiles: await findChangedSinceCommit(io),
      ...subjectsOf(project, failures),
    };
    const hints = new Map<TestResult, string>();
    for (const result of failures.slice(0, examinedAtMost)) {
      const facts = await factsOf(result, run);
      if (facts !== undefined) hints.set(result, decideBlame(facts));
    }
    return results.map((result) => {
      const hint = hints.get(result);
      return hint === undefined ? result : { ...result, hint };
    });
  } catch (error) {
    if (context.signal.aborted) return results;
    throw error;
  }
}

/** A file that did not load says nothing of the code that it would test. */
function isWholeFile({ name, file }: TestResult): boolean {
  return name === file;
}

interface Run {
  readonly context: Pick<ProjectContext, "root">;
  readonly project: LoadedProject;
  readonly results: readonly TestResult[];
  readonly io: TargetIo;
  readonly changedFiles: ReadonlySet<string>;
  readonly failures: FailuresByModule;
  /** The specs of code that each failed test is about. */
  readonly targets: ReadonlyMap<TestResult, readonly SpecRef[]>;
}

function subjectsOf(project: LoadedProject, failed: readonly TestResult[]): Pick<Run, "failures" | "targets"> {
  const isCode = (id: ModuleId): boolean => project.modules.get(id)?.role === "build";
  const targets = new Map(
    failed.map((result) => [result, result.kind === "test" ? targetsOf(project, result.ref, isCode) : [result.ref]]),
  );
  const own = new Map<ModuleId, number>();
  const subjects: ModuleId[] = [];
  for (const refs of targets.values()) {
    const [first] = refs;
    if (first === undefined) continue;
    const module = moduleOfRef(first);
    own.set(module, (own.get(module) ?? 0) + 1);
    subjects.push(module);
  }
  return { targets, failures: { own, subjects } };
}

async function factsOf(result: TestResult, run: Run): Promise<BlameFacts | undefined> {
  const { project, context, results, failures, changedFiles } = run;
  const targets = run.targets.get(result) ?? [];
  const module = targets[0] === undefined ? undefined : moduleOfRef(targets[0]);
  const planned = module === undefined ? undefined : project.plannedOf(module);
  if (module === undefined || planned === undefined) return undefined;
  const tested = readTestedModule(context, project, module);
  const failed = tested?.cases.find((each) => isSame(each, result));
  const against = tested === undefined || failed === undefined ? undefined : contradictionOf(failed, tested);
  const earlier =
    tested === undefined || failed === undefined || against !== undefined
      ? undefined
      : await earlierOutcome(failed, tested, run.io);
  const authored = results.filter(
    (each) => each !== result && each.kind !== "test" && targets.some((target) => covers(target, each.ref)),
  );
  const count = (outcome: TestResult["outcome"]): number => authored.filter((each) => each.outcome === outcome).length;
  return {
    kind: result.kind,
    ref: result.ref,
    module,
    state: planned.state,
    ...(against === undefined ? {} : { contradiction: against }),
    ...(earlier === undefined ? {} : { earlier }),
    dependencies: dependencyFacts(project, module, failures, changedFiles),
    authored: { passed: count("passed"), failed: count("failed") },
  };
}

/** A target may be a member of a class; examples stand at the class. */
function covers(target: SpecRef, ref: SpecRef): boolean {
  return target === ref || target.startsWith(`${ref}.`);
}

function isSame(each: Case, { kind, ref, name }: TestResult): boolean {
  const plain = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
  return each.kind === kind && each.ref === ref && plain(caseName(each)) === plain(name);
}

function contradictionOf(failed: Case, { source, cases, target, path }: TestedModule): string | undefined {
  const spec = source.module.specs.find(({ ref }) => ref === failed.ref);
  if (failed.kind !== "example" || spec === undefined) return undefined;
  const examples = cases.filter((each) => each.kind === "example");
  return findContradiction(failed, examples, spec, (code) => target.tokens(code, path));
}

/**
 * How the test ends with the first earlier code that passes it, or else with the first that fails it. Nothing follows from a test that
 * does not fail in the sandbox.
 */
async function earlierOutcome(failed: Case, tested: TestedModule, io: TargetIo): Promise<BlameFacts["earlier"]> {
  const { source, target, layout, path, built } = tested;
  const passes = async (text: string): Promise<boolean | undefined> => {
    const run = await target.verify?.({ source, built: text, layout }, [failed], io);
    if (run === undefined || run.passed + run.failed === 0) return undefined;
    return run.failed === 0;
  };
  const file = { module: source.module.id, path, built, lineComment: target.lineComment };
  const bodies = await findEarlierBodies(file, io);
  if (bodies.length === 0 || (await passes(built)) !== false) return undefined;
  let failing: BlameFacts["earlier"];
  for (const { from, built: earlier } of bodies) {
    const outcome = await passes(earlier);
    if (outcome === true) return { from, passes: true };
    if (outcome === false) failing ??= { from, passes: false };
  }
  return failing;
}
