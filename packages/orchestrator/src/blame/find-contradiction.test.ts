import type { ExampleCase, Expectation } from "@jaunt/core";
import { describe, expect, test } from "vitest";
import { findContradiction } from "./find-contradiction.ts";

const value = (text: string): Expectation => ({ kind: "returns", value: text });
const error: Expectation = { kind: "throws", value: "TypeError" };

function example(call: string, expectation: Expectation, others: Partial<ExampleCase> = {}): ExampleCase {
  return {
    kind: "example",
    ref: "src/a:f",
    text: `${call} // => ${expectation.value}`,
    setup: [],
    call,
    expectation,
    file: "src/a.jaunt.ts",
    ...others,
  };
}

const find = (failed: ExampleCase, others: readonly ExampleCase[], doc = ""): string | undefined =>
  findContradiction(failed, [failed, ...others], { doc }, (code) => code.replaceAll(/\s+/g, ""));

describe("another example of the same call", () => {
  test.each([
    ["with another value", example("f( 1 )", value("3")), true],
    ["that throws", example("f(1)", error), true],
    ["with the same value", example("f(1)", value(" 2")), false],
    ["of another call", example("f(2)", value("3")), false],
    ["after other statements", example("f(1)", value("3"), { setup: ["f(0);"] }), false],
    ["of another spec", example("f(1)", value("3"), { ref: "src/a:g" }), false],
  ])("%s", (_, other, contradicts) => {
    expect(find(example("f(1)", value("2")), [other]) !== undefined).toBe(contradicts);
  });
});

describe("a sentence of the doc", () => {
  test.each([
    ["throws when empty, a value given", 'f("")', value("1"), "Parses. Throws when the text is empty.", true],
    ["a tag says so", "f([])", value("1"), "Parses.\n@throws {RangeError} if the list is empty", true],
    ["throws on negative numbers, a value given", "f(2, -1)", value("1"), "Throws for negative counts.", true],
    ["gives a value when empty, an error given", 'f("")', error, "Returns 0 when the text is empty.", true],
    ["never throws, an error given", "f(9)", error, "It never throws.", true],
    ["about another kind of argument", 'f("a")', value("1"), "Throws when the text is empty.", false],
    ["that agrees", 'f("")', error, "Throws when the text is empty.", false],
    ["with an exception", 'f("")', value("1"), "Throws on every letter unless the text is empty.", false],
    ["in an example", 'f("")', value("1"), 'Parses.\n@example f("") // throws when empty', false],
    ["about two things", 'f("")', value("1"), "Throws on spaces. An empty text gives 1.", false],
  ])("%s", (_, call, expectation, doc, contradicts) => {
    expect(find(example(call, expectation), [], doc) !== undefined).toBe(contradicts);
  });

  test("is quoted", () => {
    expect(find(example('f("")', value("1")), [], "Parses. Throws when the\ntext is empty.")).toBe(
      'the doc says otherwise: "Throws when the text is empty."',
    );
  });
});
