import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openChecked, specs, type CheckedProject } from "./checker.test.support.ts";
import { email, tried, lru, domain, loose, overloads, join, steps, table } from "./replies.test.support.ts";

let project: CheckedProject;
beforeAll(async () => {
  project = await openChecked(specs);
});
afterAll(() => project.close());

const good: readonly (readonly [name: string, module: string, reply: string])[] = [
  ["plain", "src/domain", domain('return address.slice(address.lastIndexOf("@") + 1);')],
  ["other formatting", "src/domain", "export function domain(\n  address : string,\n) : string { return address }"],
  [
    "comments in the signature",
    "src/domain",
    "export function domain(/* whole */ address: string): string /* part */ {\n  return address;\n}\n",
  ],
  [
    "a parameter that nothing needs",
    "src/email",
    email.replace("options?.raw ?? raw", "raw").replace("const at", "void options;\n  const at") + tried,
  ],
  [
    "an import type of the signature",
    "src/far",
    'export function far(value: import("./result.js").Result<string>): boolean {\n  return value.ok;\n}\n',
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
