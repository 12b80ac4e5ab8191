import type { Diagnostic, Spec, SpecModule } from "@jaunt/core";
import { argumentCounts, aritiesOf, type Arity } from "./count-arguments.ts";
import type { LintCase } from "./lint-case.ts";
import type { Locator } from "./locate.ts";
import { scanCode } from "./scan-code.ts";

/** What cannot all be meant, as far as it shows without running anything: in examples of one spec, and in what its doc says is thrown. */
export function findContradictions(
  spec: Spec,
  cases: readonly LintCase[],
  module: SpecModule,
  locator: Locator,
): readonly Diagnostic[] {
  const examples = cases.filter(({ kind, expectation }) => kind === "example" && expectation !== undefined);
  return [
    ...differingValues(
      spec,
      examples.filter(({ checked }) => checked),
      locator,
    ),
    ...wrongCounts(spec, examples, locator),
    ...unknownErrors(spec, module, locator),
  ];
}

function differingValues({ spans }: Spec, examples: readonly LintCase[], locator: Locator): readonly Diagnostic[] {
  const first = new Map<string, LintCase>();
  return examples.flatMap((example): readonly Diagnostic[] => {
    const key = JSON.stringify([normalize(example.setup), normalize(example.call)]);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, example);
    if (earlier === undefined || outcomeOf(earlier) === outcomeOf(example)) return [];
    const place = locator.find(firstLine(example), spans);
    const other = locator.find(firstLine(earlier), spans).start;
    const where = other === undefined ? "another example" : `the example of line ${String(other.line)}`;
    return [
      {
        code: "lint/contradicting-examples",
        severity: "warning",
        message: `${example.call.trim()} cannot come to ${described(example)} here and to ${described(earlier)} in ${where}.`,
        ...place,
        hint: "No code can pass both. Correct one of them.",
      },
    ];
  });
}

function wrongCounts(spec: Spec, examples: readonly LintCase[], locator: Locator): readonly Diagnostic[] {
  const arities = aritiesOf(spec);
  if (arities.length === 0) return [];
  const fits = (count: number): boolean => arities.some(({ least, most }) => count >= least && count <= most);
  return examples.flatMap((example): readonly Diagnostic[] => {
    // Who shows an error may mean a call that no compiler would let through.
    if (example.expectation?.kind === "throws" || example.expectation?.kind === "rejects") return [];
    const wrong = argumentCounts(`${example.setup}\n;${example.call}`, spec.name, spec.kind === "class").find(
      (count) => !fits(count),
    );
    if (wrong === undefined) return [];
    return [
      {
        code: "lint/argument-count",
        severity: "warning",
        message: `This example gives ${spec.name} ${plural(wrong)}; its signature takes ${arities.map(describeArity).join(", or ")}.`,
        ...locator.find(firstLine(example), spec.spans),
        hint: "Correct the call or the signature.",
      },
    ];
  });
}

function unknownErrors(
  { doc, members, spans }: Spec,
  { outline, specs }: SpecModule,
  locator: Locator,
): readonly Diagnostic[] {
  const known = new Set([
    ...outline.imports.map(({ local }) => local),
    ...outline.declarations.map(({ name }) => name),
    ...specs.map(({ name }) => name),
    ...errorsOfLanguage,
  ]);
  const docs = [{ doc, spans }, ...members.map((member) => ({ doc: member.doc, spans: [member.span] }))];
  return docs.flatMap((each) =>
    [...each.doc.matchAll(/@(?:throws|throw|exception)\s+\{\s*([A-Za-z_$][\w$]*)[^}]*\}/g)].flatMap(
      ([tag, name = ""]): readonly Diagnostic[] =>
        known.has(name)
          ? []
          : [
              {
                code: "lint/unknown-error",
                severity: "warning",
                message: `${name} is promised to be thrown, and this file neither declares nor imports it.`,
                ...locator.find(tag.split("\n")[0] ?? "", each.spans),
                hint: `Import ${name}, declare it here, or correct the name: callers have to be able to name it, too.`,
              },
            ],
    ),
  );
}

const errorsOfLanguage: readonly string[] = [
  "Error",
  "TypeError",
  "RangeError",
  "SyntaxError",
  "ReferenceError",
  "EvalError",
  "URIError",
  "AggregateError",
  "DOMException",
];

/** Blanks outside literals make no other call. */
function normalize(code: string): string {
  const { blanked } = scanCode(code);
  return code
    .split("")
    .filter((character, index) => !(/\s/.test(character) && /\s/.test(blanked[index] ?? "")))
    .join("")
    .replace(/^await(?=\W)|;$/g, "");
}

function outcomeOf({ expectation }: LintCase): string {
  const { kind = "", value = "" } = expectation ?? {};
  // One error may be of several classes.
  return kind === "throws" || kind === "rejects" ? "an error" : normalize(value);
}

function described({ expectation }: LintCase): string {
  const { kind = "", value = "" } = expectation ?? {};
  return kind === "throws" || kind === "rejects" ? "an error" : value.trim();
}

function describeArity({ least, most }: Arity): string {
  if (least === most) return plural(least);
  return most === Number.POSITIVE_INFINITY ? `${plural(least)} or more` : `${String(least)} to ${plural(most)}`;
}

function plural(count: number): string {
  return count === 0 ? "no argument" : count === 1 ? "1 argument" : `${String(count)} arguments`;
}

function firstLine({ text }: LintCase): string {
  return text.split("\n")[0]?.trim() ?? "";
}
