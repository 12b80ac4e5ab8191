import { expect, test } from "vitest";
import { explainProperty, readProperty } from "./read-properties.ts";

const xs = { name: "xs", type: "number[]" };

test.each([
  ["for all xs: number[] :: f(xs) > 0", [xs], undefined, "f(xs) > 0"],
  ["xs: number[] :: f(xs) > 0;", [xs], undefined, "f(xs) > 0"],
  ["∀ xs: number[] :: f(xs) > 0", [xs], undefined, "f(xs) > 0"],
  ["For all\n  xs: number[]\n  where xs.length < 9\n  ::\n  f(xs)\n\nMore text.", [xs], "xs.length < 9", "f(xs)"],
  [
    "a, b: int :: f(a, b) === f(b, a)",
    [
      { name: "a", type: "int" },
      { name: "b", type: "int" },
    ],
    undefined,
    "f(a, b) === f(b, a)",
  ],
  [
    "m: Map<string, [a: int, b: int]>, f: (x: int) => boolean :: g(m, f)",
    [
      { name: "m", type: "Map<string, [a: int, b: int]>" },
      { name: "f", type: "(x: int) => boolean" },
    ],
    undefined,
    "g(m, f)",
  ],
  ['s: "a::b" | "c, d" :: f(s) !== "::"', [{ name: "s", type: '"a::b" | "c, d"' }], undefined, 'f(s) !== "::"'],
  ["```ts\nfor all xs: number[] :: f(xs)\n```", [xs], undefined, "f(xs)"],
])("%j is a law", (text, variables, given, invariant) => {
  const { text: _text, ...read } = readProperty(text);
  expect(read).toEqual({ variables, ...(given === undefined ? {} : { given }), invariant });
});

test.each([
  ["{string} name - The name.", 'it has no "::" between its variables and what holds for them'],
  ["for all xs: number[] ::", 'nothing stands behind its "::"'],
  ["for all :: true", "it names no variable"],
  ["for all x :: f(x)", "x has no type"],
  ["for all x: int, x: int :: f(x)", "it names x twice"],
  ["for all every number: int :: f(x)", '"every number: int" is no variable with a type'],
  ["x: int where  :: f(x)", 'nothing stands behind its "where"'],
  ["it's so :: f(x)", 'it has no "::" between its variables and what holds for them'],
])("%j is documentation", (text, reason) => {
  expect(readProperty(text)).toEqual({ text });
  expect(explainProperty(text)).toBe(reason);
});
