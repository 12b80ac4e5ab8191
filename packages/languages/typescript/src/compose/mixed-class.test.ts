import { describe, expect, test } from "vitest";
import { composed } from "./project.test.helper.ts";

const specWith = (classText: string): string => `import { magic } from "@jaunt/spec";
import { EventEmitter } from "node:events";
import { Injectable } from "./decorators.js";
import { clamp } from "./clamp.js";

${classText}
`;

describe("a class with kept and generated members", () => {
  test("keeps the author's text, takes bodies and private members from the reply", () => {
    const spec = specWith(`/** Counts. */
@Injectable({ scope: "root" })
export class Counter extends EventEmitter implements Iterable<number> {
  static created = 0;
  static { Counter.created = 0; }
  #count = 0; // hand-written

  constructor(private readonly step: number) {
    super();
    this.#count = clamp(step, 0, 1);
  }

  /** Adds the step. */
  add(): number {
    return magic(this.#count, this.step);
  }

  [Symbol.iterator](): Iterator<number> {
    return magic();
  }
}`);
    const reply = `export class Counter extends EventEmitter implements Iterable<number> {
  #seen = new Set<number>();

  constructor(private readonly step: number) { super(); throw new Error("not the author's"); }

  add(): number {
    this.#count += this.step;
    this.#remember();
    return this.#count;
  }

  *[Symbol.iterator](): Iterator<number> {
    yield* this.#seen;
  }

  /** Own helper. */
  #remember(): void {
    this.#seen.add(this.#count);
  }
}`;
    expect(composed(spec, reply)).toMatchInlineSnapshot(`
      "import { EventEmitter } from "node:events";
      import { clamp } from "../clamp.js";
      import { Injectable } from "../decorators.js";

      /** Counts. */
      @Injectable({ scope: "root" })
      export class Counter extends EventEmitter implements Iterable<number> {
        static created = 0;
        static { Counter.created = 0; }
        #count = 0; // hand-written
        #seen = new Set<number>();

        constructor(private readonly step: number) {
          super();
          this.#count = clamp(step, 0, 1);
        }

        /** Adds the step. */
        add(): number {
          this.#count += this.step;
          this.#remember();
          return this.#count;
        }

        *[Symbol.iterator](): Iterator<number> {
          yield* this.#seen;
        }

        /** Own helper. */
        #remember(): void {
          this.#seen.add(this.#count);
        }
      }
      "
    `);
  });

  test("a derived constructor takes its `super` call from the reply, a declared field its first value", () => {
    const spec = specWith(`export class Named extends EventEmitter {
  readonly title: string;
  readonly #parts: string[];
  declare kept: number;
  constructor(title: string) {
    super();
    magic(title);
  }
}`);
    const reply = `export class Named extends EventEmitter {
  readonly #parts: string[] = [];
  kept = 2;
  constructor(title: string) {
    super({ captureRejections: true });
    this.title = title;
    this.#parts.push(title);
  }
}`;
    expect(composed(spec, reply)).toMatchInlineSnapshot(`
      "import { EventEmitter } from "node:events";

      export class Named extends EventEmitter {
        readonly title: string;
        readonly #parts: string[] = [];
        declare kept: number;
        constructor(title: string) {
          super({ captureRejections: true });
          this.title = title;
          this.#parts.push(title);
        }
      }
      "
    `);
  });

  test.each([
    [
      "async added",
      "load(): Promise<void> { return magic(); }",
      "async load(): Promise<void> { await clamp(); }",
      "  async load(): Promise<void> { await clamp(); }",
    ],
    [
      "async dropped",
      "static async load(): Promise<void> { return magic(); }",
      "static load(): Promise<void> { return clamp(); }",
      "  static load(): Promise<void> { return clamp(); }",
    ],
    [
      "generator dropped",
      "public *all(): Generator<number> { return magic(); }",
      "public all(): Generator<number> { return clamp(); }",
      "  public all(): Generator<number> { return clamp(); }",
    ],
    [
      "overloads",
      "get(a: string): void;\n  get(a: number): void;\n  get(a: unknown): void { magic(a); }",
      "get(a: string): void;\n  get(a: number): void;\n  get(a: unknown): void { clamp(a); }",
      "  get(a: unknown): void { clamp(a); }",
    ],
    [
      "accessors apart",
      "get v(): number { return magic(); }\n  set v(n: number) { this.w = n; }",
      "get v(): number { return clamp(); }",
      "  get v(): number { return clamp(); }\n  set v(n: number) { this.w = n; }",
    ],
    [
      "static and instance apart",
      "m(): void { magic(1); }\n  static m(): void { magic(2); }",
      "static m(): void { clamp(2); }\n  m(): void { clamp(1); }",
      "  m(): void { clamp(1); }\n  static m(): void { clamp(2); }",
    ],
  ])("%s", (_, member, reply, expected) => {
    const text = composed(specWith(`export class A {\n  w = 1;\n  ${member}\n}`), `export class A {\n  ${reply}\n}`);
    expect(text).toContain(expected);
    expect(text).not.toContain("magic");
    expect(text.match(/clamp/g)?.length).toBe((reply.match(/clamp/g)?.length ?? 0) + 2);
  });

  test("members of a class on one line are put in all the same", () => {
    const text = composed(
      specWith("export class A { m(): void { magic(); } }"),
      "export class A {\n  private x = 1;\n  m(): void { void this.x; }\n  private n(): void {}\n}",
    );
    expect(text).toContain(
      "export class A { private x = 1;\n\n  m(): void { void this.x; } \n  private n(): void {}\n}",
    );
  });
});
