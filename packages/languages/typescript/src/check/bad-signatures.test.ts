import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openChecked, specs, type CheckedProject } from "./checker.test.support.ts";
import { email, tried, lru, domain, overloads, join, table } from "./replies.test.support.ts";

let project: CheckedProject;
beforeAll(async () => {
  project = await openChecked(specs);
});
afterAll(() => project.close());

type Bad = readonly [name: string, module: string, reply: string, code: string, line: number];

const bad: readonly Bad[] = [
  [
    "a wrong parameter type",
    "src/domain",
    "export function domain(address: unknown): string {\n  return String(address);\n}\n",
    "conformance/signature",
    1,
  ],
  [
    "a narrowed parameter type",
    "src/domain",
    "export function domain(address: `${string}@${string}`): string {\n  return address;\n}\n",
    "conformance/signature",
    1,
  ],
  [
    "another parameter name",
    "src/domain",
    "export function domain(\n  addr: string,\n): string {\n  return addr;\n}\n",
    "conformance/signature",
    2,
  ],
  [
    "no return type",
    "src/domain",
    "export function domain(address: string) {\n  return address;\n}\n",
    "conformance/signature",
    1,
  ],
  [
    "a surplus parameter",
    "src/domain",
    'export function domain(address: string, by = "@"): string {\n  return address + by;\n}\n',
    "conformance/signature",
    1,
  ],
  [
    "a dropped parameter",
    "src/email",
    email.replace(", options?: Hidden", "").replace("options?.raw ?? raw", "raw") + tried,
    "conformance/signature",
    1,
  ],
  [
    "a default for an optional parameter",
    "src/email",
    email.replace("options?: Hidden", 'options: Hidden = { raw: "" }') + tried,
    "conformance/signature",
    1,
  ],
  [
    "a const instead of a function",
    "src/domain",
    "export const domain = (address: string): string => address;\n",
    "conformance/kind",
    1,
  ],
  [
    "a function instead of a const",
    "src/table",
    table("export function double(value: number): number {\n  return value * 2;\n}"),
    "conformance/kind",
    2,
  ],
  [
    "let instead of const",
    "src/table",
    table("export let double = (value: number): number => value * 2;"),
    "conformance/kind",
    2,
  ],
  [
    "an untyped arrow",
    "src/table",
    table("export const double = (value: number) => value * 2;"),
    "conformance/signature",
    2,
  ],
  [
    "an untyped const",
    "src/table",
    table("export const double = (value: number): number => value;").replace("days: readonly string[]", "days"),
    "conformance/signature",
    1,
  ],
  [
    "a declaration only",
    "src/domain",
    "export declare function domain(address: string): string;\n",
    "conformance/body",
    1,
  ],
  [
    "a declared const",
    "src/table",
    table("export declare const double: (value: number) => number;"),
    "conformance/body",
    2,
  ],
  [
    "collapsed overloads",
    "src/convert",
    `export function convert(value: string | number): string | number {\n  return value;\n}\n${join}`,
    "conformance/overloads",
    1,
  ],
  [
    "swapped overloads",
    "src/convert",
    `${overloads.split("\n").reverse().join("\n").trim()}\nexport function convert(value: never): never {\n  return value;\n}\n${join}`,
    "conformance/signature",
    1,
  ],
  [
    "a dropped this parameter",
    "src/convert",
    `${overloads}export function convert(value: unknown): never {\n  throw value;\n}\n${join.replace("this: void, ", "")}`,
    "conformance/signature",
    6,
  ],
  [
    "a dropped const type parameter",
    "src/convert",
    `${overloads}export function convert(value: unknown): never {\n  throw value;\n}\n${join.replace("<const T", "<T")}`,
    "conformance/signature",
    6,
  ],
  [
    "a missing method",
    "src/lru",
    lru().replace(/ {2}protected evict[\s\S]*?\n {2}\}\n/, ""),
    "conformance/missing-member",
    1,
  ],
  [
    "a surplus public method",
    "src/lru",
    lru("  clear(): void {\n    this.#entries.clear();\n  }\n"),
    "conformance/extra-member",
    32,
  ],
  ["a surplus public field", "src/lru", lru("  extra = 1;\n"), "conformance/extra-member", 32],
  [
    "a narrowed method parameter",
    "src/lru",
    lru("", "get(key: K & string): V | undefined {"),
    "conformance/signature",
    15,
  ],
  ["a method without its parameter", "src/lru", lru("", "get(): V | undefined {"), "conformance/signature", 15],
  ["a field made writable", "src/lru", lru().replace("readonly capacity", "capacity"), "conformance/signature", 2],
  [
    "a public method for a protected one",
    "src/lru",
    lru().replace("protected evict", "evict"),
    "conformance/signature",
    23,
  ],
  [
    "a method for a getter",
    "src/lru",
    lru().replace("get size()", "size()").replace("this.size", "this.size()"),
    "conformance/member-kind",
    12,
  ],
  ["an instance method for a static one", "src/lru", lru().replace("static of", "of"), "conformance/member-kind", 7],
  ["no implements", "src/lru", lru().replace(" implements Iterable<K>", ""), "conformance/heading", 1],
  [
    "another type parameter",
    "src/lru",
    lru().replace("class Lru<K, V>", "class Lru<K, V = K>"),
    "conformance/heading",
    1,
  ],
  [
    "another constructor",
    "src/lru",
    lru().replace("constructor(capacity: number)", "constructor(capacity: number = 10)"),
    "conformance/signature",
    4,
  ],
  [
    "a concrete class for an abstract one",
    "src/shape",
    "export class Shape {\n  area(): number {\n    return 1;\n  }\n  describe(): string {\n    return '';\n  }\n  get label(): string {\n    return '';\n  }\n  set label(value: string) {\n    void value;\n  }\n}\n",
    "conformance/heading",
    1,
  ],
  [
    "a changed kept member",
    "src/counter",
    "export class Counter {\n  add(times: number): number {\n    return times;\n  }\n  protected total(values: readonly number[]): number {\n    return values.length;\n  }\n  name(): string {\n    return 'other';\n  }\n}\n",
    "conformance/kept-member",
    9,
  ],
  [
    "a missing body of a mixed class",
    "src/counter",
    "export class Counter {\n  add(times: number): number {\n    return times;\n  }\n}\n",
    "conformance/missing-member",
    1,
  ],
  ["a wrong return value", "src/domain", domain("return 1;"), "types/2322", 2],
  ["an unknown name", "src/domain", domain("const at = 1;\n  return adress + at;"), "types/2552", 3],
  [
    "an unused helper, as the flags say",
    "src/domain",
    domain("return address;", "const unused = 1;\n"),
    "types/6133",
    1,
  ],
  ["an unchecked index, as the flags say", "src/domain", domain("return address.split('@')[1];"), "types/2322", 2],
  ["a forgotten return", "src/domain", domain("if (address) return address;"), "types/2366", 1],
  ["an enum, as the flags say", "src/domain", domain("return address + At.a;", "enum At { a }\n"), "types/1294", 1],
  [
    "a wrong type in a mixed class",
    "src/counter",
    "export class Counter {\n  add(times: number): number {\n    return times;\n  }\n  protected total(values: readonly number[]): number {\n    return values;\n  }\n}\n",
    "types/2322",
    6,
  ],
  [
    "an incomplete interface",
    "src/email",
    email.replace("{ local: raw.slice(0, at), domain: domain(raw) }", "{ local: raw }") + tried,
    "types/2741",
    4,
  ],
];

describe("a reply that is not what the spec says is rejected where it differs", () => {
  test.each(bad)("%s", async (_, module, reply, code, line) => {
    const found = await project.check(module, reply);

    expect(found.map((each) => `${each.code} ${each.file}:${each.start?.line}`)).toContain(
      `${code} ${module}.reply.ts:${line}`,
    );
    expect(new Set(found.map((each) => each.code.split("/")[0]))).toEqual(new Set([code.split("/")[0]]));
    expect(found.every((each) => each.severity === "error" && each.message !== "")).toBe(true);
  });
});
