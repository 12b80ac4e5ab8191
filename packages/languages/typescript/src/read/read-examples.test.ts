import { describe, expect, test } from "vitest";
import { readExamples } from "./read-examples.ts";

/** What can be checked of an example, as `setup; setup; call kind value`. */
function checked(text: string): readonly string[] {
  return readExamples(text).flatMap(({ setup = [], call, expectation }) =>
    expectation === undefined ? [] : [[...setup, `${call} ${expectation.kind} ${expectation.value}`].join("; ")],
  );
}

/** What is documentation. */
function documentation(text: string): readonly string[] {
  return readExamples(text).flatMap(({ text: own, expectation }) => (expectation === undefined ? [own] : []));
}

test.each([
  ["f(1) // => 2", "f(1) returns 2"],
  ["f(1) // → 2", "f(1) returns 2"],
  ["f(1) // -> 2;", "f(1) returns 2"],
  ["f(1); // returns 2", "f(1) returns 2"],
  ["f(1)\n\n// Returns: 2", "f(1) returns 2"],
  ["f(1)\n// a note\n// => 2", ""],
  ['f("// => 1") // => "a // b"', 'f("// => 1") returns "a // b"'],
  ["f(/[\"'(/]/) // => true", "f(/[\"'(/]/) returns true"],
  ["f`a ${g(`b`)}` // => 1", "f`a ${g(`b`)}` returns 1"],
  ["new Lru(2).size // => 0", "new Lru(2).size returns 0"],
  ["f(\n  (x) => x, // why\n)\n// => [\n//   1,\n// ]", "f(\n  (x) => x, // why\n) returns [\n1,\n]"],
  ["a\n  .b()\n  .c() // => 1", "a\n  .b()\n  .c() returns 1"],
  ["f(1) // throws", "f(1) throws "],
  ["f(1) // => throws RangeError: too large", "f(1) throws RangeError: too large"],
  ["f(1) // resolves to 2", "f(1) resolves 2"],
  ["f(1) // rejects with E", "f(1) rejects E"],
  ["console.log(f(1)) // [1, 2]", "f(1) prints [1, 2]"],
  ["const x = f(1); // => 2", "f(1) returns 2"],
  ["const x: Map<string, number> = f(1) // => 2", "f(1) returns 2"],
])("%j is read as %j", (text, expected) => {
  expect(checked(text).join()).toBe(expected);
});

test.each([
  "f(1) // returns the thing",
  "f(1) // throws when empty",
  "f(1) // true if it is found",
  "console.log(f(1), g(2)) // 1 2",
  "console.log(f(1)) // the tree of it",
  "It's used as f(1), which gives 2.",
  "const { a } = f(1) // => 2",
  "if (f(1)) { // => true\n}",
  "f(1",
])("%j is documentation", (text) => {
  expect(checked(text)).toEqual([]);
  expect(documentation(text).join("\n")).toContain(text.split(" //")[0]);
});

describe("statements of one example", () => {
  test("prepare what follows them", () => {
    expect(checked("const c = new Cache();\nc.set(1)\nc.get(1) // => 1\nc.size // => 1")).toEqual([
      "const c = new Cache(); c.set(1); c.get(1) returns 1",
      "const c = new Cache(); c.set(1); c.get(1); c.size returns 1",
    ]);
  });

  test("are independent when all of them are checked and none declares a name", () => {
    expect(checked("f(1) // => 2\nf(2) // => 3")).toEqual(["f(1) returns 2", "f(2) returns 3"]);
  });

  test("that throw are not repeated before the next", () => {
    expect(checked("const c = f()\nc.no() // throws\nc.yes() // => 1")).toEqual([
      "const c = f(); c.no() throws ",
      "const c = f(); c.yes() returns 1",
    ]);
  });

  test("are not taken for the end of a sentence", () => {
    expect(checked("For example:\nf(1) // => 2\nOr else.\nf(2) // => 3")).toEqual(["f(1) returns 2", "f(2) returns 3"]);
  });

  test("are listed as documentation only when nothing checked follows", () => {
    expect(documentation("Some words.\nconst c = f();\nc.get() // => 1\nuse(c);")).toEqual(["Some words.", "use(c);"]);
  });
});

test("with fences, only code in them is code", () => {
  const text = "f(0) // => 0\n```ts\nf(1) // => 1\n```\nText.\n```json\n{}\n```\n~~~js\nf(2) // => 2\n~~~";
  expect(checked(text)).toEqual(["f(1) returns 1", "f(2) returns 2"]);
  expect(documentation(text)).toEqual(["f(0) // => 0", "Text.", "{}"]);
});

test.each([
  ["brackets that are never closed", "(\n".repeat(2400)],
  ["templates in templates", `a(\`${"${`".repeat(1500)}`],
  ["values that are never complete", `a()\n${"// => {{\n".repeat(500)}`],
  ["a statement that never ends", "a(1) +\n".repeat(700)],
  ["far too much", "f(1) // => 2\n".repeat(100_000)],
])("%s take no long time", (_name, text) => {
  const before = performance.now();
  readExamples(text);
  expect(performance.now() - before).toBeLessThan(1000);
});
