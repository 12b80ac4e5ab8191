import type { CaseExplanation, Diagnostic, Spec, SpecMember, SpecModule, SpecRef, SpecSource } from "@jaunt/core";
import type { ModuleLint, SpecLint } from "../reports.ts";
import { findContradictions } from "./find-contradictions.ts";
import { findPromises, type DocPromise } from "./find-promises.ts";
import { isCovered, type Evidence } from "./is-covered.ts";
import { lintCases, type LintCase } from "./lint-case.ts";
import { createLocator, type Locator } from "./locate.ts";
import { promiseFinding } from "./promise-finding.ts";

/** What linting knows of a module besides its spec file. */
export interface LintFacts {
  readonly explained: readonly CaseExplanation[];
  /** Docs of the test specs that have a spec as their target. */
  readonly testsOf: (ref: SpecRef) => readonly string[];
}

export interface LintedModule {
  readonly module: ModuleLint;
  readonly findings: readonly Diagnostic[];
}

/** What of the promises of a module nothing checks, and what in its examples cannot be meant. */
export function lintModule(source: SpecSource, { explained, testsOf }: LintFacts): LintedModule {
  const { module } = source;
  const cases = lintCases(module, explained);
  const locator = createLocator(source);
  const linted = module.specs.map((spec) => {
    const own = cases.filter(({ ref }) => ref === spec.ref);
    const evidence: Evidence = {
      spec,
      cases: cases.filter((each) => each.checked && runs(each, spec, module)),
      tests: testsOf(spec.ref),
    };
    const { promises, findings } = lintPromises(spec, evidence, locator);
    return {
      spec: countSpec(spec, own, evidence.tests.length, promises, findings.length),
      findings: [
        ...findUnwritten(spec, own, evidence, locator),
        ...findUnchecked(spec, own, locator),
        ...findContradictions(spec, own, module, locator),
        ...findings,
      ],
    };
  });
  return {
    module: { role: module.role, specs: linted.map(({ spec }) => spec) },
    findings: linted.flatMap(({ findings }) => findings),
  };
}

/** Examples of another spec of the file show something of this one when they name it, and of a class when theirs gives or takes one. */
function runs({ ref, setup, call }: LintCase, { ref: own, name, kind }: Spec, module: SpecModule): boolean {
  const pattern = new RegExp(String.raw`(?<![\w$.])${name.replaceAll("$", String.raw`\$`)}(?![\w$])`);
  if (ref === own || pattern.test(`${setup}\n${call}`)) return true;
  const { signature = "" } = module.specs.find((spec) => spec.ref === ref) ?? {};
  return kind === "class" && pattern.test(signature);
}

function lintPromises(
  spec: Spec,
  evidence: Evidence,
  locator: Locator,
): { readonly promises: number; readonly findings: readonly Diagnostic[] } {
  const docs = [
    { doc: spec.doc, spans: spec.spans, evidence },
    ...spec.members.filter(isPromising).map((member) => ({
      doc: member.doc,
      spans: [member.span],
      evidence: { ...evidence, cases: evidence.cases.filter((each) => usesMember(each, member, spec.name)) },
    })),
  ];
  let promises = 0;
  const findings = docs.flatMap((each) =>
    findPromises(each.doc).flatMap((promise: DocPromise): readonly Diagnostic[] => {
      promises += 1;
      const open = promise.claims.filter((claim) => !isCovered(claim, each.evidence));
      return open.length === 0 ? [] : [promiseFinding(promise, open, locator.find(promise.firstLine, each.spans))];
    }),
  );
  return { promises, findings };
}

/** What is private, or kept as it is, promises nothing that is generated. */
function isPromising({ generated, visibility, doc }: SpecMember): boolean {
  return generated && visibility === "public" && doc !== "";
}

function usesMember({ setup, call }: LintCase, { name, kind }: SpecMember, className: string): boolean {
  const code = `${setup}\n${call}`;
  if (kind === "constructor") return new RegExp(String.raw`\bnew\s+${className}\b`).test(code);
  if (!/^(?:static )?[\w$]+$/.test(name)) return /\[\s*\.\.\.|\bof\b|\bfrom\(/.test(code);
  return new RegExp(String.raw`\.\s*${name.replace(/^static /, "").replaceAll("$", String.raw`\$`)}(?![\w$])`).test(
    code,
  );
}

function countSpec(spec: Spec, own: readonly LintCase[], tests: number, promises: number, uncovered: number): SpecLint {
  const count = (kind: LintCase["kind"], checked: boolean): number =>
    own.filter((each) => each.kind === kind && each.checked === checked).length;
  return {
    ref: spec.ref,
    kind: spec.kind,
    examples_checked: count("example", true),
    examples_unchecked: count("example", false),
    properties_checked: count("property", true),
    properties_unchecked: count("property", false),
    tests,
    promises,
    promises_uncovered: uncovered,
    unchecked: own.flatMap(({ kind, text, checked, reason = "" }) => (checked ? [] : [{ kind, text, reason }])),
  };
}

function findUnwritten(
  spec: Spec,
  own: readonly LintCase[],
  { cases, tests }: Evidence,
  locator: Locator,
): readonly Diagnostic[] {
  const place = locator.at(spec.spans[0]);
  if (spec.doc === "" && !spec.members.some(isPromising))
    return [
      {
        code: "lint/no-doc",
        severity: "warning",
        message: `${spec.name} has no doc comment: its signature is all that the model is told.`,
        ...place,
        hint: "Say what a caller may rely on, with an @example or two.",
      },
    ];
  if (own.some(({ checked }) => checked)) return [];
  const [other] = cases;
  const looked =
    other === undefined ? "generated tests look" : `those of ${other.ref.slice(other.ref.indexOf(":") + 1)} look`;
  return [
    other !== undefined || tests.length > 0
      ? {
          code: "lint/no-examples",
          severity: "info",
          message: `${spec.name} has no example or property of its own that is checked; only ${looked} at it.`,
          ...place,
        }
      : {
          code: "lint/no-examples",
          severity: "warning",
          message: `${spec.name} has no example or property that is checked: any reply that type-checks is taken.`,
          ...place,
          hint: "Add an @example that calls it, with what the call comes to: @example call // => value",
        },
  ];
}

function findUnchecked({ spans }: Spec, own: readonly LintCase[], locator: Locator): readonly Diagnostic[] {
  return own.flatMap(
    ({ kind, text, checked, reason = "it is documentation", isMeant, start }): readonly Diagnostic[] => {
      if (checked) return [];
      const place = locator.find(text.split("\n")[0]?.trim() ?? "", spans);
      return [
        {
          code: `lint/unchecked-${kind}`,
          severity: isMeant ? "warning" : "info",
          message: `This ${kind} is not checked: ${reason}.`,
          ...(place.start === undefined && start !== undefined ? { ...place, start } : place),
          ...(isMeant ? {} : { hint: "Write a call with what it comes to, if it is to be checked: call // => value" }),
        },
      ];
    },
  );
}
