import type { Case, Diagnostic, TargetIo, TestRun, TestSubject } from "@jaunt/core";
import type { Compose } from "../check/types.ts";
import { place } from "../layout/place.ts";
import { bundle, type BundleRequest } from "./bundle.ts";
import { readCaseScope } from "./case-scope.ts";
import { fastCheckSource } from "./fast-check-source.ts";
import { entrySource } from "./entry-source.ts";
import { failureOf, judgeRun, type Outcome } from "./judge.ts";
import { findLauncher } from "./launcher.ts";
import { readCase, type RunnableCase } from "./read-case.ts";
import { defaultLimits, runSandboxed, type Limits } from "./sandbox.ts";

/** Runs cases in a contained process. */
export interface Verifier {
  verify(subject: TestSubject, cases: readonly Case[], io: TargetIo): Promise<TestRun>;
}

export interface VerifierOptions {
  readonly compose: Compose;
  readonly limits?: Limits;
}

/** A verifier that builds a module's files with the given `compose`. */
export function createVerifier({ compose, limits = defaultLimits }: VerifierOptions): Verifier {
  let launcher: Promise<readonly string[]> | undefined;
  let fastCheck: Promise<string> | undefined;

  async function run(
    subject: TestSubject,
    cases: readonly RunnableCase[],
    { path, source, overlay }: Pick<BundleRequest, "path" | "source" | "overlay">,
    io: TargetIo,
  ): Promise<readonly Outcome[]> {
    const skipAll = (reason: string): readonly Outcome[] => cases.map(() => ({ kind: "skipped", reason }));
    const { module } = subject.source;
    const built = await bundle(
      {
        path,
        source,
        generated: place(module, subject.layout).generated,
        overlay,
        layout: subject.layout,
        withoutRunners: true,
      },
      io,
    );
    if (typeof built === "string") return skipAll(built);
    const found = await (launcher ??= findLauncher(io));
    const needsFastCheck = cases.some((each) => "generators" in each);
    try {
      const beside = needsFastCheck ? { fastCheck: await (fastCheck ??= fastCheckSource()) } : {};
      const run = await runSandboxed(built, cases, { launcher: found, limits, ...beside }, io);
      return judgeRun(run, cases.length, limits);
    } catch (error) {
      io.signal.throwIfAborted();
      return skipAll(`they could not be run: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return {
    async verify(subject, cases, io) {
      const { source, layout } = subject;
      const scope = readCaseScope(source, layout, io);
      const overlay = overlayOf(subject, compose, io);
      const tests = { textOf: (path: string) => overlay.get(path) ?? io.readText(path) };
      const read = cases.map((each) => readCase(each, scope, tests));
      const runnable = read.filter((each) => typeof each !== "string");
      const outcomes =
        runnable.length === 0
          ? []
          : await run(subject, runnable, { path: scope.path, source: entrySource(runnable, scope), overlay }, io);
      io.signal.throwIfAborted();
      const documentation = cases.flatMap((example, index) => {
        const reason = read[index];
        return typeof reason === "string" ? [{ example, reason }] : [];
      });
      return reportOf(subject, runnable, outcomes, documentation);
    },
  };
}

/** The files of a candidate as they would be; none for what stands on disk. A facade that the user changed is the user's. */
function overlayOf(
  { source, body, built, layout }: TestSubject,
  compose: Compose,
  io: TargetIo,
): ReadonlyMap<string, string> {
  if (built !== undefined)
    return new Map([
      ...overlayOf({ source, body: "", layout }, compose, io),
      [place(source.module, layout).generated, built],
    ]);
  if (body === undefined) return new Map();
  const artifacts = compose(source, body, layout).filter(({ path, once }) => !once || io.readText(path) === undefined);
  return new Map(artifacts.map(({ path, text }) => [path, text]));
}

interface Unchecked {
  readonly example: Case;
  readonly reason: string;
}

function reportOf(
  { source: { module } }: TestSubject,
  runnable: readonly RunnableCase[],
  outcomes: readonly Outcome[],
  documentation: readonly Unchecked[],
): TestRun {
  const failures: Diagnostic[] = [];
  const skipped: Unchecked[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const read = runnable[index];
    if (read === undefined) continue;
    if (outcome.kind === "failed") failures.push(failureOf(read, outcome));
    else if (outcome.kind === "skipped") skipped.push({ example: read.case, reason: outcome.reason });
  }
  const passed = runnable.filter((_, index) => outcomes[index]?.kind === "passed").map(({ case: { kind } }) => kind);
  return {
    passed: passed.length,
    ...(passed.length === 0 ? {} : { passedByKind: countKinds(passed) }),
    failed: failures.length,
    skipped: skipped.length + documentation.length,
    diagnostics: [
      ...failures,
      ...notes("verify/not-run", "not run", [...skipped, ...documentation.filter(isTest)], module.path),
      ...notes(
        "verify/not-checked",
        "documentation only",
        documentation.filter((each) => !isTest(each)),
        module.path,
      ),
    ],
  };
}

function countKinds(kinds: readonly Case["kind"][]): Readonly<Partial<Record<Case["kind"], number>>> {
  const counts: Partial<Record<Case["kind"], number>> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** One note for each reason, at the first case that it is about. */
function notes(code: string, what: string, unchecked: readonly Unchecked[], file: string): readonly Diagnostic[] {
  return [...new Set(unchecked.map(({ reason }) => reason))].map((reason) => {
    const about = unchecked.filter((each) => each.reason === reason);
    const start = about[0]?.example.start;
    const count = `${countOf(about)} ${about.length === 1 ? "is" : "are"}`;
    return {
      code,
      severity: "info",
      message: `${count} ${what}: ${reason}.`,
      file,
      ...(start === undefined ? {} : { start }),
    };
  });
}

function isTest({ example }: Unchecked): boolean {
  return example.kind === "test";
}

const plurals: Readonly<Record<Case["kind"], string>> = { example: "examples", property: "properties", test: "tests" };

/** `1 example`, `2 properties`, and `3 cases` when they are of several kinds. */
function countOf(unchecked: readonly Unchecked[]): string {
  const [first, ...others] = [...new Set(unchecked.map(({ example }) => example.kind))];
  const kind = others.length > 0 ? undefined : first;
  if (unchecked.length === 1) return `1 ${kind ?? "case"}`;
  return `${unchecked.length} ${kind === undefined ? "cases" : plurals[kind]}`;
}
