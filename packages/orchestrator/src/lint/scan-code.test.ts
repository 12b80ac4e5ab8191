import { expect, test } from "vitest";
import { aritiesOf, argumentCounts } from "./count-arguments.ts";
import { scanCode, splitAtCommas } from "./scan-code.ts";

test("what stands in literals and comments is set apart, position for position", () => {
  const code = String.raw`f("a, (\"", /[,)]/g, 1 / 2) // ) "x"`;
  const { blanked, strings } = scanCode(code);
  expect(blanked).toHaveLength(code.length);
  expect(splitAtCommas(blanked.slice(2, blanked.lastIndexOf(")")))).toHaveLength(3);
  expect(strings).toEqual([String.raw`a, (\"`]);
});

test.each([
  ["function f(): void", [[0, 0]]],
  ["function f(a: string, b?: number, ...rest: [x: 1, y: 2][]): void", [[1, Infinity]]],
  [
    "function f<T extends Map<string, number>>(a: (x: number, y: T) => void, { b, c = 1 }: { b?: 1; c?: 2 }): void",
    [[2, 2]],
  ],
  ["function f(this: Window, a: number, b = g(1, 2)): void", [[1, 2]]],
  [
    "function f(a: string): string\nfunction f(a: string, b: number): string",
    [
      [1, 1],
      [2, 2],
    ],
  ],
  ["const f = <T,>(x: T, w = 3): T", [[1, 2]]],
  ["const f: (a: number) => number", [[1, 1]]],
  ["const f: readonly number[]", []],
])("%s", (signature, expected) => {
  const kind = signature.startsWith("const") ? "const" : "function";
  expect(aritiesOf({ name: "f", kind, signature }).map(({ least, most }) => [least, most])).toEqual(expected);
});

test("a class takes what its constructor takes, comments in it aside", () => {
  const signature =
    'class Lru {\n  /** As constructor(1, 2, 3). */\n  constructor(readonly size: number, name = "(");\n}';
  expect(aritiesOf({ name: "Lru", kind: "class", signature })).toEqual([{ least: 1, most: 2 }]);
});

test.each([
  ['f("a,b", [1, 2], (x, y) => x)', [3]],
  ["f(new Map<string, number>(), 1)", [2]],
  ["f(...all)", []],
  ["g.f(1) + f()", [0]],
  ["f(f(1, 2))", [1, 2]],
  ["f(1, 2,)", [2]],
])("%s is called with %j arguments", (code, expected) => {
  expect(argumentCounts(code, "f", false)).toEqual(expected);
});
