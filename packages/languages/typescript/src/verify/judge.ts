import type { Case, Diagnostic, ExampleCase } from "@jaunt/core";
import type { RunnableCase } from "./read-case.ts";
import type { Limits, RunEvent, SandboxRun } from "./sandbox.ts";

/** What became of one case. */
export type Outcome = { readonly kind: "passed" } | FailedCase | { readonly kind: "skipped"; readonly reason: string };

export interface FailedCase {
  readonly kind: "failed";
  readonly received: string;
  /** Of a property: the values for which it fails, as small as they were found. */
  readonly counterexample?: string;
}

/**
 * The outcome of every case of a run. A case counts as passed only when the harness says so. When the program ended before its time,
 * that is charged to the case that ran, or to the file under test while it loaded; all others are skipped, as is everything when
 * the fault may be the machine's.
 */
export function judgeRun({ result, events }: SandboxRun, count: number, limits: Limits): readonly Outcome[] {
  const outcomes = new Map<number, Outcome>();
  const found = new Map<number, Outcome>();
  const tried = new Map<number, string>();
  for (const [event, index, first, second] of events) {
    if (outcomes.has(index)) continue;
    if (event === "pass") outcomes.set(index, { kind: "passed" });
    else if (event === "fail") outcomes.set(index, failed(String(first), second));
    else if (event === "found") found.set(index, failed(String(first), second));
    else if (event === "try") tried.set(index, String(first));
    else if (event === "skip") outcomes.set(index, { kind: "skipped", reason: String(first) });
  }
  if (outcomes.size < count) {
    const running = lastStarted(events);
    const { index, outcome, others } = ending(events, running, endOf(result, limits), limits);
    if (outcome !== undefined && !outcomes.has(index))
      outcomes.set(index, found.get(index) ?? withValues(outcome, tried.get(index)));
    for (let each = 0; each < count; each += 1)
      if (!outcomes.has(each)) outcomes.set(each, { kind: "skipped", reason: others });
  }
  return Array.from(
    { length: count },
    (_, index) => outcomes.get(index) ?? { kind: "skipped", reason: "it did not run" },
  );
}

/** Values that a program did not come back from, said of how it ended. */
function withValues(outcome: Outcome, values = ""): Outcome {
  return values === "" || outcome.kind !== "failed"
    ? outcome
    : { ...outcome, received: `${outcome.received}, tried with ${values}` };
}

function failed(received: string, counterexample: string): FailedCase {
  return { kind: "failed", received, ...(counterexample === "" ? {} : { counterexample }) };
}

/** A failed case as an error in the spec file, in words that help to mend the code. */
export function failureOf({ case: failing }: RunnableCase, { received, counterexample }: FailedCase): Diagnostic {
  const place = { file: failing.file, ...(failing.start === undefined ? {} : { start: failing.start }) };
  return { code: `verify/${failing.kind}`, severity: "error", ...wordsOf(failing, received, counterexample), ...place };
}

function wordsOf(failing: Case, received: string, counterexample = ""): Pick<Diagnostic, "message" | "hint"> {
  if (failing.kind === "test")
    return {
      message: `A test fails: ${oneLine(failing.text)}\n${received}`,
      hint: `It stands in ${failing.path}. Mend the cause, not this one case.`,
    };
  if (failing.kind === "property") {
    const values = counterexample === "" ? "" : `\ncounterexample: ${counterexample}`;
    return {
      message: `A property fails: ${oneLine(failing.text)}${values}\nreceived: ${received}`,
      hint: "Properties are part of the spec, and hold for all values. Mend the cause, not this one case.",
    };
  }
  return {
    message: `An example fails: ${oneLine(failing.call)}\nexpected: ${expectedText(failing)}\nreceived: ${received}`,
    hint: "Examples are part of the spec. Mend the cause, not this one case.",
  };
}

function expectedText({ expectation: { kind, value } }: ExampleCase): string {
  if (kind === "throws") return `throws ${value === "" ? "an error" : value}`;
  if (kind === "rejects") return `rejects with ${value === "" ? "an error" : value}`;
  return value;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " ");
}

interface Ending {
  readonly index: number;
  readonly outcome?: Outcome;
  /** Why the cases after it did not run. */
  readonly others: string;
}

interface Running {
  readonly index: number;
  /** Milliseconds after the start of the program. */
  readonly since: number;
}

/** The case that was started last, or 0 while the file under test was loading. */
function lastStarted(events: readonly RunEvent[]): Running | undefined {
  for (const [event, index, since] of events.toReversed()) {
    if (event === "start") return { index, since: Number(since) };
    if (event === "loaded") return undefined;
    if (event === "loading") return { index: 0, since: Number(since) };
  }
  return undefined;
}

interface ProgramEnd {
  readonly what: string;
  /** Set when the program ran until its time was over. */
  readonly outOfTime?: true;
  /** Set when nothing that code does ends a program like this. */
  readonly isForeign?: true;
}

function ending(
  events: readonly RunEvent[],
  running: Running | undefined,
  { what, outOfTime, isForeign }: ProgramEnd,
  { milliseconds }: Limits,
): Ending {
  const broken = events.find(([event]) => event === "broken");
  if (!events.some(([event]) => event === "ready")) return { index: 0, others: `Node could not start: ${what}` };
  if (broken !== undefined) {
    const [, , message, denied] = broken;
    if (denied !== "") return { index: 0, others: `loading the module needs ${denied}` };
    if (running === undefined || !events.some(([event]) => event === "loading"))
      return { index: 0, others: `what the module imports does not load: ${message}` };
    return {
      index: 0,
      outcome: { kind: "failed", received: `the module does not load: ${message}` },
      others: "the module does not load",
    };
  }
  if (running === undefined) return { index: 0, others: `the run ended before the first case: ${what}` };
  const { index, since } = running;
  // On a machine that is this busy, nobody can say whose fault it is.
  if (isForeign === true || (outOfTime === true && milliseconds - since < milliseconds / 2))
    return { index, others: outOfTime === true ? "there was not enough time" : `the run was ended: ${what}` };
  return { index, outcome: { kind: "failed", received: what }, others: "a case before it ended the run" };
}

function endOf({ exitCode, stderr, timedOut, exceeded }: SandboxRun["result"], limits: Limits): ProgramEnd {
  if (timedOut) return { what: `nothing within ${limits.milliseconds / 1000} seconds`, outOfTime: true };
  if (exceeded === "memory" || /heap out of memory|Allocation failed/.test(stderr))
    return {
      what: `nothing before more than ${exceeded === "memory" ? limits.residentMegabytes : limits.heapMegabytes} MB of memory were used`,
    };
  if (exceeded === "output") return { what: "more output than any case needs" };
  if (exitCode === 13) return { what: "a promise that never settles" };
  if (exitCode === null) return { what: "it was killed", isForeign: true };
  const said = stderr.trim().split("\n").at(-1)?.slice(0, 300) ?? "";
  return { what: `the process ended with exit code ${exitCode}${said === "" ? "" : ` (${said})`}` };
}
