import { parseSource } from "../syntax/parse-source.ts";
import { expect, test } from "vitest";
import { generatorsOf } from "./generators.ts";
import { openTypeFiles } from "./type-files.ts";

const files = {
  "src/types.ts": `export interface Base { readonly id: string }
export interface Box<Value> extends Base { value?: Value; "a-b": 1 | 2 }
export type List = { head: number; tail: List } | null;
export class Money {}
export enum Color { Red }
export interface Talks { speak(): void }`,
  "src/barrel.ts": 'export * from "./types.js";\nexport type { Base as Root } from "./types.js";',
};
const spec = 'import type { Box, List, Money, Color, Talks, Root } from "./barrel.js";\ntype Pair = [string, boolean];';
const layout = {
  sourceRoots: ["src"],
  testRoots: [],
  generatedDir: "__generated__",
  testRunner: "vitest",
  settings: {},
} as const;

function generate(type: string): readonly string[] | string {
  const types = openTypeFiles("src/a.jaunt.ts", spec, layout, {
    readText: (path) => Object.entries(files).find(([each]) => each === path)?.[1],
  });
  const found = generatorsOf([{ name: "x", type }], {
    files: types,
    path: "src/a.jaunt.ts",
    fc: "fc",
    typed: false,
    canImport: () => true,
  });
  if (typeof found === "string") return found;
  const lines = [...found.consts.map(({ name, code }) => `${name} = ${code}`), ...found.expressions];
  for (const line of lines) expect(parseSource("x.js", line).problems).toEqual([]);
  return lines;
}

test.each([
  ["string", ["fc.string()"]],
  ["int", ["fc.integer()"]],
  ["double", ["fc.double()"]],
  ["-1 | 'a' | null", ["fc.constantFrom(-1, 'a', null)"]],
  ["string | undefined", ["fc.oneof(fc.string(), fc.constant(undefined))"]],
  ["readonly boolean[]", ["fc.array(fc.boolean())"]],
  ["ReadonlyMap<nat, Set<bigint>>", ["fc.map(fc.nat(), fc.set(fc.bigInt()))"]],
  ["Pair", ["fc.tuple(fc.string(), fc.boolean())"]],
  [
    "Record<'a' | 'b', Date>",
    [
      "fc.record({ a: fc.date({ noInvalidDate: true }), b: fc.date({ noInvalidDate: true }) }, { noNullPrototype: true })",
    ],
  ],
  ["{ [key: string]: unknown }", ["fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true })"]],
  [
    "Box<boolean>",
    [
      'fc.record({ id: fc.string(), value: fc.boolean(), "a-b": fc.constantFrom(1, 2) }, { noNullPrototype: true, requiredKeys: ["id", "a-b"] })',
    ],
  ],
  [
    "Pick<Box<int>, 'id'> & Partial<{ b: null }>",
    ['fc.record({ id: fc.string(), b: fc.constant(null) }, { noNullPrototype: true, requiredKeys: ["id"] })'],
  ],
  ["Root", ["anyBase = fc.record({ id: fc.string() }, { noNullPrototype: true })", "anyBase"]],
  ["(x: int) => string", ["fc.func(fc.string())"]],
])("values of %s", (type, code) => {
  expect(generate(type)).toEqual(code);
});

test("a type that leads back to itself is tied, its ends first", () => {
  const [, letrec = "", last] = generate("List[]");
  expect(letrec).toContain(
    'fc.oneof({ depthIdentifier: "types", maxDepth: 4, withCrossShrink: true }, fc.constant(null), fc.record(',
  );
  expect(last).toBe(
    'fc.oneof({ depthIdentifier: "types", maxDepth: 3 }, fc.constant([]), fc.array(types.List, { maxLength: 3 }))',
  );
});

test.each([
  ["Money", "Money is a class"],
  ["Color", "Color is an enum"],
  ["Talks", "it has methods or members without a type"],
  ["Nowhere", "Nowhere is no type of the project's files that values can be made of"],
  ["keyof Base", "it uses keyof"],
  ["[int, ...int[]]", "it uses a tuple of no fixed length"],
  ["`a${string}`", "`a${string}` is no type that values can be made of"],
  ["symbol", "symbol is no type that values can be made of"],
  ["int[", "int[ is no type"],
])("no values of %s", (type, reason) => {
  expect(generate(type)).toBe(reason);
});
