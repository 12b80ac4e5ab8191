import type { Diagnostic, SpecRef, SpecSource } from "@jaunt/core";
import type { LintedModule } from "./lint-module.ts";
import { createLocator } from "./locate.ts";

/** What is missing from the test specs of a module. `targetsOf` gives the specs that a test spec is about. */
export function lintTests(source: SpecSource, targetsOf: (ref: SpecRef) => readonly SpecRef[]): LintedModule {
  const { module } = source;
  const locator = createLocator(source);
  const findings = module.specs.flatMap(({ ref, name, doc, spans }): readonly Diagnostic[] => {
    const place = locator.at(spans[0]);
    return [
      ...(targetsOf(ref).length > 0 ? [] : [withoutTarget(name, place)]),
      ...(saysSomething(doc) ? [] : [sayingNothing(name, place)]),
    ];
  });
  return {
    module: {
      role: module.role,
      specs: module.specs.map(({ ref, kind }) => ({
        ref,
        kind,
        examples_checked: 0,
        examples_unchecked: 0,
        properties_checked: 0,
        properties_unchecked: 0,
        tests: 0,
        promises: 0,
        promises_uncovered: 0,
        unchecked: [],
        targets: targetsOf(ref),
      })),
    },
    findings,
  };
}

/** A doc of one or two words repeats the name. */
function saysSomething(doc: string): boolean {
  const prose = doc.replaceAll(/\{@link\w*\s+([^}]*)\}/g, "$1").replaceAll(/^\s*@\w+/gm, "");
  return (prose.match(/[\p{L}\p{N}]+/gu) ?? []).length >= 3;
}

function withoutTarget(name: string, place: Partial<Diagnostic>): Diagnostic {
  return {
    code: "lint/test-without-target",
    severity: "warning",
    message: `${name} names no spec that it tests.`,
    ...place,
    hint: "Give its targets to test(…), or link to them: {@link parse}.",
  };
}

function sayingNothing(name: string, place: Partial<Diagnostic>): Diagnostic {
  return {
    code: "lint/test-says-nothing",
    severity: "warning",
    message: `The doc of ${name} does not say what it tests.`,
    ...place,
    hint: "Say in a sentence what must hold; the model is told nothing else.",
  };
}
