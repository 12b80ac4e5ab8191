import { expect, test } from "vitest";
import { readDoc } from "./read-doc.ts";

test("furniture goes, tags and inner indentation stay", () => {
  expect(readDoc("/**\r\n * One.\r\n *\r\n *   two\r\n * @throws {E} when three\r\n */").text).toBe(
    "One.\n\n  two\n@throws {E} when three",
  );
  expect(readDoc("/** One. */").text).toBe("One.");
  expect(readDoc("/**\n   One.\n */").text).toBe("   One.");
});

test.each([
  ["{@link parse}", [["parse"]]],
  ["{@link ns.sub.Foo | the Foo}", [["ns", "sub", "Foo"]]],
  ["{@linkcode Lru#get}", [["Lru", "get"]]],
  ["{@link parse()}", [["parse"]]],
  ["{@link https://example.org}", []],
  ["parse", []],
])("links of %s", (text, links) => {
  expect(readDoc(`/** See ${text}. */`).links).toEqual(links);
});

test("names in backticks and after @throws are mentioned, plain words are not", () => {
  expect(readDoc("/** Uses `slug(x)`, `new Box()` and date.\n * @throws {EmailError} when empty */").mentions).toEqual([
    ["slug"],
    ["Box"],
    ["EmailError"],
  ]);
});

test("a @prompt is an instruction", () => {
  expect(readDoc("/** A.\n * @prompt No regular\n * expressions.\n * @prompt Be quick. */").prompts).toEqual([
    "No regular\nexpressions.",
    "Be quick.",
  ]);
});

test("a doc of one line may hold tags", () => {
  const doc = readDoc('/** Hello. @throws {E} when empty @example greet("A") // => "Hello, A" */');
  expect(doc.mentions).toEqual([["E"]]);
  expect(doc.examples).toEqual([
    { text: 'greet("A") // => "Hello, A"', call: 'greet("A")', expectation: { kind: "returns", value: '"Hello, A"' } },
  ]);
});

test.each([
  ["f(1) // => [2]", "f(1)", "returns", "[2]"],
  ["f(1); // Returns: [2]", "f(1)", "returns", "[2]"],
  ["f(1) // throws RangeError", "f(1)", "throws", "RangeError"],
  ["f(1) // => throws RangeError: too large", "f(1)", "throws", "RangeError: too large"],
  ["await f(1) // resolves 2", "await f(1)", "resolves", "2"],
  ["f(1) // rejects with E", "f(1)", "rejects", "E"],
  ["console.log(f(1)); // 2", "f(1)", "prints", "2"],
  ["f(1)\n// => 2", "f(1)", "returns", "2"],
  ["```ts\nf(1) // => 2\n```", "f(1)", "returns", "2"],
])("the example %j can be checked", (text, call, kind, value) => {
  const comment = `/**\n${["@example", ...text.split("\n")].map((line) => ` * ${line}\n`).join("")} */`;
  expect(readDoc(comment).examples).toMatchObject([{ call, expectation: { kind, value } }]);
});

test.each(["const x = f(1);\nuse(x);", "Prose about it.", "import { f } from './f.js';"])(
  "the example %j is documentation",
  (text) => {
    const comment = `/**\n${["@example", ...text.split("\n")].map((line) => ` * ${line}\n`).join("")} */`;
    expect(readDoc(comment).examples).toEqual([{ text }]);
  },
);

test("a tag inside a code fence of an example is code", () => {
  const doc = readDoc("/**\n * A.\n * @example\n * ```ts\n * @decorate\n * class A {}\n * ```\n * @prompt Last.\n */");
  expect(doc.prompts).toEqual(["Last."]);
  expect(doc.examples).toEqual([{ text: "@decorate\nclass A {}" }]);
});
