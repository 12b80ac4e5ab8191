import type { Case, ExampleCase, PropertyCase } from "../nouns/case.ts";
import type { SpecSource } from "../nouns/spec.ts";
import { createFinder } from "./find-text.ts";

/**
 * The examples of a module that can be checked, in the order of its specs, and then its properties, each with its place in the spec
 * file. A test spec has none: it is a test itself.
 */
export function casesOf(source: SpecSource): readonly Case[] {
  return source.module.role === "test" ? [] : [...examplesOf(source), ...propertiesOf(source)];
}

function examplesOf({ module, text }: SpecSource): readonly ExampleCase[] {
  const find = createFinder(text);
  return module.specs.flatMap(({ ref, examples }) =>
    examples.flatMap(({ text: example, setup = [], call, expectation }): readonly ExampleCase[] => {
      if (call === undefined || expectation === undefined) return [];
      return [{ kind: "example", ref, text: example, setup, call, expectation, file: module.path, ...find(example) }];
    }),
  );
}

function propertiesOf({ module, text }: SpecSource): readonly PropertyCase[] {
  const find = createFinder(text);
  return module.specs.flatMap(({ ref, properties = [] }) =>
    properties.flatMap(({ text: property, variables, given, invariant }): readonly PropertyCase[] => {
      if (variables === undefined || invariant === undefined) return [];
      const condition = given === undefined ? {} : { given };
      const place = find(property);
      return [
        { kind: "property", ref, text: property, variables, ...condition, invariant, file: module.path, ...place },
      ];
    }),
  );
}
