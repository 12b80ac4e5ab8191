import type { TestRun } from "@jaunt/core";
import { afterEach, describe, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";
import { openVerified, type VerifiedProject } from "./verified-project.ts";

const opened: VerifiedProject[] = [];
afterEach(async () => {
  for (const project of opened.splice(0)) await project.close();
});

async function open(files: Readonly<Record<string, string>>): Promise<VerifiedProject> {
  const project = await openVerified(files);
  opened.push(project);
  return project;
}

/** What came of each example, in words. */
function summary({ passed, failed, skipped, diagnostics }: TestRun): unknown {
  return { passed, failed, skipped, said: diagnostics.map(({ message }) => message.split("\n").slice(-1)[0]) };
}

const good = (passed: number): unknown => ({ passed, failed: 0, skipped: 0, said: [] });

describe("what an example may say", () => {
  const spec = (signature: string, examples: readonly string[]): string =>
    `export class Point { constructor(readonly x: number, readonly y: number) {} }
export class ShapeError extends Error { override readonly name = "ShapeError" }
/** It.
${examples.map((example) => ` * @example ${example.split("\n").join("\n * ")}\n`).join("")} */
export declare function it(value: unknown): ${signature};
`;
  const returns = (expression: string): string => `export function it(value: unknown): any { return ${expression}; }`;

  const equal: readonly (readonly [result: string, example: string])[] = [
    ["{ a: [1, { b: 2 }] }", "it(0) // => { a: [1, { b: 2 }] }"],
    ["new Map([[1, new Set([2])]])", "it(0) // => new Map([[1, new Set([2])]])"],
    ["new Date(0)", 'it(0) // => new Date("1970-01-01")'],
    ["NaN", "it(0) // => NaN"],
    ["-0", "it(0) // => -0"],
    ["undefined", "it(0) // => undefined"],
    ["10n", "it(0) // => 10n"],
    ["/a/g", "it(0) // => /a/g"],
    ["new Uint8Array([1, 2])", "it(0) // => new Uint8Array([1, 2])"],
    ["new Point(1, 2)", "it(0) // => new Point(1, 2)"],
    ["`a\\n${value}`", 'it("b") // Returns: "a\\nb"'],
    ["[1, 2]", "it(0)\n// => [\n//   1,\n//   2,\n// ]"],
    ["value", "it(\n  1, // the one\n)\n// => 1"],
    ["value", "const one = 1;\nconst two = one + 1;\nit(two) // => 2"],
    ["[value]", "const first = it(1); // => [1]\nit(first) // => [[1]]"],
    ["value", "console.log(it(3)); // 3"],
    ["'hello world'", 'console.log(it(3)); // "hello world"'],
    ["String(value)", "console.log(it(3)); // 3"],
    ["Promise.resolve(value)", "await it(1) // => 1"],
    ["Promise.resolve(value)", "it(1) // resolves 1"],
    ["Promise.resolve(value)", "it(it) // resolves to it"],
    ["Math.max(1, 2)", "it(0) // => 1 + 1"],
    ["value", '```ts\nimport { it } from "./it.js";\n\nit("in a fence") // => "in a fence"\n```'],
  ];
  test.each(equal)("%s is what is meant by %j", async (result, example) => {
    const project = await open({ "src/it.jaunt.ts": spec("any", [example]) });
    const run = await project.verify("src/it", returns(result));
    expect(run).toMatchObject({ failed: 0, skipped: 0 });
    expect(run.passed).toBeGreaterThan(0);
    expect(await project.verify("src/it", returns('"something else"'))).toMatchObject({ passed: 0 });
  });

  const unequal: readonly (readonly [result: string, example: string, received: string])[] = [
    ["{ a: 1, b: undefined }", "it(0) // => { a: 1 }", "received: { a: 1, b: undefined }"],
    ["0", "it(0) // => -0", "received: 0"],
    ["{ x: 1, y: 2 }", "it(0) // => new Point(1, 2)", "received: { x: 1, y: 2 }"],
    [
      "Object.assign(Object.create(null), { a: 1 })",
      "it(0) // => { a: 1 }",
      "received: [Object: null prototype] { a: 1 }",
    ],
    ["[1, , 3]", "it(0) // => [1, undefined, 3]", "received: [ 1, <1 empty item>, 3 ]"],
    ["'1'", "it(0) // => 1", "received: '1'"],
    ["new Set([1])", "it(0) // => new Set([2])", "received: Set(1) { 1 }"],
    ["Promise.reject(new Error('late'))", "it(0) // resolves 1", "received: rejected with Error: late"],
  ];
  test.each(unequal)("%s is not what is meant by %j", async (result, example, received) => {
    const project = await open({ "src/it.jaunt.ts": spec("any", [example]) });
    expect(summary(await project.verify("src/it", returns(result)))).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
      said: [received],
    });
  });

  const thrown: readonly (readonly [body: string, examples: readonly string[], passed: number])[] = [
    [
      'throw new ShapeError("no shape")',
      ["it(0) // throws", "it(0) // throws an error", "it(0) // throws ShapeError"],
      3,
    ],
    [
      'throw new ShapeError("no shape")',
      [
        "it(0) // throws ShapeError: no shape",
        'it(0) // throws new ShapeError("no shape")',
        "it(0) // throws Error: no …",
      ],
      3,
    ],
    [
      'throw new ShapeError("no shape")',
      [
        "it(0) // throws RangeError",
        "it(0) // throws ShapeError: other",
        "it(0) // => 1",
        "it(0) // rejects ShapeError",
      ],
      0,
    ],
    [
      'return Promise.reject(new ShapeError("no shape"))',
      ["it(0) // rejects ShapeError", "await it(0) // rejects with ShapeError: no shape", "it(0) // throws ShapeError"],
      3,
    ],
    ["return 1", ["it(0) // throws ShapeError", "it(0) // rejects ShapeError"], 0],
    ['throw "text"', ['it(0) // throws "text"'], 1],
  ];
  test.each(thrown)("%s, against %j", async (body, examples, passed) => {
    const project = await open({ "src/it.jaunt.ts": spec("any", examples) });
    const run = await project.verify("src/it", `export function it(value: unknown): any { ${body}; }`);
    expect(run).toMatchObject({ passed, failed: examples.length - passed, skipped: 0 });
  });

  const unclear = [
    "it(input) // => 1",
    'it(0) // => "a" | "b"',
    "it(0) // => Point",
    "it(0) // => string",
    "it(0) // => 1, 2",
    "it(0) // => (value) => value",
    "it(0) // => { a: 1, ... }",
    "it(0) // => nothing",
    'import { other } from "./other.js";\nother(it(0)) // => 1',
  ];
  test.each(unclear)("%j is documentation, which nothing can fail", async (example) => {
    const project = await open({ "src/it.jaunt.ts": spec("any", [example]) });
    expect(await project.verify("src/it", returns("1"))).toMatchObject({ passed: 0, failed: 0, skipped: 1 });
  });

  test("a failure says which call gave what instead of what, and where that stands", async () => {
    const project = await open({ "src/it.jaunt.ts": spec("any", ["it(1) // => 1", 'it("b") // => { b: [true] }']) });
    const { diagnostics } = await project.verify("src/it", returns("value"));
    expect(diagnostics).toEqual([
      {
        code: "verify/example",
        severity: "error",
        message: `An example fails: it("b")\nexpected: { b: [true] }\nreceived: 'b'`,
        file: "src/it.jaunt.ts",
        start: { line: 5, column: 13, offset: expect.any(Number) as number },
        hint: "Examples are part of the spec. Mend the cause, not this one case.",
      },
    ]);
  });
});

describe("what a project may look like", () => {
  const spec = (imports: string, example: string): string =>
    `${imports}\n/** Gives. {@link used}\n * @example give() // => ${example}\n */\nexport declare function give(): unknown;\n`;
  const reply = "export function give(): unknown { return used; }";

  const layouts: readonly (readonly [name: string, files: Readonly<Record<string, string>>, example: string])[] = [
    [
      "a file beside it",
      { "src/a.jaunt.ts": 'import { used } from "./used.js";', "src/used.ts": "export const used: number = 1;" },
      "1",
    ],
    [
      "an alias of the tsconfig",
      {
        "tsconfig.json": tsconfig({ paths: { "@/*": ["./src/lib/*"] } }),
        "src/a.jaunt.ts": 'import { used } from "@/used.js";',
        "src/lib/used.ts": "export const used: number = 2;",
      },
      "2",
    ],
    [
      "a package of the workspace, from its source",
      {
        "package.json": '{ "type": "module", "private": true, "workspaces": ["packages/*"] }',
        "packages/util/package.json": '{ "name": "@acme/util", "type": "module", "exports": "./dist/index.js" }',
        "packages/util/src/index.ts": "export const used: number = 3;",
        "src/a.jaunt.ts": 'import { used } from "@acme/util";',
      },
      "3",
    ],
    [
      "an installed ES module",
      {
        "node_modules/pack/package.json": '{ "name": "pack", "type": "module", "exports": { "import": "./main.js" } }',
        "node_modules/pack/main.js": 'import { deep } from "deep"; export const used = deep + 1;',
        "node_modules/deep/package.json": '{ "name": "deep", "type": "module", "main": "./deep.js" }',
        "node_modules/deep/deep.js":
          'import { readFileSync } from "node:fs"; export const deep = JSON.parse(readFileSync(new URL("./deep.json", import.meta.url), "utf8"));',
        "node_modules/deep/deep.json": "3",
        "src/a.jaunt.ts": 'import { used } from "pack";',
      },
      "4",
    ],
    [
      "an installed CommonJS module",
      {
        "node_modules/pack/package.json": '{ "name": "pack" }',
        "node_modules/pack/index.js": 'exports.used = require("./part").used;',
        "node_modules/pack/part.js": "exports.used = 5;",
        "src/a.jaunt.ts": 'import { used } from "pack";',
      },
      "5",
    ],
    [
      "a project that compiles to CommonJS",
      {
        "package.json": '{ "private": true }',
        "tsconfig.json": tsconfig({
          module: "commonjs",
          moduleResolution: "bundler",
          verbatimModuleSyntax: false,
          esModuleInterop: true,
        }),
        "node_modules/pack/package.json": '{ "name": "pack", "exports": { "require": "./main.cjs" } }',
        "node_modules/pack/main.cjs":
          "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = 6;",
        "src/a.jaunt.ts": 'import used from "pack";',
      },
      "6",
    ],
    [
      "JSX that the tsconfig leaves to a bundler",
      {
        "tsconfig.json": tsconfig({ jsx: "preserve" }),
        "node_modules/react/package.json": '{ "name": "react" }',
        "node_modules/react/jsx-runtime.js": "exports.jsx = (type, props) => [type, props];",
        "src/a.jaunt.ts": 'import { used } from "./used.js";',
        "src/used.tsx": "export const used = <p>hi</p>;",
      },
      '["p", { children: "hi" }]',
    ],
    [
      "JSON",
      { "src/a.jaunt.ts": 'import used from "./used.json" with { type: "json" };', "src/used.json": '{ "n": 7 }' },
      "{ n: 7 }",
    ],
    [
      "an import cycle",
      {
        "src/a.jaunt.ts": 'import { used } from "./used.js";',
        "src/used.ts": 'import { give } from "./a.js"; export const used = 8; export const later = () => give();',
      },
      "8",
    ],
    [
      "await at the top of a file",
      {
        "src/a.jaunt.ts": 'import { used } from "./used.js";',
        "src/used.ts": "export const used: number = await Promise.resolve(9);",
      },
      "9",
    ],
  ];
  test.each(layouts)("%s", async (_name, files, example) => {
    const imports = files["src/a.jaunt.ts"] ?? "";
    const project = await open({ ...files, "src/a.jaunt.ts": spec(imports, example) });
    expect(summary(await project.verify("src/a", reply))).toEqual(good(1));
    expect(await project.verify("src/a", reply.replace("used", "void used"))).toMatchObject({ passed: 0, failed: 1 });
  });

  test("decorators, enums, kept members and an error class of the spec file", async () => {
    const project = await open({
      "tsconfig.json": tsconfig({ experimentalDecorators: true, verbatimModuleSyntax: false }),
      "src/stack.jaunt.ts": `import { magic } from "@jaunt/spec";
export enum Mode { Fast = 1, Slow }
export class EmptyError extends Error {}
function noted(_target: object, _name: string): void {}
export { noted };
/** A stack.
 * @example
 * const stack = new Stack<number>();
 * stack.push(1);
 * stack.push(2);
 * stack.pop() // => 2
 * stack.size // => 1
 * stack.mode // => Mode.Slow
 */
export class Stack<Value> {
  readonly #values: Value[] = [];
  mode: Mode = Mode.Slow;
  @noted get size(): number { return this.#values.length; }
  push(value: Value): void { this.#values.push(value); }
  /** Takes the last value.
   * @example new Stack().pop() // throws EmptyError
   */
  pop(): Value { return magic(this.#values, EmptyError); }
}
`,
    });
    const body = (code: string): string => `export class Stack<Value> { pop(): Value { ${code} } }`;
    expect(
      summary(
        await project.verify(
          "src/stack",
          body("const last = this.#values.pop(); if (last === undefined) throw new EmptyError(); return last;"),
        ),
      ),
    ).toEqual(good(4));
    expect(await project.verify("src/stack", body("return this.#values.pop() as Value;"))).toMatchObject({
      passed: 3,
      failed: 1,
    });
  });

  test("what stands on disk is run when there is no candidate", async () => {
    const project = await open({
      "src/a.jaunt.ts": spec('import { used } from "./used.js";', "1"),
      "src/used.ts": "export const used: number = 1;",
    });
    await project.write(
      "src/__generated__/a.ts",
      'import { used } from "../used.js";\nexport function give(): unknown { return used; }\n',
    );
    expect(summary(await project.verify("src/a"))).toEqual(good(1));
    await project.write("src/used.ts", "export const used: number = 2;");
    expect(await project.verify("src/a")).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe("what cannot run is nobody's fault", () => {
  const spec = (imports: string): string =>
    `${imports}\n/** Gives. {@link used}\n * @example give() // => 1\n */\nexport declare function give(): unknown;\n`;

  test.each([
    [
      "a package that is not installed",
      { "src/a.jaunt.ts": 'import { used } from "missing";' },
      /could not be bundled: .*missing/,
    ],
    [
      "a package with native code",
      {
        "src/a.jaunt.ts": 'import { used } from "native";',
        "node_modules/native/package.json": '{ "name": "native" }',
        "node_modules/native/index.js": 'exports.used = require("./binding.node");',
        "node_modules/native/binding.node": "x",
      },
      /loading the module needs native code/,
    ],
    [
      "a package that connects when it is loaded",
      {
        "src/a.jaunt.ts": 'import { used } from "eager";',
        "node_modules/eager/package.json": '{ "name": "eager" }',
        "node_modules/eager/index.js": 'require("net").connect(80, "example.org"); exports.used = 1;',
      },
      /loading the module needs the network/,
    ],
    [
      "a file of the project that reads another",
      {
        "src/a.jaunt.ts": 'import { used } from "./used.js";',
        "src/used.ts":
          'import { readFileSync } from "node:fs"; export const used = readFileSync("package.json", "utf8").length > 0 ? 1 : 0;',
      },
      /loading the module needs the FileSystemRead/,
    ],
    [
      "a file of the project that fails",
      {
        "src/a.jaunt.ts": 'import { used } from "./used.js";',
        "src/used.ts": 'export const used: number = (() => { throw new Error("no such setting"); })();',
      },
      /what the module imports does not load: Error: no such setting/,
    ],
    [
      "a file of the project that ends the process",
      {
        "src/a.jaunt.ts": 'import { used } from "./used.js";',
        "src/used.ts": "process.exit(3); export const used: number = 1;",
      },
      /the run ended before the first case: the process ended with exit code 3/,
    ],
  ])("%s", async (_name, files, why) => {
    const imports = files["src/a.jaunt.ts"];
    const project = await open({ ...files, "src/a.jaunt.ts": spec(imports) });
    const run = await project.verify("src/a", "export function give(): unknown { return used; }");
    expect(run).toMatchObject({ passed: 0, failed: 0, skipped: 1 });
    expect(run.diagnostics[0]).toMatchObject({ severity: "info", message: expect.stringMatching(why) as string });
  });

  test("a dependency that is not built yet, even when the code hides the error", async () => {
    const project = await open({
      "src/a.jaunt.ts": `import { other } from "./b.js";\n/** Gives {@link other}.\n * @example give() // => 1\n */\nexport declare function give(): number;\n`,
      "src/b.jaunt.ts": "/** Other. */\nexport declare function other(): number;\n",
    });
    for (const code of ["return other();", "try { return other(); } catch { return 0; }"]) {
      const run = await project.verify("src/a", `export function give(): number { ${code} }`);
      expect(run).toMatchObject({ passed: 0, failed: 0, skipped: 1 });
      expect(run.diagnostics[0]?.message).toContain("src/b:other, which is not built yet");
    }
    expect(await project.verify("src/a", "export function give(): number { void other; return 0; }")).toMatchObject({
      failed: 1,
    });
  });

  test("a file under test that does not load is", async () => {
    const project = await open({
      "src/a.jaunt.ts":
        "/** A.\n * @example a() // => 1\n * @example a() // => 1\n */\nexport declare function a(): number;\n",
    });
    const run = await project.verify(
      "src/a",
      "const table: number[] = JSON.parse('{');\nexport function a(): number { return table[0] ?? 0; }",
    );
    expect(run).toMatchObject({ passed: 0, failed: 1, skipped: 1 });
    expect(run.diagnostics[0]?.message).toContain("received: the module does not load: SyntaxError");
  });
});

test("a module without examples starts nothing", async () => {
  const project = await open({
    "src/a.jaunt.ts": "/** A.\n * @example Call it.\n */\nexport declare function a(): number;\n",
  });
  // Nothing looks at the reply, which is not even code.
  expect(await project.verify("src/a", "(")).toEqual({ passed: 0, failed: 0, skipped: 0, diagnostics: [] });
});

test("closing one project leaves what another one runs alone", async () => {
  const files = {
    "src/one.jaunt.ts": "/** One.\n * @example one() // => 1\n */\nexport declare function one(): number;\n",
  };
  const project = await open(files);
  const reply = "export function one(): number { return 1; }";
  await project.verify("src/one", reply);
  for (let pause = 0; pause < 8; pause += 1) {
    const other = await openVerified(files);
    await other.verify("src/one", reply);
    const running = project.verify("src/one", reply);
    await new Promise((resolve) => setTimeout(resolve, pause));
    await other.close();
    expect(summary(await running)).toEqual(good(1));
  }
});
