import * as fc from "fast-check";
import { expect, test } from "vitest";
import { digest, shortDigest, sortedFields, type Field } from "./digest.ts";

test("a digest is 64 lower-case hexadecimal digits and never changes between versions", () => {
  // What `printf 's10:jaunt.testl3:s3:onel2:s3:twos0:s5:three' | sha256sum` says.
  expect(digest("jaunt.test", ["one", ["two", ""], "three"])).toBe(
    "fee8b640d84828af14b6a1fe9cadd52640c3bce8632f41e6b5771fd1ac36859f",
  );
  expect(shortDigest(digest("jaunt.test", []))).toMatch(/^[0-9a-f]{16}$/);
  expect(shortDigest(digest("jaunt.test", []), 12)).toHaveLength(12);
});

const boundaryCases: readonly [string, readonly Field[], readonly Field[]][] = [
  ["a shifted boundary", ["ab", "c"], ["a", "bc"]],
  ["an empty field", ["a", ""], ["a"]],
  ["a list and its only text", [["a"]], ["a"]],
  ["a nested and a flat list", [["a", "b"]], ["a", "b"]],
  ["lists split elsewhere", [["a"], ["b", "c"]], [["a", "b"], ["c"]]],
  ["an empty list and nothing", [[]], []],
  ["text that looks like the encoding", ["s1:a"], [["a"]]],
  ["accented letters, composed and not", ["\u00e9"], ["e\u0301"]],
];

test.each(boundaryCases)("%s changes the digest", (_, left, right) => {
  expect(digest("jaunt.test", left)).not.toBe(digest("jaunt.test", right));
});

test("equal fields of different domains differ, wherever the domain ends", () => {
  expect(digest("a", ["b"])).not.toBe(digest("b", ["b"]));
  expect(digest("ab", ["c"])).not.toBe(digest("a", ["bc"]));
});

const field: fc.Arbitrary<Field> = fc.letrec<{ field: Field }>((tie) => ({
  field: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.constantFrom("", "a", "b", "ab", "s1:a", "l1:"),
    fc.array(tie("field"), { maxLength: 3 }),
  ),
})).field;

test("two inputs have one digest exactly when they are equal", () => {
  fc.assert(
    fc.property(fc.array(field, { maxLength: 4 }), fc.array(field, { maxLength: 4 }), (left, right) => {
      const equal = JSON.stringify(left) === JSON.stringify(right);
      expect(digest("jaunt.test", left) === digest("jaunt.test", right)).toBe(equal);
    }),
    { numRuns: 500 },
  );
});

test("the order in which a map was filled does not count", () => {
  const shuffled = fc.dictionary(fc.string(), fc.string()).chain((record) => {
    const entries = Object.entries(record);
    return fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length }));
  });
  fc.assert(
    fc.property(shuffled, ([entries, permuted]) => {
      const expected = digest("jaunt.test", sortedFields(new Map(entries)));
      expect(digest("jaunt.test", sortedFields(new Map(permuted)))).toBe(expected);
      expect(digest("jaunt.test", sortedFields(Object.fromEntries(permuted)))).toBe(expected);
    }),
  );
});

test("renaming a key of a map changes the digest", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string(), { minKeys: 1 }), fc.string(), (record, name) => {
      const [first, ...rest] = Object.entries(record);
      fc.pre(first !== undefined && !(name in record));
      const renamed = new Map([[name, first[1]], ...rest]);
      expect(digest("jaunt.test", sortedFields(renamed))).not.toBe(digest("jaunt.test", sortedFields(record)));
    }),
  );
});

test("keys are sorted by code unit, not by locale", () => {
  expect(sortedFields({ a: "1", B: "2", "\u00e4": "3", _: "4" }).map((entry) => entry[0])).toEqual([
    "B",
    "_",
    "a",
    "\u00e4",
  ]);
});

test("Windows line ends count as plain ones, a lone carriage return does not", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string().map((line) => line.replaceAll("\r", "")),
        { minLength: 2 },
      ),
      (lines) => {
        expect(digest("jaunt.test", [lines.join("\r\n")])).toBe(digest("jaunt.test", [lines.join("\n")]));
      },
    ),
  );
  expect(digest("jaunt.test", ["a\rb"])).not.toBe(digest("jaunt.test", ["a\nb"]));
});

test("60,000 digests take well under a second", () => {
  const fields = ["parseEmail", "raw: string", ["Email", "a".repeat(200)]];
  const start = performance.now();
  for (let index = 0; index < 60_000; index++) digest("jaunt.test", fields);
  expect(performance.now() - start).toBeLessThan(2_000);
});
