import { stripVTControlCharacters } from "node:util";
import type { Diagnostic, SuiteRun, SuiteTest, TargetIo } from "@jaunt/core";
import { placeIn } from "./locate-place.ts";
import { registeredTests } from "./registered-tests.ts";
import type { RunnerError, RunnerEvent } from "./runner-events.ts";

/** How a run that did a file ended, apart from what it said of the tests. */
export interface Ending {
  /** Why it ended before its time, in words that follow the file's name: `did not end within 60 s`. */
  readonly early?: string;
  /** Whether the runner says that something failed. */
  readonly failed: boolean;
  /** Whether an argument chose among the tests, so that one which was not run is no fault. */
  readonly isSelection: boolean;
}

/**
 * What the events of one file come to. Nothing is taken on trust: a file counts only when its end was reported, every test that its
 * text registers among its results, and nothing failed outside of them.
 */
export function judgeFile(file: string, events: readonly RunnerEvent[], ending: Ending, io: TargetIo): SuiteRun {
  const reported = events.flatMap((each) => (each.event === "test" ? [testOf(file, each, io)] : []));
  const problems = events.flatMap((each) => (each.event === "problem" ? [problemOf(file, each.error, io)] : []));
  const missing = withoutReported(registeredTests(file, io.readText(file) ?? ""), reported);
  const hasEnded = ending.early === undefined && events.some((each) => each.event === "end");
  if (hasEnded && ending.isSelection && problems.length === 0) {
    return { tests: [...reported, ...missing.map((name) => skipped(file, name))], diagnostics: [] };
  }
  const running = unfinished(events, missing);
  const tests =
    ending.early === undefined ? reported : [...reported, ...running.map((name) => broken(file, name, ending.early))];
  const untold = ending.early === undefined ? missing : withoutReported(missing, tests);
  return { tests, diagnostics: [...problems, ...complaints(file, tests, untold, problems, hasEnded, ending)] };
}

function complaints(
  file: string,
  tests: readonly SuiteTest[],
  untold: readonly string[],
  problems: readonly Diagnostic[],
  hasEnded: boolean,
  ending: Ending,
): readonly Diagnostic[] {
  if (ending.early !== undefined) {
    return [errorOf("suite/ended-early", file, `${file} ${ending.early}${neverRun(untold)}.`)];
  }
  // Whatever is missing then, it is missing because of these.
  if (problems.length > 0) return [];
  if (untold.length > 0) {
    const hint = "Something ended the process, or the tests are registered only under a condition.";
    return [{ ...errorOf("suite/not-run", file, `${file} was run without its tests ${listed(untold)}.`), hint }];
  }
  if (tests.length === 0) return [errorOf("suite/no-tests", file, `${file} has no tests.`)];
  if (!hasEnded) return [errorOf("suite/ended-early", file, `The test runner ended without a word on ${file}.`)];
  if (ending.failed && tests.every(({ outcome }) => outcome !== "failed")) {
    return [errorOf("suite/failed", file, `The test runner says that ${file} failed, and names no test.`)];
  }
  return [];
}

function neverRun(names: readonly string[]): string {
  return names.length === 0 ? "" : `; ${listed(names)} had no result`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => JSON.stringify(name));
  return names.length > shown.length ? `${shown.join(", ")} and ${names.length - shown.length} more` : shown.join(", ");
}

/** Tests that began and have no result, as far as the runner told. */
function unfinished(events: readonly RunnerEvent[], missing: readonly string[]): readonly string[] {
  const begun = new Set(events.flatMap((each) => (each.event === "begin" ? [each.name] : [])));
  return missing.filter((name) => begun.has(name));
}

/** Names less those of tests, each as often as it is there. */
function withoutReported(names: readonly string[], tests: readonly SuiteTest[]): readonly string[] {
  const left = [...names];
  for (const { name } of tests) {
    const at = left.indexOf(name);
    if (at !== -1) left.splice(at, 1);
  }
  return left;
}

function testOf(
  file: string,
  { name, outcome, durationMs, error }: Extract<RunnerEvent, { event: "test" }>,
  io: TargetIo,
): SuiteTest {
  const start = error === undefined ? undefined : placeIn(file, error, io);
  return {
    file,
    name,
    outcome,
    durationMs,
    ...(error === undefined ? {} : { message: textOf(error) }),
    ...(start === undefined ? {} : { start }),
  };
}

function skipped(file: string, name: string): SuiteTest {
  return { file, name, outcome: "skipped", durationMs: 0 };
}

function broken(file: string, name: string, why = ""): SuiteTest {
  return { file, name, outcome: "failed", durationMs: 0, message: `the file ${why} while this test ran` };
}

function problemOf(file: string, error: RunnerError, io: TargetIo): Diagnostic {
  const start = placeIn(file, error, io);
  return {
    ...errorOf("suite/broken", file, `${file} failed outside of its tests: ${textOf(error)}`),
    ...(start === undefined ? {} : { start }),
  };
}

function errorOf(code: string, file: string, message: string): Diagnostic {
  return { code, severity: "error", message, file };
}

const longest = 4000;

/** An error's message and diff, without escape sequences, no longer than anybody reads. */
function textOf({ message, diff }: RunnerError): string {
  const text = stripVTControlCharacters(diff === undefined ? message : `${message}\n${diff}`).trimEnd();
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
