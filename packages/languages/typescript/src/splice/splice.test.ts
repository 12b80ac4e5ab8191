import { expect, test } from "vitest";
import { compose } from "../compose/compose.ts";
import { layoutOf, readSource } from "../compose/project.test.helper.ts";
import { keepable } from "./keepable.ts";
import { splice } from "./splice.ts";

const layout = layoutOf();
const spec = `import { magic } from "@jaunt/spec";
import { limit } from "./limits.js";
interface Span { readonly from: number; readonly to: number }
/** Twice. */
export declare function twice(n: number): number;
/** A digest. */
export declare function digest(text: string): string;
/** Both ends. */
export declare function ends(text: string): string;
/** Counts. */
export class Counter {
  #count = 0;
  /** One more. */
  next(): number { return magic(); }
  get count(): number { return this.#count; }
}
/** @deprecated */
export declare function old(n: number): number;
`;
const reply = `import { createHash } from "node:crypto";

// How digests are shown.
const length = 8;
const half = length / 2; // never zero

function hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export function twice(n: number): number {
  return Math.min(n * factor, limit);
}

const factor = 2;

export function digest(text: string): string {
  return hex(text).slice(0, length);
}

function span(text: string): Span {
  return { from: half, to: text.length };
}

export function ends(text: string): string {
  const { from, to } = span(text);
  return text.slice(from, to);
}

export class Counter {
  next(): number {
    return ++this.#count;
  }
}

export function old(n: number): number {
  return twice(n);
}
`;
const source = readSource("src/tools.jaunt.ts", spec);
const built = builtFrom(reply);
const all = ["twice", "digest", "ends", "Counter", "old"];

test("code that was composed can stay as it is, all of it", () => {
  expect(keepable(source, built, layout)).toEqual(all);
  expect(builtFrom(splice(source, built, "", all, layout).body)).toBe(built);
});

test("a new declaration takes the place of the old one; every other byte stays", () => {
  const changed = "export function digest(text: string): string {\n  return hex(text);\n}";
  const { body, written, diagnostics } = splice(source, built, changed, without("digest"), layout);
  expect(diagnostics).toEqual([]);
  expect(written.map(({ start, end }) => body.slice(start, end))).toEqual([changed]);
  expect(builtFrom(body)).toBe(
    built
      // `length` stays for `half` needs it, and `ends` needs `half`.
      .replace("  return hex(text).slice(0, length);", "  return hex(text);"),
  );
});

test("helpers that only the old code used go, with the imports that only they used", () => {
  const body = "export function digest(text: string): string {\n  return text;\n}";
  const result = builtFrom(splice(source, built, body, without("digest"), layout).body);
  expect(result).not.toContain("createHash");
  expect(result).not.toContain("function hex");
  expect(result).toContain("const half = length / 2; // never zero");
});

test("new helpers come right before the code they were written for, with their imports", () => {
  const body = `import { randomUUID } from "node:crypto";
const salt = randomUUID();
export function digest(text: string): string {
  return salt + text;
}
`;
  const result = builtFrom(splice(source, built, body, without("digest"), layout).body);
  expect(result).toContain('import { randomUUID } from "node:crypto";');
  expect(result).toMatch(
    /const factor = 2;\n\nconst salt = randomUUID\(\);\n\/\*\* A digest\. \*\/\nexport function digest/,
  );
});

test("what a reply repeats of the rest is left out", () => {
  const { body, diagnostics } = splice(source, built, reply.replace("n * factor", "0"), without("digest"), layout);
  expect(diagnostics).toEqual([]);
  expect(builtFrom(body)).toBe(built);
});

test("a helper that the rest uses may be used and not changed", () => {
  const body = "const length = 9;\nexport function digest(text: string): string {\n  return text.slice(length);\n}";
  const { diagnostics } = splice(source, built, body, without("digest"), layout);
  expect(diagnostics).toMatchObject([{ code: "reply/changed-helper", start: { line: 1 } }]);
  expect(diagnostics[0]?.message).toContain("length");
});

test("a spec that is gone takes its code with it, and a new one is added at the end", () => {
  const edited = readSource(
    "src/tools.jaunt.ts",
    spec.replace(
      "/** @deprecated */\nexport declare function old(n: number): number;",
      "/** Half. */\nexport declare function halve(n: number): number;",
    ),
  );
  const names = ["twice", "digest", "ends", "Counter"];
  expect(keepable(edited, built, layout)).toEqual(names);
  const { body } = splice(
    edited,
    built,
    "export function halve(n: number): number {\n  return n / factor;\n}",
    names,
    layout,
  );
  const result = compose(edited, body, layout)[0]?.text ?? "";
  expect(result).not.toContain("function old");
  expect(result.endsWith("/** Half. */\nexport function halve(n: number): number {\n  return n / factor;\n}\n")).toBe(
    true,
  );
});

test("a formatter may have been over the file; what it did to a class with kept members is not kept", () => {
  const formatted = built
    .replace("return ++this.#count;", "return ++this . #count;")
    .replace("return twice(n);", "return (twice(n));");
  expect(keepable(source, formatted, layout)).toContain("old");
  const reindented = built.replace(
    "  get count(): number { return this.#count; }",
    "  get count(): number {\n    return this.#count;\n  }",
  );
  expect(keepable(source, reindented, layout)).toEqual(without("Counter"));
});

test.each([
  ["a syntax error", built.replace("const factor = 2;", "const factor = ;")],
  ["a loose statement", `${built}\nconsole.log(1);\n`],
  [
    "two specs in one declaration",
    built
      .replace(/export function twice[^}]*}/, "")
      .replace(/export function old[^}]*}/, "export const twice = 1, old = 2;"),
  ],
])("nothing can stay of a built file with %s", (_, text) => {
  expect(keepable(source, text, layout)).toEqual([]);
});

test.each([
  ["no code"],
  ["export function digest( {"],
  ["export function digest(text: string): string { return text; }\nconsole.log(1);"],
])("a reply that cannot be taken apart is left to the checks: %s", (text) => {
  expect(splice(source, built, text, without("digest"), layout)).toEqual({
    body: text,
    written: [{ start: 0, end: text.length }],
    diagnostics: [],
  });
});

function builtFrom(body: string): string {
  return compose(source, body, layout).find(({ kind }) => kind === "build")?.text ?? "";
}

function without(name: string): readonly string[] {
  return all.filter((each) => each !== name);
}
