import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openChecked, specs, type CheckedProject } from "./checker.test.support.ts";

let project: CheckedProject;
beforeAll(async () => {
  project = await openChecked(specs);
});
afterAll(() => project.close());

const email = `export function parseEmail(raw: string, options?: Hidden): Email {
  const at = raw.lastIndexOf("@");
  if (at <= 0 || raw.length > limits.length) throw new EmailError(basename(options?.raw ?? raw));
  return { local: raw.slice(0, at), domain: domain(raw) };
}
`;
const tried = `export async function tryEmail(raw: string): Promise<Result<Email>> {
  return { ok: true, value: parseEmail(raw) };
}
`;
const lruHead = "export class Lru<K, V> implements Iterable<K> {";
const lru = (members: string = "", get: string = "get(key: K): V | undefined {"): string => `${lruHead}
  readonly capacity: number;
  readonly #entries = new Map<K, V>();
  constructor(capacity: number) {
    this.capacity = capacity;
  }
  static of<T>(...items: readonly T[]): Lru<T, T> {
    const made = new Lru<T, T>(items.length);
    for (const item of items) made.set(item, item);
    return made;
  }
  get size(): number {
    return this.#entries.size;
  }
  ${get}
    return this.#entries.get(key as never);
  }
  set(key: K, value: V, options?: { readonly pin?: boolean }): this {
    if (options?.pin !== true && this.size >= this.capacity) this.evict();
    this.#entries.set(key, value);
    return this;
  }
  protected evict(): void {
    for (const key of this.#entries.keys()) {
      this.#entries.delete(key);
      return;
    }
  }
  [Symbol.iterator](): Iterator<K> {
    return this.#entries.keys();
  }
${members}}
`;
const domain = (body: string, before = ""): string =>
  `${before}export function domain(address: string): string {\n  ${body}\n}\n`;
const loose = (
  copy: string,
  load: string,
  before = "",
): string => `${before}export function copy(value: any, depth: number): any {
  ${copy}
}
export async function load(path: string): Promise<string> {
  ${load}
}
`;
const overloads = `export function convert(value: string): number;
export function convert(value: number): string;
`;
const join = `export function join<const T extends readonly string[]>(this: void, parts: T, ...rest: T[]): T[number] {
  return [...parts, ...rest.flat()].join();
}
`;
const steps = `export function* steps(from: number, to: number): Generator<number, void, undefined> {
  for (let at = from; at < to; at += 1) yield at;
}
export async function* slowly(to: number): AsyncGenerator<number> {
  for (let at = 0; at < to; at += 1) yield at;
}
export function isText(value: unknown): value is string {
  return typeof value === "string";
}
`;
const table = (double: string): string => `export const days: readonly string[] = ["Monday"];
${double}
export const compare: (left: string, right: string) => number = (left, right) => left.localeCompare(right);
`;

type Bad = readonly [name: string, module: string, reply: string, code: string, line: number];

const bad: readonly Bad[] = [
  ["nothing", "src/domain", "", "parse/empty", 1],
  ["only white space and comments", "src/domain", "\n// I cannot do that.\n", "parse/empty", 1],
  ["prose before the code", "src/domain", `Here is the code:\n${domain("return address;")}`, "parse/syntax", 1],
  ["fences inside", "src/domain", `\`\`\`ts\n${domain("return address;")}\`\`\`\n`, "parse/syntax", 1],
  ["a missing bracket", "src/domain", domain("return (address;"), "parse/syntax", 2],
  [
    "cut off in a block",
    "src/domain",
    "export function domain(address: string): string {\n  const at = [1,\n",
    "parse/truncated",
    2,
  ],
  [
    "cut off in a template",
    "src/domain",
    "export function domain(address: string): string {\n  return `${address}",
    "parse/truncated",
    2,
  ],
  [
    "cut off in a string",
    "src/domain",
    'export function domain(address: string): string {\n  return "abc',
    "parse/truncated",
    2,
  ],
  ["only the body", "src/domain", "\n  return address.slice(1);\n", "parse/body-only", 2],
  [
    "only the body and its brace",
    "src/domain",
    "  if (!address) return address;\n  return address.slice(1);\n}\n",
    "parse/body-only",
    1,
  ],
  ["a merge marker", "src/domain", `<<<<<<< ours\n${domain("return address;")}`, "parse/syntax", 1],
  ["a missing export", "src/email", email, "exports/missing", 1],
  [
    "a declaration without export",
    "src/domain",
    `\n${domain("return address;").replace("export ", "")}`,
    "exports/missing",
    2,
  ],
  [
    "a name in the wrong case",
    "src/domain",
    domain("return address;").replace("domain", "Domain"),
    "exports/missing",
    1,
  ],
  [
    "a surplus export",
    "src/domain",
    `${domain("return help(address);")}export function help(text: string): string {\n  return text;\n}\n`,
    "exports/extra",
    4,
  ],
  ["an exported type", "src/domain", `export type Address = string;\n${domain("return address;")}`, "exports/extra", 1],
  ["a default export", "src/domain", `${domain("return address;")}export default domain;\n`, "exports/default", 4],
  ["export =", "src/domain", `${domain("return address;")}export = domain;\n`, "exports/assignment", 4],
  ["export *", "src/domain", `${domain("return address;")}export * from "zod";\n`, "exports/star", 4],
  [
    "an export list",
    "src/domain",
    `${domain("return address;").replace("export ", "")}export { domain };\n`,
    "exports/list",
    4,
  ],
  [
    "a definition twice",
    "src/domain",
    `${domain("return address;")}${domain("return address + 1;")}`,
    "exports/duplicate",
    4,
  ],
  [
    "a helper twice",
    "src/domain",
    domain("return one;", "const one = 'a';\nconst one = 'b';\n"),
    "exports/duplicate",
    2,
  ],
  [
    "a hand-written class again",
    "src/email",
    `class EmailError extends Error {}\n${email}${tried}`,
    "exports/redeclare",
    1,
  ],
  [
    "a hidden type again",
    "src/email",
    `${email}${tried}type Hidden = { readonly raw: string };\n`,
    "exports/redeclare",
    9,
  ],
  [
    "an imported name again",
    "src/email",
    `${email}${tried}function domain(text: string): string {\n  return text;\n}\n`,
    "exports/redeclare",
    9,
  ],
  [
    "a local that hides a class",
    "src/email",
    email.replace("const at", "class EmailError extends Error {}\n  const at") + tried,
    "exports/shadow",
    2,
  ],
  [
    "a parameter that hides a const",
    "src/email",
    `${email}${tried}const long = (limits: number): number => limits;\nvoid long;\n`,
    "exports/shadow",
    9,
  ],
  [
    "another meaning of an imported name",
    "src/email",
    `import { domain } from "zod";\n${email}${tried}`,
    "exports/other-meaning",
    1,
  ],
  [
    "an import of the spec file",
    "src/email",
    `import { limits as bounds } from "./email.jaunt.js";\n${email}${tried}void bounds;\n`,
    "exports/own-import",
    1,
  ],
  [
    "an import of what it implements",
    "src/email",
    `import { parseEmail as parse } from "./email.js";\n${email}${tried}void parse;\n`,
    "exports/own-import",
    1,
  ],
  [
    "an import of its own generated file",
    "src/domain",
    domain("return d(address);", 'import * as d from "./__generated__/domain.js";\n'),
    "exports/own-import",
    1,
  ],
  [
    "any as a parameter",
    "src/domain",
    domain("return help(address);", "const help = (text: any): string => text;\n"),
    "policy/no-any",
    1,
  ],
  ["as any", "src/domain", domain("return (address as any).x;"), "policy/no-any", 2],
  ["any in angle brackets", "src/domain", domain("return (<any>address).x;"), "policy/no-any", 2],
  [
    "any deep inside a type",
    "src/domain",
    domain("const all: Map<string, any[]> = new Map();\n  return address + all.size;"),
    "policy/no-any",
    2,
  ],
  [
    "any in the body of a stub with any",
    "src/loose",
    loose("const all: any[] = [value, depth];\n  return all;", "return path;"),
    "policy/no-any",
    2,
  ],
  ["@ts-ignore", "src/domain", domain("// @ts-ignore\n  return 1;"), "policy/no-suppressions", 2],
  ["@ts-expect-error", "src/domain", domain("/* @ts-expect-error later */ return 1;"), "policy/no-suppressions", 2],
  ["@ts-nocheck", "src/domain", domain("return 1;", "// @ts-nocheck\n"), "policy/no-suppressions", 1],
  [
    "eslint-disable",
    "src/domain",
    domain("return address;", "/* eslint-disable no-console */\n"),
    "policy/no-suppressions",
    1,
  ],
  ["eval", "src/domain", domain('return String(eval("1"));'), "policy/no-eval", 2],
  ["eval through globalThis", "src/domain", domain('return String(globalThis["eval"]("1"));'), "policy/no-eval", 2],
  ["new Function", "src/domain", domain('return String(new Function("return 1")());'), "policy/no-eval", 2],
  ["a timer with text", "src/domain", domain('setTimeout("run()", 1);\n  return address;'), "policy/no-eval", 2],
  ["import()", "src/domain", domain('void import("zod");\n  return address;'), "policy/no-dynamic-import", 2],
  ["require", "src/domain", domain('return require("zod").x(address);'), "policy/no-dynamic-import", 2],
  [
    "createRequire",
    "src/domain",
    domain("return createRequire(address)(address);", 'import { createRequire } from "node:module";\n'),
    "policy/no-dynamic-import",
    1,
  ],
  [
    "an undeclared package",
    "src/domain",
    domain("return map(address);", 'import { map } from "lodash/fp";\n'),
    "policy/no-undeclared-packages",
    1,
  ],
  [
    "a marker",
    "src/domain",
    domain("return magic(address);", 'import { magic } from "@jaunt/spec";\n'),
    "policy/no-undeclared-packages",
    1,
  ],
  [
    "a path escape",
    "src/domain",
    domain("return x;", 'import { x } from "../../../etc/x.js";\n'),
    "policy/no-relative-imports",
    1,
  ],
  [
    "an absolute path",
    "src/domain",
    domain("return x;", 'import { x } from "/etc/x.js";\n'),
    "policy/no-relative-imports",
    1,
  ],
  [
    "a file URL",
    "src/domain",
    domain("return x;", 'import { x } from "file:///etc/x.js";\n'),
    "policy/no-relative-imports",
    1,
  ],
  [
    "a remote module",
    "src/domain",
    domain("return x;", 'import { x } from "https://example.com/x.js";\n'),
    "policy/no-relative-imports",
    1,
  ],
  [
    "a path alias",
    "src/domain",
    domain("return x;", 'import { x } from "@/result.js";\n'),
    "policy/no-relative-imports",
    1,
  ],
  [
    "an imported type by path",
    "src/domain",
    domain('return String(null as import("./result.js").Result<string> | null);'),
    "policy/no-relative-imports",
    2,
  ],
  [
    "files",
    "src/domain",
    domain("return readFileSync(address, 'utf8');", 'import { readFileSync } from "node:fs";\n'),
    "policy/no-files",
    1,
  ],
  ["the network", "src/domain", domain("void fetch(address);\n  return address;"), "policy/no-network", 2],
  [
    "a network module",
    "src/domain",
    domain("return String(get(address));", 'import { get } from "https";\n'),
    "policy/no-network",
    1,
  ],
  [
    "a process",
    "src/domain",
    domain("return execSync(address).toString();", 'import { execSync } from "node:child_process";\n'),
    "policy/no-processes",
    1,
  ],
  ["the environment", "src/domain", domain("return process.env['HOME'] ?? address;"), "policy/no-environment", 2],
  [
    "the environment by import",
    "src/domain",
    domain("return env['HOME'] ?? address;", 'import { env } from "node:process";\n'),
    "policy/no-environment",
    1,
  ],
  [
    "a patched prototype",
    "src/domain",
    domain("String.prototype.trim = () => address;\n  return address;"),
    "policy/no-global-changes",
    2,
  ],
  [
    "a defined global",
    "src/domain",
    domain("Object.defineProperty(globalThis, 'x', {});\n  return address;"),
    "policy/no-global-changes",
    2,
  ],
  [
    "declare global",
    "src/domain",
    `declare global {\n  interface String { x: 1 }\n}\n${domain("return address;")}`,
    "policy/no-global-changes",
    1,
  ],
  [
    "not implemented",
    "src/domain",
    domain('throw new Error("Not implemented");'),
    "policy/no-fallback-implementations",
    2,
  ],
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

describe("a bad reply is rejected where it is bad", () => {
  test.each(bad)("%s", async (_, module, reply, code, line) => {
    const found = await project.check(module, reply);

    expect(found.map((each) => `${each.code} ${each.file}:${each.start?.line}`)).toContain(
      `${code} ${module}.reply.ts:${line}`,
    );
    expect(new Set(found.map((each) => each.code.split("/")[0]))).toEqual(new Set([code.split("/")[0]]));
    expect(found.every((each) => each.severity === "error" && each.message !== "")).toBe(true);
  });
});

const good: readonly (readonly [name: string, module: string, reply: string])[] = [
  ["plain", "src/domain", domain('return address.slice(address.lastIndexOf("@") + 1);')],
  ["other formatting", "src/domain", "export function domain(\n  address : string,\n) : string { return address }"],
  [
    "comments in the signature",
    "src/domain",
    "export function domain(/* whole */ address: string): string /* part */ {\n  return address;\n}\n",
  ],
  [
    "a fence in a comment",
    "src/domain",
    domain("return address;", "/**\n * Use it so:\n```ts\ndomain(1);\n```\n */\n"),
  ],
  ["every name of the spec file, and async for a promise", "src/email", email + tried],
  [
    "a promise without async",
    "src/email",
    email +
      tried
        .replace("async ", "")
        .replace(
          "{ ok: true, value: parseEmail(raw) }",
          "Promise.resolve({ ok: true, value: parseEmail(raw) } as const)",
        ),
  ],
  [
    "imports that the spec file has too",
    "src/email",
    `import { domain } from "./domain.js";\nimport type { Result } from "../result.js";\nimport { EmailError } from "./email.jaunt.js";\n${email}${tried}`,
  ],
  ["a built-in module", "src/domain", domain("return posix.join(address);", 'import { posix } from "node:path";\n')],
  [
    "helper types, satisfies and constants",
    "src/domain",
    domain(
      "return table[address as Key] ?? address;",
      'type Key = keyof typeof table;\nconst table = { a: "b" } as const satisfies Record<string, string>;\n',
    ),
  ],
  ["locals named like the specs of others", "src/domain", domain("const convert = address;\n  return convert;")],
  [
    "a class with private fields and methods",
    "src/lru",
    lru(
      "  #clear(): void {\n    this.#entries.clear();\n  }\n  private reset(): void {\n    this.#clear();\n  }\n  static {\n    void Lru.prototype.reset;\n  }\n",
    ),
  ],
  [
    "explicit public, override-free",
    "src/lru",
    lru().replace("  get(key", "  public get(key").replace("  static of", "  public static of"),
  ],
  [
    "an abstract class with an accessor pair",
    "src/shape",
    "export abstract class Shape {\n  #label = '';\n  abstract area(): number;\n  describe(): string {\n    return `${this.label} ${this.area()}`;\n  }\n  get label(): string {\n    return this.#label;\n  }\n  set label(value: string) {\n    this.#label = value;\n  }\n}\n",
  ],
  [
    "a constructor that the class has anyway",
    "src/shape",
    "export abstract class Shape {\n  #label: string;\n  constructor() {\n    this.#label = '';\n  }\n  abstract area(): number;\n  describe(): string {\n    return this.#label;\n  }\n  get label(): string {\n    return this.#label;\n  }\n  set label(value: string) {\n    this.#label = value;\n  }\n}\n",
  ],
  [
    "a mixed class without what is kept",
    "src/counter",
    "export class Counter {\n  add(times: number): number {\n    return this.#scaled(times) * this.#step;\n  }\n  protected total(values: readonly number[]): number {\n    return values.reduce((sum, value) => sum + value, 0);\n  }\n  #scaled(times: number): number {\n    return times;\n  }\n}\n",
  ],
  [
    "a mixed class with what is kept",
    "src/counter",
    "export class Counter {\n  static readonly start: number = 1;\n  readonly #step: number;\n  constructor(step: number) { this.#step = step }\n  add(times: number): number {\n    return times * this.#step;\n  }\n  protected total(values: readonly number[]): number {\n    return values.length;\n  }\n  name(): string { return 'counter' }\n}\n",
  ],
  [
    "overloads with a free implementation",
    "src/convert",
    `${overloads}export function convert(value: string | number): string | number {\n  return typeof value === "string" ? Number(value) : String(value);\n}\n${join}`,
  ],
  [
    "consts, arrows and function expressions",
    "src/table",
    table("export const double = function (value: number): number {\n  return value * 2;\n};"),
  ],
  [
    "an async arrow for nothing",
    "src/table",
    table("export const double = (value: number): number => { return value * 2 }"),
  ],
  ["generators and predicates", "src/steps", steps],
  [
    "any where the signature has it, effects where the spec has them",
    "src/loose",
    loose(
      "return depth > 0 ? structured(value) : value;",
      'return (process.env["X"] ?? "") + readFileSync(path, "utf8");',
      'import { readFileSync } from "node:fs";\nconst structured = (value: unknown): unknown => value;\n',
    ),
  ],
];

describe("a good reply is accepted, however it is written", () => {
  test.each(good)("%s", async (_, module, reply) => {
    const found = await project.check(module, reply);

    expect(found.map((each) => `${each.code} ${each.file}:${each.start?.line} ${each.message}`)).toEqual([]);
  });
});

test("a wrong signature shows both, one under the other, and where they part", async () => {
  const [problem] = await project.check(
    "src/domain",
    "export function domain(address: string): string | undefined {\n  return address;\n}\n",
  );

  expect(problem).toMatchObject({
    code: "conformance/signature",
    message:
      "The signature of domain is not the spec's.\nexpected: function domain(address: string): string\nreceived: function domain(address: string): string | undefined",
    start: { line: 1, column: 49 },
  });
});

test("all problems of a rung are told at once, and none of a later one", async () => {
  const found = await project.check(
    "src/domain",
    domain("eval(address);\n  // @ts-ignore\n  return fetch(address as any);").replace(
      "address: string",
      "address: any",
    ),
  );

  expect(found.map((each) => each.code)).toEqual([
    "policy/no-any",
    "policy/no-eval",
    "policy/no-suppressions",
    "policy/no-network",
    "policy/no-any",
  ]);
});

test("one complaint about many lines is told once", async () => {
  const found = await project.check("src/domain", domain("missing;\n  missing;\n  missing;\n  return address;"));

  expect(found.map((each) => each.message)).toEqual(["Cannot find name 'missing'. (3 times, also on line 3, 4)"]);
});

test("only rules that the prompt stated are enforced", async () => {
  const source = project.source("src/domain");
  const conventions = { language: "typescript", fence: "ts", rules: [], packages: [], importStyle: "" };
  const found = await project.checker.check(
    { source, body: domain("const text = address as any;\n  return text;"), layout: project.layout, conventions },
    project.io,
  );

  expect(found).toEqual([]);
});
