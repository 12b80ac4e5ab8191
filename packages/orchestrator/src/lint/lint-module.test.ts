import type { Diagnostic, Expectation, Spec, SpecExample, SpecMember, SpecProperty, SpecSource } from "@jaunt/core";
import { describe, expect, test } from "vitest";
import { explainByForm } from "./lint-case.ts";
import { lintModule, type LintedModule } from "./lint-module.ts";
import { lintTests } from "./lint-tests.ts";

interface Shape {
  readonly doc: string;
  readonly signature?: string;
  readonly kind?: Spec["kind"];
  readonly examples?: readonly SpecExample[];
  readonly properties?: readonly SpecProperty[];
}

/** A spec file with one function `f`, whose doc stands above it as it is. */
function sourceOf({
  doc,
  signature = "function f(a: string, b?: string): string",
  kind = "function",
  ...rest
}: Shape): SpecSource {
  const text = `/** ${doc.replaceAll("\n", "\n * ")} */\ndeclare ${signature};\n`;
  const start = text.indexOf("declare");
  const spec: Spec = {
    ref: "src/f:f",
    name: "f",
    kind,
    form: "declare",
    spans: [{ start, end: text.length - 1 }],
    signature,
    signatureDigest: "",
    doc,
    prompts: [],
    examples: rest.examples ?? [],
    ...(rest.properties === undefined ? {} : { properties: rest.properties }),
    members: [],
    uses: [],
    keptDigest: "",
  };
  const outline = { imports: [], reexports: [], declarations: [] };
  return {
    module: { id: "src/f", path: "src/f.jaunt.ts", language: "typescript", role: "build", specs: [spec], outline },
    text,
  };
}

function lint(shape: Shape, tests: readonly string[] = []): LintedModule {
  const source = sourceOf(shape);
  return lintModule(source, { explained: explainByForm(source.module), testsOf: () => tests });
}

function codes({ findings }: { readonly findings: readonly Diagnostic[] }): readonly string[] {
  return findings.map(({ code, severity }) => `${severity} ${code.replace("lint/", "")}`);
}

/** `call // => value`, or another expectation. */
function example(call: string, value: string, kind: Expectation["kind"] = "returns"): SpecExample {
  return { text: `${call} // ${kind} ${value}`, call, expectation: { kind, value } };
}

/** Each promise with an example that leaves it open and one that shows it. */
const pairs: readonly (readonly [doc: string, open: SpecExample, shown: SpecExample])[] = [
  [
    "@throws {RangeError} when a is long",
    example("f(1)", "TypeError", "throws"),
    example("f(1)", "RangeError", "throws"),
  ],
  ["@throws {Error} when a is long", example("f(1)", '"x"'), example("f(1)", "TypeError", "rejects")],
  ["Gives undefined when there is none.", example('f("a")', '"undefined"'), example('f("a")', "undefined")],
  ["An empty text stays.", example('f("a")', '"a"'), example('f("")', '"a"')],
  ["An empty text stays.", example('f("a")', '"a"'), example("f([])", '"a"')],
  ["An empty text stays.", example('f("a")', '"a"'), example('f("a,,b")', '"a"')],
  ['Splits at "@".', example('f("a")', '"a"'), example('f("x@y")', '"x"')],
  ["Names in any case.", example('f("name")', '"name"'), example('f("Name")', '"name"')],
  ["All names, in order.", example('f("x")', '["x"]'), example('f("x")', '["x", "y"]')],
  ["The second defaults to `1`.", example('f("a", "1")', '"2"'), example('f("1")', '"2"')],
  ["Rounds up.", example("f(1)", "1"), example("f(1.5)", "2")],
  ["The first must be short.", example("f(1)", "1"), example("f(1)", "Error", "throws")],
];

describe("a promise", () => {
  test.each(pairs)("%s is open with one example and shown by another", (doc, open, shown) => {
    expect(codes(lint({ doc, examples: [open] }))).toEqual(["warning uncovered-promise"]);
    expect(codes(lint({ doc, examples: [shown] }))).toEqual([]);
  });

  test("that holds for all values is shown by a property", () => {
    const doc = "The result never grows.";
    expect(codes(lint({ doc, examples: [example("f(1)", "1")] }))).toEqual(["warning uncovered-promise"]);
    expect(
      codes(lint({ doc, properties: [{ text: "p", variables: [], invariant: "f(x).length <= x.length" }] })),
    ).toEqual([]);
  });

  test("is shown by a test spec that says so", () => {
    const examples = [example("f(1)", '"a"')];
    expect(codes(lint({ doc: "An empty text stays.", examples }, ["Keeps an empty text as it is."]))).toEqual([]);
    expect(codes(lint({ doc: "An empty text stays.", examples }, ["Keeps long texts."]))).toHaveLength(1);
  });

  test("is told with its place, its words and what would show it", () => {
    const { findings, module } = lint({
      doc: "Parse. Throws a RangeError if\nit is long.",
      examples: [example("f(1)", "1")],
    });
    expect(findings).toMatchObject([
      {
        message: "No example or property shows: Throws a RangeError if it is long.",
        file: "src/f.jaunt.ts",
        start: { line: 1, column: 12, offset: 11 },
        hint: "Add an example of it: call // throws RangeError.",
      },
    ]);
    expect(module.specs).toMatchObject([{ promises: 1, promises_uncovered: 1, examples_checked: 1 }]);
  });
});

describe("examples", () => {
  test("of one call that cannot all pass are told, blanks and literals minded", () => {
    const examples = [
      example('f("a b")', "1"),
      example('f( "a b" )', "2"),
      example('f("ab")', "3"),
      example('f("a b")', "Error", "throws"),
    ];
    expect(codes(lint({ doc: "Parse.", examples }))).toEqual([
      "warning contradicting-examples",
      "warning contradicting-examples",
    ]);
    expect(codes(lint({ doc: "Parse.", examples: [examples[0]!, examples[0]!, examples[2]!] }))).toEqual([]);
  });

  test("with too many or too few arguments are told, unless they show an error", () => {
    const examples = [
      example("f()", "1"),
      example("f(1, 2, 3)", "1"),
      example("f(1, 2)", "1"),
      example("f()", "Error", "throws"),
    ];
    const { findings } = lint({
      doc: "Parse.",
      signature: "function f(a: number, b?: number): number",
      examples: examples.slice(0, 3),
    });
    expect(findings.map(({ message }) => message)).toEqual([
      "This example gives f no argument; its signature takes 1 to 2 arguments.",
      "This example gives f 3 arguments; its signature takes 1 to 2 arguments.",
    ]);
    expect(codes(lint({ doc: "Parse.", examples: [examples[3]!] }))).toEqual([]);
  });

  test("that are documentation only are told with the reason", () => {
    const { findings, module } = lint({ doc: "Parse.", examples: [{ text: "see the manual" }, example("f(1)", "1")] });
    expect(findings).toMatchObject([{ code: "lint/unchecked-example", severity: "info" }]);
    expect(module.specs[0]).toMatchObject({
      examples_checked: 1,
      examples_unchecked: 1,
      unchecked: [{ text: "see the manual" }],
    });
  });
});

test("in a class each public member that is generated is looked at by itself", () => {
  const source = sourceOf({
    doc: "Values.",
    kind: "class",
    signature: "class f { constructor(n: number); all(): string[]; size(): number; kept(): string[] }",
    examples: [example("new f(2).all()", '["a", "b"]')],
  });
  const [spec] = source.module.specs;
  const member = (name: string, doc: string, generated: boolean, visibility: SpecMember["visibility"]): SpecMember => ({
    name,
    kind: "method",
    visibility,
    generated,
    span: { start: source.text.indexOf(`${name}(`), end: source.text.indexOf(`${name}(`) + 5 },
    doc,
    signatureDigest: "",
  });
  const members = [
    member("all", "All values, in order.", true, "public"),
    member("size", "All sizes, in order.", true, "public"),
    member("kept", "In order.", false, "public"),
    member("own", "In order.", true, "private"),
  ];
  const module = { ...source.module, specs: [{ ...spec!, members }] };
  const { findings } = lintModule({ ...source, module }, { explained: explainByForm(module), testsOf: () => [] });
  expect(findings.map(({ message }) => message)).toEqual(["No example or property shows: All sizes, in order."]);
});

test("a spec without anything to check it is a warning, one that only tests look at a note", () => {
  expect(codes(lint({ doc: "Parse." }))).toEqual(["warning no-examples"]);
  expect(codes(lint({ doc: "Parse." }, ["Reads it back."]))).toEqual(["info no-examples"]);
  expect(codes(lint({ doc: "" }))).toEqual(["warning no-doc"]);
});

test("an error that nobody can name is told", () => {
  const examples = [example("f(1)", "QueryError", "throws")];
  expect(codes(lint({ doc: "@throws {QueryError} when it is long", examples }))).toEqual(["warning unknown-error"]);
});

test("a test spec needs a target and words", () => {
  const source = sourceOf({ doc: "Rejects." });
  expect(codes(lintTests(source, () => []))).toEqual(["warning test-without-target", "warning test-says-nothing"]);
  const good = sourceOf({ doc: "Rejects an empty {@link f}." });
  expect(codes(lintTests(good, () => ["src/g:g"]))).toEqual([]);
});
