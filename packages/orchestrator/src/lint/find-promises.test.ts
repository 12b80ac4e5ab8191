import { describe, expect, test } from "vitest";
import { readSentences } from "./doc-sentences.ts";
import { findPromises } from "./find-promises.ts";

describe("sentences", () => {
  test("end at full stops, semicolons, blank lines and bullets, but not in quotes, code and links", () => {
    const doc = 'Splits at "a. B"; keeps `x. Y`. Uses {@link a. B}, e.g. here.\n\n- one\n- two\n@returns The rest.';
    expect(readSentences(doc).map(({ tag, text }) => `${tag}: ${text}`)).toEqual([
      ': Splits at "a. B"',
      ": keeps `x. Y`.",
      ": Uses {@link a. B}, e.g. here.",
      ": one",
      ": two",
      "returns: The rest.",
    ]);
  });

  test("are none in examples, prompts and fences", () => {
    expect(readSentences("One.\n```\nNot this.\n```\n@example f() // => 1\n@prompt Be quick.")).toHaveLength(1);
  });
});

test.each([
  ["@throws {RangeError} when low is above high", "throws RangeError"],
  ["Throws a TypeError for text.", "throws TypeError"],
  ["It throws when the file is gone.", "throws"],
  ["It is never thrown away.", ""],
  ["The value; undefined when there is none.", "absence undefined"],
  ["Maps undefined to itself.", ""],
  ["An empty list gives 0.", "empty"],
  ["Missing cells are empty.", ""],
  ['Splits at the last "@".', "literal @"],
  ["The first of `several words`.", ""],
  ["Returns `-1` for others.", "literal -1"],
  ["Names in any case.", "case"],
  ["Messages may be added in any order.", ""],
  ["The lines, in their order.", "order"],
  ["Messages sorted into conversations.", ""],
  ["The width defaults to 40.", "default"],
  ["Rounds half up.", "rounding"],
  ["The result never grows.", "never"],
  ["A comment that is never closed runs to the end.", ""],
  ["The width must be positive.", "must"],
  ["Parse an address.", ""],
])("%s", (doc, expected) => {
  const claims = findPromises(doc).flatMap((promise) => promise.claims);
  expect(claims.map(({ kind, words }) => [kind, ...words].join(" ")).join(", ")).toBe(expected);
});
