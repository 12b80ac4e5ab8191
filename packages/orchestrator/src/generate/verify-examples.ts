import {
  casesOf,
  JauntError,
  type Case,
  type Diagnostic,
  type SpecSource,
  type Target,
  type TargetIo,
  type TestRun,
  type TestSubject,
} from "@jaunt/core";
import type { ProjectContext } from "../project-context.ts";
import { testCasesOf, type TestedProject } from "./test-cases.ts";

/** How many examples a module passed, and how many could not be run. */
export interface ExampleCount {
  readonly passed: number;
  readonly notRun: number;
}

/** A count of nothing. */
export const noExamples: ExampleCount = { passed: 0, notRun: 0 };

/** What code has to pass: none when the project wants types alone, and none for tests, which are not fitted to the code. */
export function casesToRun(
  { context, project }: { readonly context: Pick<ProjectContext, "config">; readonly project: TestedProject },
  source: SpecSource,
): readonly Case[] {
  const { verify } = context.config.build;
  if (verify === "types" || source.module.role === "test") return [];
  return verify === "tests" ? [...casesOf(source), ...testCasesOf(project, source.module.id)] : casesOf(source);
}

/** Runs examples where the target can; costs nothing when there are none. Examples that nothing could run are skipped, not failed. */
export async function verifyExamples(
  target: Target,
  subject: TestSubject,
  cases: readonly Case[],
  io: TargetIo,
): Promise<TestRun> {
  if (cases.length === 0 || target.verify === undefined)
    return { passed: 0, failed: 0, skipped: cases.length, diagnostics: [] };
  try {
    return await target.verify(subject, cases, io);
  } catch (error) {
    // A runner that fails is no fault of the code, and asking again would cost money for nothing.
    if (io.signal.aborted) return { passed: 0, failed: 0, skipped: cases.length, diagnostics: [] };
    if (JauntError.isInstance(error)) throw error;
    const message = `The examples were not run: ${error instanceof Error ? error.message : String(error)}`;
    const note: Diagnostic = {
      code: "verify/not-run",
      severity: "info",
      message,
      file: subject.source.module.path,
      hint: "This is a bug in Jaunt or in a plug-in; please report it.",
    };
    return { passed: 0, failed: 0, skipped: cases.length, diagnostics: [note] };
  }
}

/** What a module that stays as it is was kept on: `types only`, `types and 3 examples`, `types, 1 example and 2 properties`. */
export function evidenceOf({ passed, passedByKind = { example: passed }, skipped, diagnostics }: TestRun): string {
  const counts = kinds.flatMap(([kind, one, many]) => {
    const count = passedByKind[kind] ?? 0;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const last = counts.at(-1);
  const evidence = last === undefined ? "types only" : `${["types", ...counts.slice(0, -1)].join(", ")} and ${last}`;
  if (skipped === 0) return evidence;
  const why = diagnostics.find(({ code }) => code.startsWith("verify/"))?.message.replace(/\.$/, "");
  return `${evidence}; ${why ?? `${skipped} not run`}`;
}

const kinds: readonly (readonly [kind: Case["kind"], one: string, many: string])[] = [
  ["example", "example", "examples"],
  ["property", "property", "properties"],
  ["test", "test", "tests"],
];

/** Whether an example fails of a spec whose code was to stay: then no answer for other specs can mend it. */
export function blamesKeptSpec(
  diagnostics: readonly Diagnostic[],
  cases: readonly Case[],
  kept: readonly string[],
): boolean {
  return cases.some(({ ref, start }) => {
    const name = ref.slice(ref.indexOf(":") + 1).split(".")[0] ?? "";
    return (
      start !== undefined &&
      kept.includes(name) &&
      diagnostics.some(({ code, start: place }) => isExampleFailure(code) && place?.offset === start.offset)
    );
  });
}

/** Whether a diagnostic is about an example, a property or a test: it stands in the spec file, and yet a better reply can mend it. */
export function isExampleFailure(code: string): boolean {
  return code === "verify/example" || code === "verify/property" || code === "verify/test";
}
