import * as fc from "fast-check";
import { expect, test } from "vitest";
import { diffLines } from "./diff-lines.ts";

const long =
  "Parse an address at the last at sign, lower-cases the domain and keeps the local part exactly as it was written.";

test.each<readonly [string, string, string, readonly string[]]>([
  ["nothing", "a\nb", "a\nb", []],
  ["a changed line", "a\nb\nc", "a\nB\nc", ["- b", "+ B"]],
  ["an added line", "a\nc", "a\nb\nc", ["+ b"]],
  ["a removed line", "a\nb\nc", "a\nc", ["- b"]],
  ["from nothing", "", "a\nb", ["+ a", "+ b"]],
  ["two places", "a\nb\nc\nd\ne", "a\nB\nc\ne\nf", ["- b", "+ B", "- d", "+ f"]],
  [
    "a word in a long line",
    long,
    long.replace("lower-cases", "upper-cases"),
    [
      "- … the last at sign, lower-cases the domain and keeps …",
      "+ … the last at sign, upper-cases the domain and keeps …",
    ],
  ],
])("%s", (_name, before, after, expected) => {
  expect(diffLines(before, after)).toEqual(expected);
});

test("what is left and what came explains the whole difference", () => {
  const line = fc.constantFrom("a", "b", "c", "d");
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), fc.array(line, { minLength: 1 }), (before, after) => {
      const diff = diffLines(before.join("\n"), after.join("\n"));
      const gone = diff.filter((entry) => entry.startsWith("- ")).length;
      const come = diff.filter((entry) => entry.startsWith("+ ")).length;
      expect(before.length - gone).toBe(after.length - come);
      expect(diff.length === 0).toBe(before.join() === after.join());
    }),
  );
});

test("texts of thousands of lines are compared in no time", () => {
  const text = (name: string): string => Array.from({ length: 5_000 }, (_, index) => `${name}${index}`).join("\n");
  const start = performance.now();
  expect(diffLines(text("a"), text("b"))).toHaveLength(10_000);
  expect(performance.now() - start).toBeLessThan(1_000);
});
