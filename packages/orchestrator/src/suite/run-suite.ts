import { caseName, casesOf, type Case, type Diagnostic, type ModuleId, type SuiteTest } from "@jaunt/core";
import type { LoadedProject } from "../loaded-project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { OpenLanguage } from "../read/open-languages.ts";
import { readSource } from "../read/read-source.ts";
import type { TestReport } from "../reports.ts";
import type { TestResult } from "./test-result.ts";

/** The files of a run, each with the module that its tests come from. */
export interface SuiteFiles {
  /** Generated tests, with their modules of tests. */
  readonly tests: ReadonlyMap<string, ModuleId>;
  /** Files of examples, with the modules of code that these stand in. */
  readonly examples: ReadonlyMap<string, ModuleId>;
}

export interface SuiteSettings {
  /** Further arguments of the runner. */
  readonly args: readonly string[];
  readonly jobs: number;
}

/** How the tests of a run ended, in the order of files and of tests within them. */
export interface SuiteResults extends Pick<TestReport, "tests" | "counts" | "diagnostics"> {}

/** Runs test files with the project's own runner and traces every result to the spec that it comes from. */
export async function runSuite(
  context: ProjectContext,
  project: LoadedProject,
  files: SuiteFiles,
  { args, jobs }: SuiteSettings,
): Promise<SuiteResults> {
  const startedAt = performance.now();
  const byLanguage = filesByLanguage(project, files);
  const count = files.tests.size + files.examples.size;
  const tests: TestResult[] = [];
  const diagnostics: Diagnostic[] = [];
  if (count === 0) return { tests, counts: countOf(tests), diagnostics };
  const { runner } = context.config.test;
  context.emit({ type: "test-run-start", runner, files: count });
  for (const [{ target, layout, reader }, paths] of byLanguage) {
    if (target.test === undefined) diagnostics.push(noRunner(reader.language));
    const run = await target.test?.(paths, { args, jobs }, layout, context.io());
    const unloaded = (run?.diagnostics ?? []).filter((diagnostic) => isAboutFile(diagnostic));
    diagnostics.push(...(run?.diagnostics ?? []).filter((diagnostic) => !unloaded.includes(diagnostic)));
    const find = finderOf(context, project, files);
    tests.push(...(run?.tests ?? []).map((test) => resultOf(test, find)), ...unloaded.map((it) => notLoaded(it, find)));
  }
  tests.sort((left, right) => (left.file === right.file ? 0 : left.file < right.file ? -1 : 1));
  for (const result of tests) context.emit({ type: "test-result", result });
  const counts = countOf(tests);
  context.emit({ type: "test-run-end", counts, durationMs: Math.round(performance.now() - startedAt) });
  return { tests, counts, diagnostics };
}

function filesByLanguage(
  { modules }: LoadedProject,
  { tests, examples }: SuiteFiles,
): ReadonlyMap<OpenLanguage, readonly string[]> {
  const byLanguage = new Map<OpenLanguage, string[]>();
  for (const [path, id] of [...tests, ...examples].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const language = modules.get(id)?.language;
    if (language === undefined) continue;
    const known = byLanguage.get(language);
    if (known === undefined) byLanguage.set(language, [path]);
    else known.push(path);
  }
  return byLanguage;
}

/** Where a test of a file comes from. */
type Find = (file: string, name: string) => Pick<TestResult, "kind" | "ref">;

function finderOf(context: ProjectContext, project: LoadedProject, { tests, examples }: SuiteFiles): Find {
  const cases = new Map<string, readonly Case[]>();
  const casesIn = (file: string, id: ModuleId): readonly Case[] => {
    const loaded = project.modules.get(id);
    const known = cases.get(file) ?? (loaded === undefined ? [] : casesOf(readSource(context.root, loaded, project)));
    cases.set(file, known);
    return known;
  };
  return (file, name) => {
    const test = tests.get(file);
    if (test !== undefined) return { kind: "test", ref: `${test}:${name}` };
    const id = examples.get(file) ?? "";
    const own = casesIn(file, id);
    const found = own.find((candidate) => oneLine(caseName(candidate)) === oneLine(name));
    return { kind: found?.kind === "property" ? "property" : "example", ref: found?.ref ?? id };
  };
}

/** Runners print the name of a test on one line. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

function resultOf({ file, name, outcome, durationMs, message, start }: SuiteTest, find: Find): TestResult {
  return {
    ...find(file, name),
    name,
    outcome,
    file,
    ...(start === undefined ? {} : { line: start.line }),
    duration_ms: Math.round(durationMs),
    ...(message === undefined ? {} : { message }),
  };
}

/** What is wrong with a file as a whole counts as one test that failed; what is wrong with the runner is no test's fault. */
function isAboutFile({ severity, file }: Diagnostic): boolean {
  return severity === "error" && file !== undefined;
}

function notLoaded({ file = "", message, start, hint }: Diagnostic, find: Find): TestResult {
  const { kind, ref } = find(file, "");
  return {
    kind,
    ref: ref === "" ? file : ref.replace(/:$/, ""),
    name: file,
    outcome: "failed",
    file,
    ...(start === undefined ? {} : { line: start.line }),
    duration_ms: 0,
    message: hint === undefined ? message : `${message}\n${hint}`,
  };
}

function noRunner(language: string): Diagnostic {
  return {
    code: "test/no-runner",
    severity: "error",
    message: `The plug-in for ${language} cannot run tests.`,
    hint: "Install a version of the plug-in that can, or run the test files with a runner of your own.",
  };
}

function countOf(tests: readonly TestResult[]): TestReport["counts"] {
  const count = (outcome: TestResult["outcome"]): number => tests.filter((test) => test.outcome === outcome).length;
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}
