import type { Layout, ReadResult, Spec } from "@jaunt/core";
import { describe, expect, test } from "vitest";
import { typescriptReader } from "./typescript-reader.ts";

const layout: Layout = {
  sourceRoots: ["src"],
  testRoots: ["tests"],
  generatedDir: "__generated__",
  testRunner: "vitest",
  settings: {},
};
const magic = 'import { magic } from "@jaunt/spec";\n';

describe("both stub forms are one meaning", () => {
  test.each([
    [
      "a function",
      "export declare function f(a: string): number;",
      "export function f(a: string): number {\n  return magic(a);\n}",
    ],
    [
      "an async function",
      "export declare function f(): Promise<void>;",
      "export async function f(): Promise<void> {\n  return magic();\n}",
    ],
    [
      "a generator",
      "export declare function f(): Generator<number>;",
      "export function* f(): Generator<number> {\n  magic();\n}",
    ],
    [
      "overloads",
      "export declare function f(a: string): 1;\nexport declare function f(a: number): 2;",
      "export function f(a: string): 1;\nexport function f(a: number): 2;\nexport function f(a: unknown): 1 | 2 {\n  return magic(a);\n}",
    ],
    ["a const", "export declare const f: Set<string>;", "export const f: Set<string> = magic();"],
    [
      "a class",
      "export declare class A<T> extends Map<string, T> {\n  get(a: string): T;\n}",
      "export class A<T> extends Map<string, T> {\n  get(a: string): T {\n    return magic(a);\n  }\n}",
    ],
  ])("%s", (_name, declared, marked) => {
    const [a, b] = [specOf(`/** D. */\n${declared}`), specOf(`${magic}/** D. */\n${marked}`)];
    expect([a.form, b.form]).toEqual(["declare", "magic"]);
    expect(b.signatureDigest).toBe(a.signatureDigest);
    expect(b.doc).toBe("D.");
  });
});

describe("what a spec file says without a name", () => {
  const spec = "export declare function f(): void;\n";
  const looseOf = (text: string): string | undefined =>
    typescriptReader.read({ path: "src/a.jaunt.ts", text }, layout).module?.outline.loose;
  test.each([
    ["nothing", ""],
    ["imports and exports of names", 'import { a } from "./a.js";\nexport { a };\nexport * from "./b.js";\n'],
    ["an import of types alone", 'import type {} from "./a.js";\n'],
    ["declarations", "export const a = 1;\nexport class B {}\ndeclare global {}\n"],
    ["comments", "// a\n/** b */\n"],
  ])("is nothing for %s", (_name, text) => {
    expect(looseOf(text + spec)).toBeUndefined();
  });
  test.each([
    ["an import for its side effect", 'import "./a.js";\n'],
    ["an import without names", 'import {} from "./a.js";\n'],
    ["a directive", '"use client";\n'],
    ["a reference", '/// <reference types="node" />\n'],
    ["a JSX pragma", "/** @jsx h */\n"],
    ["a statement", "export const a = new Map();\na.set(1, 2);\n"],
    ["an attribute of an import", 'import a from "./a.json" with { type: "json" };\n'],
    ["a name given to a namespace's", 'import * as a from "./a.js";\nimport b = a.b;\n'],
  ])("is told by its digest: %s", (_name, text) => {
    expect(looseOf(text + spec)).toMatch(/^[0-9a-f]{64}$/);
  });
  test("counts in its order, without its format", () => {
    expect(looseOf(`import "./a.js";\nimport "./b.js";\n${spec}`)).not.toBe(
      looseOf(`import "./b.js";\nimport "./a.js";\n${spec}`),
    );
    expect(looseOf(`import "./a.js";\n${spec}`)).toBe(looseOf(`import './a.js' // a\n\n${spec}`));
  });
});

test("files of `import()` types are imports, each once, of their whole", () => {
  const text = `export declare function f(a: import("./a.js").A, b: import('./a.js').B): typeof import("./b.js").c;`;
  expect(typescriptReader.read({ path: "src/a.jaunt.ts", text }, layout).module?.outline.imports).toEqual(
    expect.arrayContaining([
      { local: 'import("./a.js")', imported: "*", specifier: "./a.js", typeOnly: true },
      { local: 'import("./b.js")', imported: "*", specifier: "./b.js", typeOnly: true },
    ]),
  );
  expect(specOf(text).uses.map((use) => use.path)).toEqual(
    expect.arrayContaining([
      ['import("./a.js")', "A"],
      ['import("./a.js")', "B"],
      ['import("./b.js")', "c"],
    ]),
  );
});

test("a member says what its own signature uses", () => {
  const text = `import type { A, B } from "./a.js";\nexport declare class C {\n  one(a: A): void;\n  two(b: B): A;\n  three(): void;\n}`;
  expect(specOf(text).members.map(({ uses = [] }) => uses.map(({ path }) => path.join(".")).toSorted())).toEqual([
    ["A"],
    ["A", "B"],
    [],
  ]);
});

describe("a signature's digest", () => {
  const before = "export declare function f(a: string, options?: { readonly b: 'x' | 'y' }): number;";
  test.each([
    ["white space", before.replaceAll(" ", "  ")],
    ["quotes", before.replaceAll("'", '"')],
    ["a comment", before.replace("a:", "/* first */ a:")],
    ["separators", before.replace("'y' }", "'y'; }")],
  ])("does not change with %s", (_name, after) => {
    expect(specOf(after).signatureDigest).toBe(specOf(before).signatureDigest);
  });
  test.each([
    ["a parameter's name", before.replace("a:", "b:")],
    ["a type", before.replace("number", "string")],
    ["readonly", before.replace("readonly ", "")],
    ["an optional mark", before.replace("options?", "options")],
    ["a literal", before.replace("'x'", "'z'")],
  ])("changes with %s", (_name, after) => {
    expect(specOf(after).signatureDigest).not.toBe(specOf(before).signatureDigest);
  });
  test("does not depend on the order of a class's members", () => {
    const [a, b] = ["x(): void;", "y(): void;"];
    expect(specOf(`export declare class A { ${a} ${b} }`).signatureDigest).toBe(
      specOf(`export declare class A { ${b} ${a} }`).signatureDigest,
    );
  });
  test("of a class changes with a member's doc, but not with a kept body or a private member", () => {
    const text = (doc: string, body: string): string =>
      `${magic}export class A {\n  #x = ${body};\n  /** ${doc} */\n  f(): number { return magic(); }\n  g(): number { return ${body}; }\n}`;
    const [first, sameContract, other] = [specOf(text("D.", "1")), specOf(text("D.", "2")), specOf(text("E.", "1"))];
    expect(sameContract.signatureDigest).toBe(first.signatureDigest);
    expect(sameContract.keptDigest).not.toBe(first.keptDigest);
    expect(other.signatureDigest).not.toBe(first.signatureDigest);
  });
});

test("a mixed class says which members are Jaunt's", () => {
  const spec = specOf(`${magic}
export class Counter extends Base {
  static made = 0;
  #n = 0;
  static { Counter.made = 0; }
  constructor(private readonly step: number) { super(step); magic(step); }
  /** Adds. */
  add(): number { return magic(this.#n); }
  get n(): number { return this.#n; }
  protected static of(n: number): Counter { return magic(n); }
}`);
  expect(spec.members.map(({ name, kind, visibility, generated }) => [name, kind, visibility, generated])).toEqual([
    ["static made", "field", "public", false],
    ["#n", "field", "private", false],
    ["static", "block", "public", false],
    ["constructor", "constructor", "public", true],
    ["add", "method", "public", true],
    ["n", "getter", "public", false],
    ["static of", "method", "protected", true],
  ]);
  expect(spec.signature).toMatchInlineSnapshot(`
    "class Counter extends Base {
      static made = 0;
      constructor(private readonly step: number);
      /** Adds. */
      add(): number;
      get n(): number;
      protected static of(n: number): Counter;
    }"
  `);
});

test("uses are found in signature, defaults, docs, links, inputs and kept bodies", () => {
  const spec = specOf(`import { magic } from "@jaunt/spec";
import type { Email } from "./email.js";
import { parse, LIMIT, clamp, round, util } from "./util.js";
/** Uses {@link parse}, {@link nowhere.known} and \`clamp(x)\`, not round. @throws {RangeError} if so */
export function f(raw: Email, limit = LIMIT): string {
  return magic(raw, util.trim, limit);
}`);
  expect(spec.uses.map((use) => `${use.via} ${use.path.join(".")}`).toSorted()).toEqual([
    "default LIMIT",
    "doc clamp",
    "input util.trim",
    "link nowhere.known",
    "link parse",
    "signature Email",
  ]);
});

test("what is no spec is hand-written context, in the outline", () => {
  const { module } = read(`export interface Email { readonly local: string }
type Hidden = Email;
export class EmailError extends Error {}
declare const ambient: number;
export enum Kind { A }
export { helper } from "./helper.js";
export declare function f(a: Hidden): Email;`);
  expect(module?.specs.map((spec) => spec.name)).toEqual(["f"]);
  expect(module?.outline.declarations.map(({ name, kind, exported }) => [name, kind, exported])).toEqual([
    ["Email", "type", true],
    ["Hidden", "type", false],
    ["EmailError", "both", true],
    ["ambient", "value", false],
    ["Kind", "both", true],
  ]);
  expect(module?.outline.reexports).toEqual([
    { exported: "helper", imported: "helper", specifier: "./helper.js", typeOnly: false },
  ]);
});

test("a class's bodies are uses, but no part of its type", () => {
  const { module } = read(`import { type Email, parse, LIMIT } from "./email.js";
export class Book extends Map<string, Email> {
  size2 = LIMIT;
  find(raw: string): Email | undefined { return this.get(parse(raw).domain); }
}
export declare function f(): void;`);
  expect(module?.outline.declarations[0]?.uses).toEqual([
    { path: ["Email"], via: "signature" },
    { path: ["LIMIT"], via: "body" },
    { path: ["parse"], via: "body" },
  ]);
});

describe("what cannot work is refused at its place", () => {
  test.each([
    ["a default export", "export default function f(): void {}", "spec/default-export", 1],
    ["a default export in a list", "declare const f: 1;\nexport { f as default };", "spec/default-export", 2],
    ["export =", "const a = 1;\nexport = a;", "spec/export-assignment", 2],
    ["merge markers", "export declare const a: 1;\n<<<<<<< HEAD\n=======\n>>>>>>> b\n", "spec/merge-conflict", 2],
    ["a syntax error", "export declare function f(: string;", "spec/syntax", 1],
    ["a NUL", "export declare const a: 1;\0", "spec/invalid-text", 1],
    ["a duplicate", "export declare const a: 1;\nexport declare const a: 2;", "spec/duplicate", 2],
    ["a name that is also hand-written", "export declare const a: 1;\nfunction a(): void {}", "spec/duplicate", 2],
    ["a spec that is not exported", `${magic}function f(): void {\n  magic();\n}`, "spec/not-exported", 2],
    [
      "half a body",
      `${magic}export function f(): number {\n  const a = 1;\n  return magic(a);\n}`,
      "spec/partial-magic",
      4,
    ],
    ["magic inside an expression", `${magic}export const a: number = 1 + magic();`, "spec/partial-magic", 2],
    [
      "a hand-written value that uses a spec",
      "export declare function f(): void;\nexport const a = () => f();",
      "spec/value-uses-spec",
      2,
    ],
    ["a statement that uses a spec", "export declare function f(): void;\nf();", "spec/value-uses-spec", 2],
    [
      "a hidden value that kept code needs",
      `${magic}const LIMIT = 1;\nexport class A {\n  f(): void { magic(); }\n  g(): number { return LIMIT; }\n}`,
      "spec/hidden-value",
      3,
    ],
    [
      "a hidden value behind a hidden type",
      "const KINDS = ['a'] as const;\ntype Kind = (typeof KINDS)[number];\nexport declare function f(kind: Kind): void;",
      "spec/hidden-value",
      3,
    ],
    ["a name that is also imported", 'import { a } from "./a.js";\nexport declare const a: 1;', "spec/duplicate", 1],
    [
      "a name that is exported twice",
      "export const a = 1, c = 2;\nexport { c as a };\nexport declare const b: 1;",
      "spec/duplicate",
      2,
    ],
    [
      "a hand-written name that is declared twice",
      "export const a = 1;\nexport const a = 2;\nexport declare const b: 1;",
      "spec/duplicate",
      2,
    ],
    ["an export under another name", "declare function f(): void;\nexport { f as g };", "spec/renamed-export", 1],
    ["a let", "export declare let a: number;", "spec/not-const", 1],
    ["a pattern", `${magic}export const { a }: { a: 1 } = magic();`, "spec/not-const", 2],
    [
      "magic in a nested function",
      `${magic}export function f(): void {\n  magic();\n}\nfunction g(): void {\n  const h = (): void => magic();\n}`,
      "spec/partial-magic",
      6,
    ],
    ["bytes that are no UTF-8", "/** Gr\uFFFD\uFFFDe */\nexport declare const a: 1;", "spec/invalid-text", 1],
    [
      "a hidden value in a default",
      `${magic}const LIMIT = 1;\nexport function f(a = LIMIT): void {\n  magic(a);\n}`,
      "spec/hidden-value",
      3,
    ],
  ])("%s", (_name, text, code, line) => {
    const { module, diagnostics } = read(text);
    expect(module).toBeUndefined();
    expect(diagnostics.map((diagnostic) => [diagnostic.code, diagnostic.start?.line])).toContainEqual([code, line]);
    expect(diagnostics.every((diagnostic) => diagnostic.severity === "error" && diagnostic.hint !== "")).toBe(true);
  });

  test.each([
    ["async", "export declare async function f(): Promise<void>;"],
    ["a star", "export declare function* f(): Generator<number>;"],
    ["a default value", "export declare function f(a = 1): void;"],
    ["a default value in a pattern", "export declare function f({ a = 1 }: { a?: number }): void;"],
    ["a value", "export declare const a: () => number = () => 1;"],
    ["a body", "export declare function f(): void {}"],
  ])("%s on a declare", (_name, text) => {
    const { module, diagnostics } = read(text);
    expect(module).toBeUndefined();
    expect(diagnostics[0]).toMatchObject({ severity: "error", start: { line: 1 } });
  });
});

describe("what people write is accepted", () => {
  test.each([
    ["an arrow const", `${magic}export const f = (a: number): string => magic(a);`],
    ["a function const", `${magic}export const f = function (a: number): string {\n  return magic(a);\n};`],
    [
      "an alias of the marker",
      'import { magic as todo } from "@jaunt/spec";\nexport function f(): void {\n  todo();\n}',
    ],
    [
      "a namespace of the markers",
      'import * as spec from "@jaunt/spec";\nexport function f(): void {\n  spec.magic();\n}',
    ],
    ["destructuring", `${magic}export function f({ a, b = 1 }: { a: number; b?: number }): void {\n  magic(a, b);\n}`],
    ["this parameters", "export declare function f(this: Date, a: number): void;"],
    ["an abstract class", "export declare abstract class A {\n  abstract f(): void;\n  protected constructor();\n}"],
    [
      "accessors and symbols",
      "export declare class A {\n  get a(): number;\n  set a(value: number);\n  [Symbol.iterator](): Iterator<number>;\n  [key: string]: unknown;\n}",
    ],
    ["decorators", `${magic}import { log } from "./log.js";\n@log export class A {\n  @log f(): void { magic(); }\n}`],
    ["an export list", "declare function f(): void;\nexport { f };"],
    ["assertions", "export declare function f(value: unknown): asserts value is string;"],
    ["a hashbang", "#!/usr/bin/env node\nexport declare function f(): void;"],
    [
      "merge markers in a template",
      `export const doc = \`\n<<<<<<< HEAD\n=======\n>>>>>>> x\n\`;\nexport declare function f(): void;`,
    ],
    [
      "JSX",
      "import type { JSX } from 'react';\nexport const icon = <b/>;\nexport declare function f(): JSX.Element;",
      "src/a.jaunt.tsx",
    ],
  ])("%s", (_name, text, path = "src/a.jaunt.ts") => {
    const { module, diagnostics } = typescriptReader.read({ path, text }, layout);
    expect(diagnostics).toEqual([]);
    expect(module?.specs).toHaveLength(1);
  });
});

test.each([
  [
    "typeof a spec, in a type",
    "export declare function f(): void;\nexport const table: { readonly f?: typeof f } = {};",
  ],
  [
    "a parameter with the name of a spec",
    "export declare function f(): void;\nexport function call(f: () => void): void {\n  f();\n}",
  ],
  [
    "a parameter with the name of a hidden value",
    `${magic}const limit = 1;\nexport class A {\n  f(): void { magic(); }\n  g(limit: number): number { return limit; }\n}`,
  ],
  [
    "a hidden value that only hand-written values need",
    "const one = 1;\nexport const two = one + one;\nexport declare function f(): void;",
  ],
])("%s does no harm", (_name, text) => {
  expect(read(text)).toMatchObject({ module: { specs: [{}] }, diagnostics: [] });
});

test("an ambient declaration that is not exported is context, and said to be", () => {
  const { module, diagnostics } = read("declare const DEBUG: boolean;\nexport declare function f(): void;");
  expect(module?.outline.declarations.map((declaration) => declaration.name)).toEqual(["DEBUG"]);
  expect(diagnostics).toMatchObject([
    { code: "spec/ambient-context", severity: "info", start: { line: 1, column: 15 } },
  ]);
});

test("a doc comment about the file is no spec's", () => {
  expect(specOf("/** @packageDocumentation About addresses. */\nexport declare function f(): void;").doc).toBe("");
  expect(specOf("/** @module mail */\n/** Parses. */\nexport declare function f(): void;").doc).toBe("Parses.");
});

test("consts of one statement have spans of their own", () => {
  const text = "export declare const a: 1, b: 2;";
  expect(
    read(text).module?.specs.flatMap((spec) => spec.spans.map(({ start, end }) => text.slice(start, end))),
  ).toEqual(["a: 1", "b: 2"]);
});

test("the super call of a generated constructor is kept code", () => {
  const text = (value: string): string =>
    `${magic}import { Base, STEP } from "./base.js";\nexport class A extends Base {\n  constructor() { super(${value}); magic(); }\n}`;
  const [a, b] = [specOf(text("STEP")), specOf(text("2"))];
  expect(a.signatureDigest).toBe(b.signatureDigest);
  expect(a.keptDigest).not.toBe(b.keptDigest);
  expect(a.uses).toContainEqual({ path: ["STEP"], via: "body" });
});

test("magic from elsewhere is no marker", () => {
  expect(read('import { magic } from "./wand.js";\nexport function f(): void {\n  magic();\n}').module).toBeUndefined();
});

test("a spec under a test root is a test spec", () => {
  const text =
    'import { test } from "@jaunt/spec";\nimport { f } from "../src/f.js";\n/** Works. */\nexport function works(): void {\n  test(f);\n}';
  const { module } = typescriptReader.read({ path: "tests/f.jaunt.ts", text }, layout);
  expect(module).toMatchObject({
    id: "tests/f",
    role: "test",
    specs: [{ name: "works", uses: [{ path: ["f"], via: "input" }] }],
  });
});

function read(text: string): ReadResult {
  return typescriptReader.read({ path: "src/a.jaunt.ts", text }, layout);
}

function specOf(text: string): Spec {
  const { module, diagnostics } = read(text);
  expect(diagnostics).toEqual([]);
  const [spec] = module?.specs ?? [];
  if (spec === undefined) throw new Error("no spec");
  return spec;
}
