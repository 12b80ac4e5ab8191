import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { composed, createProject, type TemporaryProject } from "./project.test.helper.ts";

describe("placeholder text", () => {
  test("a function reports its parameters, the helper comes along, what is written by hand is passed on", () => {
    const spec = `import type { Stats } from "./stats.js";
import { sep } from "node:path";
export class EmailError extends Error {}
export interface Email { readonly local: string }

/** Parse. {@link sep} */
export declare function parse(raw: string, { strict }?: { strict?: boolean }): Email & Stats;
`;
    expect(composed(spec, null)).toMatchInlineSnapshot(`
      "import type { Email } from "../email.jaunt.js";
      import type { Stats } from "../stats.js";

      export { EmailError } from "../email.jaunt.js";
      export type { Email } from "../email.jaunt.js";

      /** Parse. {@link sep} */
      export function parse(raw: string, { strict }?: { strict?: boolean }): Email & Stats {
        return jauntNotBuilt("src/email:parse", raw, strict);
      }

      function jauntNotBuilt(ref: string, ..._inputs: readonly unknown[]): never {
        const error = new Error(\`\${ref} has no implementation yet: run \\\`jaunt build\\\`.\`);
        error.name = "JauntNotBuiltError";
        throw error;
      }
      "
    `);
  });

  test("a marked body keeps its inputs, a const that is loaded at once becomes a value that throws on use", () => {
    const spec = `import { magic } from "@jaunt/spec";
import { parse } from "./parse.js";
export const table: ReadonlyMap<string, number> = magic(parse);
export const slug = (raw: string): string => magic(raw, parse);
export declare const tag: unique symbol;
`;
    expect(composed(spec, null).split("\n\nfunction jauntNotBuilt(")[0]).toMatchInlineSnapshot(`
      "import { parse } from "../parse.js";

      export const table: ReadonlyMap<string, number> = jauntNotBuiltValue("src/email:table");

      export const slug = (raw: string): string => jauntNotBuilt("src/email:slug", raw, parse);

      export const tag: unique symbol = Symbol("tag");"
    `);
  });

  test("a declared class that extends another keeps unmarked members in an interface where `override` is demanded", () => {
    const spec = `import { Base } from "./base.js";
export declare class Shape<T> extends Base<T> {
  /** Area. */
  area(unit?: import("./units.js").Unit): number;
  override name: string;
  static of(): Shape<string>;
}
`;
    expect(composed(spec, null).split("\n\nfunction jauntNotBuilt(")[0]).toMatchInlineSnapshot(`
      "import { Base } from "../base.js";

      export class Shape<T> extends Base<T> {
        override name: string = jauntNotBuilt("src/email:Shape.name");
        static of(): Shape<string> {
          return jauntNotBuilt("src/email:Shape.of");
        }
        static {
          jauntNotBuiltMembers(this.prototype, "src/email:Shape", ["area"]);
        }
      }

      export interface Shape<T> {
        /** Area. */
        area(unit?: import("../units.js").Unit): number;
      }"
    `);
  });

  test("a test spec has none", () => {
    const spec = `import { test } from "@jaunt/spec";\n/** Works. */\nexport function works(): void { test(); }\n`;
    expect(composed(spec, null, {}, "tests/email.jaunt.ts")).toBe("");
  });
});

const base = `export class Base<T> {
  readonly value: T;
  constructor(value: T, _weight?: number) { this.value = value; }
  area(): number { return 1; }
  get size(): number { return 1; }
  static make(): Base<number> { return new Base(1); }
}
export abstract class Abstract { abstract need(): string; protected abstract inner(): number; }
`;

const declared = `import { Abstract, Base } from "./base.js";
import type { Hidden } from "./hidden.js";

interface Options { readonly unit: "s" | "ms"; readonly digits?: number }
type Pair = readonly [number, import("./hidden.js").Hidden];
export const LIMIT = 3;
export class LimitError extends Error { override readonly name: string = "LimitError"; }

/** Plain. */
export declare function plain(raw: string, options?: Options): Pair;
export declare function destructured({ a, b: [c] }: { a: number; b: [string] }, ...rest: Hidden[]): void;
export declare function withThis(this: Date, days: number): Date;
export declare function assertsIt(value: unknown): asserts value is string;
export declare function isIt(value: unknown): value is string;
export declare function later(): Promise<number>;
export declare function numbers(): Generator<number>;
export declare function generic<const T extends readonly unknown[]>(items: T): T;
export declare function same(value: string): string;
export declare function same(value: number, flag?: boolean): Promise<number>;
export declare function guard(value: string): value is "a";
export declare function guard(value: number): value is 1;

export declare const table: ReadonlyMap<string, number>;
export declare const call: (raw: string) => number;
export declare const tag: unique symbol;

/** Everything a class can declare. */
export declare class Everything<T, K extends string = string> implements Iterable<T> {
  private readonly secret: T;
  #really: string;
  readonly items: readonly T[];
  optional?: K;
  protected inner: number;
  static readonly shared: Everything<string>;
  static readonly kind: "everything";
  [key: \`data-\${string}\`]: unknown;
  constructor(items: readonly T[]);
  constructor(count: number, fill: T);
  get size(): number;
  set size(value: number);
  get only(): string;
  find(key: string): T | undefined;
  find(key: number): T;
  maybe?(): void;
  protected guarded(): void;
  private hidden(value: T): void;
  #hidden(): void;
  static create<T>(items: readonly T[]): Everything<T>;
  [Symbol.iterator](): Iterator<T>;
  "quoted name"(): void;
}
export declare abstract class Partly { abstract area(): number; describe(): string; protected abstract readonly side: number; }
export declare class Derived extends Base<string> {
  constructor(value: string);
  area(): number;
  get size(): number;
  extra(): string;
}
export declare class Concrete extends Abstract { need(): string; protected override inner(): number; }
export declare class ParseError extends Error { readonly name: string; readonly line: number; constructor(message: string, line: number); }
export declare class Single { private constructor(); static instance(): Single; }
`;

const marked = `import * as jaunt from "@jaunt/spec";
import { magic as conjure } from "@jaunt/spec";
import { Base } from "./base.js";
import { plain } from "./declared.js";

export function defaults(raw: string, width: number = 78): string {
  return conjure(raw, width, plain);
}
export async function later(raw: string): Promise<void> { conjure(raw); }
export function* items(raw: string): Generator<string, void, undefined> { return jaunt.magic(raw); }
export async function* stream(raw: string): AsyncGenerator<string> { return conjure(raw); }
export function same(value: string): string;
export function same(value: number): number;
export function same(value: unknown): unknown { return conjure(value); }
export const arrow = (raw: string): number => conjure(raw);
export const values: ReadonlySet<string> = conjure();
export class Mixed extends Base<string> implements Iterable<string> {
  static count = 0;
  static { Mixed.count += 1; }
  readonly #items: string[] = [];
  private cache: Map<string, string> = new Map();
  protected readonly title: string;
  constructor(title: string) {
    super(title);
    conjure(title);
  }
  get length(): number { return this.#items.length; }
  override area(): number { return conjure(this.#items, this.cache); }
  async load(): Promise<string> { return conjure(this.title); }
  static from(raw: string): Mixed { return conjure(raw); }
  *[Symbol.iterator](): Generator<string> { return conjure(); }
}
`;

describe("with the real compiler and Node", () => {
  let project: TemporaryProject;
  beforeAll(() => {
    project = createProject({
      files: {
        "src/base.ts": base,
        "src/hidden.ts": "export type Hidden = string;\n",
        "src/declared.jaunt.ts": declared,
        "src/marked.jaunt.ts": marked,
        "src/run.ts": `import * as declared from "./declared.js";
import * as marked from "./marked.js";
declare const console: { log(...values: unknown[]): void };
const attempts: readonly (() => unknown)[] = [
  () => declared.plain("x"),
  () => declared.same(1),
  () => declared.table.get("x"),
  () => declared.call("x"),
  () => declared.call.name,
  () => \`\${declared.table as unknown as string}\`,
  () => new declared.Everything([1]),
  () => declared.Everything.create([1]),
  () => declared.Everything.shared.size,
  () => new declared.Derived("x"),
  () => new declared.Concrete().need(),
  () => new declared.ParseError("x", 1),
  () => marked.defaults("x"),
  () => marked.arrow("x"),
  () => marked.values.has("x"),
  () => [...marked.items("x")],
  () => new marked.Mixed("x"),
  () => marked.Mixed.from("x"),
];
for (const attempt of attempts) {
  try { attempt(); console.log("no error"); } catch (error) { console.log((error as Error).name, (error as Error).message.split(" ")[0]); }
}
await marked.later("x").catch((error: Error) => console.log("rejected", error.name, error.message));
console.log(declared.LIMIT, new declared.LimitError() instanceof Error, marked.Mixed.count, typeof declared.Everything.kind, marked.defaults.name);
`,
      },
    });
  }, 60_000);
  afterAll(() => project.remove());

  test("is clean under every strictness flag", () => {
    expect(project.compile()).toBe("");
  }, 60_000);

  test("loads, passes on what is written by hand, and throws the error on use", () => {
    expect(project.run("run.js")).toMatchInlineSnapshot(`
      "JauntNotBuiltError src/declared:plain
      JauntNotBuiltError src/declared:same
      JauntNotBuiltError src/declared:table
      JauntNotBuiltError src/declared:call
      JauntNotBuiltError src/declared:call
      JauntNotBuiltError src/declared:table
      JauntNotBuiltError src/declared:Everything.items
      JauntNotBuiltError src/declared:Everything.create
      JauntNotBuiltError src/declared:Everything.shared
      JauntNotBuiltError src/declared:Derived
      JauntNotBuiltError src/declared:Concrete.need
      JauntNotBuiltError src/declared:ParseError
      JauntNotBuiltError src/marked:defaults
      JauntNotBuiltError src/marked:arrow
      JauntNotBuiltError src/marked:values
      JauntNotBuiltError src/marked:items
      JauntNotBuiltError src/marked:Mixed.constructor
      JauntNotBuiltError src/marked:Mixed.from
      rejected JauntNotBuiltError src/marked:later has no implementation yet: run \`jaunt build\`.
      3 true 1 function defaults
      "
    `);
  });
});
