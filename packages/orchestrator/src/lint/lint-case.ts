import type { CaseExplanation, Expectation, Position, SpecModule, SpecRef } from "@jaunt/core";
import { scanCode } from "./scan-code.ts";

/** One example or property, as far as linting looks at it. */
export interface LintCase {
  readonly kind: "example" | "property";
  readonly ref: SpecRef;
  readonly text: string;
  readonly start?: Position;
  readonly checked: boolean;
  /** Why it is not checked. */
  readonly reason?: string;
  /** Whether its author meant it to be checked, as far as that can be told. */
  readonly isMeant: boolean;
  /** Code that runs before the call. */
  readonly setup: string;
  /** The call of an example, the condition and the invariant of a property. */
  readonly call: string;
  readonly expectation?: Expectation;
  /** What the string literals of all its code hold. */
  readonly strings: readonly string[];
}

/** Joins what a target says of the cases of a module with what the module has of them. */
export function lintCases(
  { specs }: Pick<SpecModule, "specs">,
  explained: readonly CaseExplanation[],
): readonly LintCase[] {
  return explained.map((explanation): LintCase => {
    const spec = specs.find(({ ref }) => ref === explanation.ref);
    const example =
      explanation.kind === "example" ? spec?.examples.find(({ text }) => text === explanation.text) : undefined;
    const property =
      explanation.kind === "property" ? spec?.properties?.find(({ text }) => text === explanation.text) : undefined;
    const setup = (example?.setup ?? []).join("\n");
    const call =
      example?.call ?? [property?.given, property?.invariant].filter((each) => each !== undefined).join("\n");
    const expectation = example?.expectation;
    const isValue = expectation !== undefined && !/^(?:throws|rejects)$/.test(expectation.kind);
    return {
      ...explanation,
      isMeant: explanation.kind === "property" || expectation !== undefined,
      setup,
      call,
      ...(expectation === undefined ? {} : { expectation }),
      strings: [setup, call, isValue ? expectation.value : ""].flatMap((code) => scanCode(code).strings),
    };
  });
}

/** What is known of a module's cases where the target does not tell: those that were understood are checked. */
export function explainByForm({ specs }: Pick<SpecModule, "specs">): readonly CaseExplanation[] {
  return specs.flatMap(({ ref, examples, properties = [] }) => [
    ...examples.map(({ text, call, expectation }) =>
      explain(
        "example",
        ref,
        text,
        call !== undefined && expectation !== undefined,
        "it is no call with what it comes to",
      ),
    ),
    ...properties.map(({ text, invariant }) =>
      explain("property", ref, text, invariant !== undefined, "it has no invariant"),
    ),
  ]);
}

function explain(
  kind: CaseExplanation["kind"],
  ref: SpecRef,
  text: string,
  checked: boolean,
  reason: string,
): CaseExplanation {
  return { kind, ref, text, checked, ...(checked ? {} : { reason }) };
}
