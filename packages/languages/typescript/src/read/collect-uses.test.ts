import { expect, test } from "vitest";
import { parseSource } from "../syntax/parse-source.ts";
import { collectUses } from "./collect-uses.ts";

const names = new Set(["Email", "parse", "ns", "Base", "clamp", "T", "Box", "date"]);

test.each([
  ["function f(raw: string): Email", ["Email"]],
  ["function f(raw: readonly ns.sub.Foo[]): Map<Email, string>", ["Email", "ns.sub.Foo"]],
  ["class A extends Base<Email> implements ns.I { get(): Box }", ["Base", "Box", "Email", "ns.I"]],
  ["const a: typeof parse", ["parse"]],
  ["const a: ReturnType<typeof ns.parse>", ["ns.parse"]],
  ["function f(email: Email, parse: number): typeof parse", ["Email"]],
  ["function f<T extends Email>(value: T): T", ["Email"]],
  ["const a: { readonly Email: string; parse(): Box }", ["Box"]],
  ["const a: { [K in keyof Email]: K }", ["Email"]],
])("uses of `declare %s`", (text, uses) => {
  expect(usesOf(`declare ${text};`)).toEqual(uses);
});

test.each([
  ["const a = parse(x).Email;", ["parse"]],
  ["const a = ns.sub.make(clamp);", ["clamp", "ns.sub.make"]],
  ["const a = ns[clamp];", ["clamp", "ns"]],
  ["const a = { parse, Email: 1, [clamp]: 2 };", ["clamp", "parse"]],
  ["function f() { const parse = 1; return parse + clamp(2); }", ["clamp"]],
  ["function f({ date, ...rest }) { return date; }", []],
  ["parse: for (;;) break parse;", []],
  ["class A { clamp = 1; m() { return this.parse(Box); } }", ["Box"]],
  ["function f() { g((parse) => parse(1)); return parse(2); }", ["parse"]],
  ["function f() { { const parse = 1; } return parse; }", ["parse"]],
  ["function f() { { var parse = 1; } return parse; }", []],
  ["function f() { try {} catch (date) { date(); } return clamp; }", ["clamp"]],
  ["function f() { return function parse() { return parse(); }; }", []],
  ["function f() { for (const date of clamp) date(); }", ["clamp"]],
])("uses of `%s`", (text, uses) => {
  expect(usesOf(text)).toEqual(uses);
});

test("elements of JSX are uses, attributes are not", () => {
  expect(usesOf("const a = <Box date={parse}><ns.Item/></Box>;", "a.tsx")).toEqual(["Box", "ns.Item", "parse"]);
});

test("a type taken with `import()` is a chain that starts at its file, what stands behind it no use of its own", () => {
  const files = new Set(['import("./a.js")', 'import("./b.js")', "ns", "Box"]);
  const { body } = parseSource("a.ts", `type A = import("./a.js").ns.Item<Box>; type B = typeof import('./b.js');`);
  expect(collectUses(body, "signature", files).map((use) => use.path)).toEqual(
    expect.arrayContaining([['import("./a.js")', "ns", "Item"], ["Box"], ['import("./b.js")']]),
  );
  expect(collectUses(body, "signature", files)).toHaveLength(3);
});

test("a chain 900 members deep is read without recursion", () => {
  expect(usesOf(`const a = parse${".x".repeat(900)};`)[0]).toMatch(/^parse\.x\.x/);
});

function usesOf(text: string, path = "a.ts"): readonly string[] {
  return collectUses(parseSource(path, text).body, "body", names)
    .map((use) => use.path.join("."))
    .toSorted();
}
