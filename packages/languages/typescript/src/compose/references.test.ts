import { describe, expect, test } from "vitest";
import { parseSource } from "../syntax/parse-source.ts";
import { freeNames } from "./references.ts";

const free = (text: string): Record<string, string> => {
  const parsed = parseSource("x.tsx", text);
  expect(parsed.problems).toEqual([]);
  return Object.fromEntries([...freeNames(parsed.body)].sort());
};

describe("free names", () => {
  test.each([
    ["a value", "export function f(): void { join(sep); }", { join: "value", sep: "value" }],
    ["a parameter hides", "export function f(join: string): string { return join; }", {}],
    ["a parameter hides only the value", "export function f(Email: Email): Email { return Email; }", { Email: "type" }],
    [
      "a default sees the outer name, a body variable does not leak",
      "function f(x = join()) { const join = 1; return join + x; }",
      { join: "value" },
    ],
    ["var is hoisted out of blocks", "function f() { { var join = 1; } return join; }", {}],
    ["let is not", "function f() { { let join = 1; void join; } return join; }", { join: "value" }],
    [
      "destructuring with keys, defaults and rest",
      "const { a: b, [key]: c = d, ...rest } = source; void b, c, rest;",
      { key: "value", d: "value", source: "value" },
    ],
    [
      "type positions",
      "let a: A, b: typeof v, c: N.M<B>, d: import('./x').Y<C>;",
      { A: "type", v: "type", N: "type", B: "type", C: "type" },
    ],
    ["value wins over type", "let a: A = new A();", { A: "value" }],
    [
      "type parameters and infer",
      "type F<T> = T extends Array<infer U> ? Map<U, T> : X;",
      { Array: "type", Map: "type", X: "type" },
    ],
    ["mapped types", "type M = { [K in Keys as `${K}`]: V[K] };", { Keys: "type", V: "type" }],
    [
      "signature parameters and predicates",
      "type P = (value: unknown, other: typeof value) => value is S;",
      { S: "type" },
    ],
    ["tuple labels", "type T = [first: A, second?: B];", { A: "type", B: "type" }],
    [
      "keys are no names",
      "const o = { a: 1, [b]: 2, c }; o.d; class X { e = 1; [f] = 2; g() {} }",
      { b: "value", c: "value", f: "value" },
    ],
    [
      "computed keys of types are types",
      "interface I { [tag]: string; [Symbol.iterator](): Iterator<string> }",
      { tag: "type", Symbol: "type", Iterator: "type" },
    ],
    [
      "classes",
      "@dec class A extends Base<T1> implements I { @d() m(@p() x: P) {} }",
      { dec: "value", Base: "value", T1: "type", I: "type", d: "value", p: "value", P: "type" },
    ],
    ["mixin heritage", "class A extends mix(Base, ns.Other) {}", { mix: "value", Base: "value", ns: "value" }],
    ["interface heritage", "interface A extends B, ns.C<D> {}", { B: "type", ns: "type", D: "type" }],
    ["ambient classes need types only", "declare class A extends B { c: C }", { B: "type", C: "type" }],
    [
      "catch, loops and labels",
      "function f() { out: for (const x of xs) { try { continue out; } catch (e) { throw e; } } }",
      { xs: "value" },
    ],
    [
      "switch and static blocks",
      "class A { static { const x = y; void x; } } switch (z) { case 1: { let q = 1; void q; } }",
      { y: "value", z: "value" },
    ],
    ["enums see their members", "enum E { A = 1, B = A | other }", { other: "value" }],
    ["namespaces", "namespace N { export const a = b; } void N.a;", { b: "value" }],
    [
      "declared names are not free",
      "import { x } from './y'; function f() { g(x); } function g(v: T) { void v; } type T = string;",
      {},
    ],
    ["function expressions know their own name", "const f = function g(): void { g(); h(); };", { h: "value" }],
    [
      "JSX",
      "const a = <Foo bar={baz}><ns.Bar /><div class='x' /></Foo>;",
      { React: "value", Foo: "value", baz: "value", ns: "value" },
    ],
    [
      "assignments and updates",
      "total += 1; count++; [a, b.c] = d;",
      { total: "value", count: "value", a: "value", b: "value", d: "value" },
    ],
    ["export specifiers", "const a = 1; export { a, b as c }; export { d } from './d';", { b: "value" }],
    [
      "parameter properties",
      "class A { constructor(private readonly size: N = max) { void size; } }",
      { N: "type", max: "value" },
    ],
    ["generic calls and instantiations", "const a = f<A>(b<C>);", { f: "value", A: "type", b: "value", C: "type" }],
    ["satisfies and as", "const a = b as A satisfies C;", { b: "value", A: "type", C: "type" }],
    ["tagged templates", "const a = sql<Row>`select ${x}`;", { sql: "value", Row: "type", x: "value" }],
  ])("%s", (_, text, expected) => {
    expect(free(text)).toEqual(Object.fromEntries(Object.entries(expected).sort()));
  });

  test("a chain of 2,000 operators needs no stack", () => {
    expect(free(`const a = ${Array.from({ length: 2_000 }, () => "x").join(" + ")};`)).toEqual({ x: "value" });
  });
});
