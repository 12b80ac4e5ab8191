import { describe, expect, test } from "vitest";
import { compose } from "./compose.ts";
import { composed, layoutOf, readSource } from "./project.test.helper.ts";

describe("artifacts", () => {
  const spec = "export declare function f(): void;\n";

  test("are the build and, written once, the facade", () => {
    const artifacts = compose(readSource("src/email.jaunt.ts", spec), "export function f(): void {}", layoutOf());
    expect(artifacts).toEqual([
      {
        kind: "build",
        module: "src/email",
        path: "src/__generated__/email.ts",
        text: "export function f(): void {}\n",
        once: false,
      },
      {
        kind: "facade",
        module: "src/email",
        path: "src/email.ts",
        text: 'export * from "./__generated__/email.js";\n',
        once: true,
      },
    ]);
  });

  test.each([
    ["ts", "src/email.jaunt.ts", "./__generated__/email.ts"],
    ["none", "src/email.jaunt.ts", "./__generated__/email"],
    ["js", "src/email.jaunt.tsx", "./__generated__/email.js"],
    ["none", "src/email.jaunt.mts", "./__generated__/email.mjs"],
  ] as const)("the facade follows style %s for %s", (specifierStyle, path, specifier) => {
    const layout = layoutOf({ specifierStyle });
    expect(compose(readSource(path, spec, layout), null, layout)[1]?.text).toBe(`export * from "${specifier}";\n`);
  });

  test("a test spec has a build and no facade", () => {
    const text = 'import { test } from "@jaunt/spec";\nexport function works(): void { test(); }\n';
    const artifacts = compose(readSource("tests/a.jaunt.ts", text), "export function works(): void {}", layoutOf());
    expect(artifacts.map((artifact) => artifact.path)).toEqual(["tests/__generated__/a.test.ts"]);
  });
});

describe("imports", () => {
  test("are merged, sorted and cut down to what is used, values and types told apart", () => {
    const spec = `import { magic } from "@jaunt/spec";
import fs, { readFileSync, type Stats } from "node:fs";
import * as util from "./util.js";
import { type Other, unused, Thing } from "../shared/things.js";
import { sep } from "node:path";
import data from "./data.json" with { type: "json" };
/** Sizes. */
export function size(file: string, other: Other): Stats | Thing { return magic(file, other, fs); }
`;
    const reply = `import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
export function size(file: string, other: Other): Stats | Thing {
  const path: typeof util.here = join(file, String(other), data.name);
  return readFileSync(path) as unknown as Stats;
}`;
    expect(composed(spec, reply)).toMatchInlineSnapshot(`
      "import { type Stats, readFileSync } from "node:fs";
      import { join } from "node:path";
      import type { Other, Thing } from "../../shared/things.js";
      import data from "../data.json" with { type: "json" };
      import type * as util from "../util.js";

      /** Sizes. */
      export function size(file: string, other: Other): Stats | Thing {
        const path: typeof util.here = join(file, String(other), data.name);
        return readFileSync(path) as unknown as Stats;
      }
      "
    `);
  });

  test("of a dependency are values where the body calls it, though the spec file only needs it as a type", () => {
    const spec = `import type { base } from "./base.js";
/** Uses {@link base}. */
export declare function twice(n: number): number;
`;
    expect(composed(spec, "export function twice(n: number): number {\n  return 2 * base(n);\n}")).toContain(
      'import { base } from "../base.js";',
    );
  });

  test("of other spec files lead to their facades, by path and by alias", () => {
    const spec = `import { a } from "./a.jaunt.js";
import { b } from "@/b.jaunt";
export declare function f(): void;
`;
    expect(composed(spec, "export function f(): void { a(b); }")).toMatchInlineSnapshot(`
      "import { b } from "@/b";
      import { a } from "../a.js";

      export function f(): void { a(b); }
      "
    `);
  });

  test("take a hand-written value of another module from its spec file, where it is known to be", () => {
    const spec = `import { BaseError, Base } from "./base.js";
import { RenamedError as Mine } from "./barrel.js";
export declare function f(error: BaseError): Base;
`;
    const source = {
      ...readSource("src/email.jaunt.ts", spec),
      definedIn: {
        BaseError: { path: "src/base.jaunt.ts", name: "BaseError" },
        Mine: { path: "src/deep/errors.jaunt.ts", name: "FirstError" },
      },
    };
    const reply =
      "export function f(error: BaseError): Base { if (error instanceof BaseError) throw new Mine(); return new Base(); }";
    expect(compose(source, reply, layoutOf())[0]?.text).toMatchInlineSnapshot(`
      "import { BaseError } from "../base.jaunt.js";
      import { Base } from "../base.js";
      import { FirstError as Mine } from "../deep/errors.jaunt.js";

      export function f(error: BaseError): Base { if (error instanceof BaseError) throw new Mine(); return new Base(); }
      "
    `);
  });

  test("of what a decorator sees stay values under emitDecoratorMetadata", () => {
    const spec = `import { Service } from "./service.js";\nexport declare function f(service: Service): void;\n`;
    const reply = "export function f(service: Service): void { void service; }";
    expect(composed(spec, reply)).toContain('import type { Service } from "../service.js";');
    expect(composed(spec, reply, { flags: { emitDecoratorMetadata: true } })).toContain(
      'import { Service } from "../service.js";',
    );
  });

  test("keep side effects, directives and JSX pragmas", () => {
    const spec = `/** @jsxImportSource preact */
/// <reference path="./globals.d.ts" />
"use client";
import "./register.js";
import { Fragment } from "preact";
export declare function View(): JSX.Element;
`;
    expect(composed(spec, "export function View(): JSX.Element { return <Fragment />; }", {}, "src/view.jaunt.tsx"))
      .toMatchInlineSnapshot(`
      "/** @jsxImportSource preact */
      /// <reference path="../globals.d.ts" />
      "use client";

      import "../register.js";
      import { Fragment } from "preact";

      export function View(): JSX.Element { return <Fragment />; }
      "
    `);
  });
});

describe("re-exports", () => {
  test("pass on everything that the spec file exports by hand or from elsewhere", () => {
    const spec = `import type { Unit } from "./unit.js";
import { helper } from "./helper.js";
export class EmailError extends Error {}
export const MAX = 3, MIN = 1;
export enum Level { Low }
export type Options = { readonly unit: Unit };
export namespace Types { export interface Inner { readonly a: string } }
function internal(): number { return MAX; }
export { internal as visible, helper };
export type { Unit };
export * from "./barrel.js";
export * as all from "./all.js";
export type * from "./types.js";
export { a, type B as C } from "./other.jaunt.js";
export declare function f(): void;
`;
    expect(composed(spec, "export function f(): void {}")).toMatchInlineSnapshot(`
      "export { EmailError, Level, MAX, MIN, visible } from "../email.jaunt.js";
      export type { Options, Types } from "../email.jaunt.js";
      export { a } from "../other.js";
      export type { B as C } from "../other.js";
      export { helper } from "../helper.js";
      export type { Unit } from "../unit.js";
      export * from "../barrel.js";
      export * as all from "../all.js";
      export type * from "../types.js";

      export function f(): void {}
      "
    `);
  });

  test("a spec that is exported under a second name has it", () => {
    const spec = "export declare function f(): void;\nexport { f as g };\n";
    expect(composed(spec, "export function f(): void {}")).toBe("export function f(): void {}\n\nexport { f as g };\n");
  });
});

describe("types that cannot be imported", () => {
  test("are copied as far as they are used, with what they use and with paths rewritten", () => {
    const spec = `import type { Unit } from "./unit.js";
export interface Email { readonly local: string }
interface Options { readonly unit: Unit; readonly inner: Inner }
type Inner = import("./inner.js").Inner | readonly Email[];
interface Unused { readonly never: string }
/** Rates. */
export declare function rate(options: Options): void;
`;
    expect(composed(spec, "export function rate(options: Options): void { void options; }")).toMatchInlineSnapshot(`
      "import type { Email } from "../email.jaunt.js";
      import type { Unit } from "../unit.js";

      export type { Email } from "../email.jaunt.js";

      interface Options { readonly unit: Unit; readonly inner: Inner }

      type Inner = import("../inner.js").Inner | readonly Email[];

      /** Rates. */
      export function rate(options: Options): void { void options; }
      "
    `);
  });

  test("exported ones are copied when they mention a spec class, for the spec file has only its stub", () => {
    const spec = `export interface Registry { readonly boxes: Boxes }
type Boxes = readonly Box[];
export interface Plain { readonly a: string }
export declare class Box { private readonly secret: string; get(): Registry; }
`;
    expect(
      composed(
        spec,
        "export class Box { readonly #secret = 1; get(): Registry { return { boxes: [this], [this.#secret]: 1 }; } }",
      ),
    ).toMatchInlineSnapshot(`
      "export type { Plain } from "../email.jaunt.js";

      export interface Registry { readonly boxes: Boxes }

      type Boxes = readonly Box[];

      export class Box { readonly #secret = 1; get(): Registry { return { boxes: [this], [this.#secret]: 1 }; } }
      "
    `);
  });
});

describe("docs and notes", () => {
  test("the spec's docs go before what the reply left undocumented, members and overloads included", () => {
    const spec = `/** First. */
export declare function same(value: string): string;
/**
 * Second.
 * @prompt be quick
 */
export declare function same(value: number): number;

/** A box. */
export declare class Box {
  /**
   * How many.
   */
  get size(): number;
  /** By name. */
  static of(name: string): Box;
}

/** Theirs. */
export declare const limit: number;
`;
    const reply = `export function same(value: string): string;
export function same(value: number): number;
export function same(value: unknown): unknown { return value; }

export class Box {
  get size(): number { return 1; }

  /** Own words. */
  static of(name: string): Box { void name; return new Box(); }
}

/** My own. */
export const limit: number = 1;`;
    expect(composed(spec, reply)).toMatchInlineSnapshot(`
      "/** First. */
      export function same(value: string): string;
      /**
       * Second.
       * @prompt be quick
       */
      export function same(value: number): number;
      export function same(value: unknown): unknown { return value; }

      /** A box. */
      export class Box {
        /**
         * How many.
         */
        get size(): number { return 1; }

        /** Own words. */
        static of(name: string): Box { void name; return new Box(); }
      }

      /** My own. */
      export const limit: number = 1;
      "
    `);
  });

  test("`jaunt:` notes and Windows line ends do not get through", () => {
    const spec = "/**\r\n * Doc.\r\n */\r\nexport declare function f(): void;\r\n";
    const reply =
      "// jaunt:needs a clock, to stamp the mail\r\n// jaunt:kind=build\r\nexport function f(): void {\r\n  // jaunt:needs more\r\n}\r\n";
    expect(composed(spec, reply)).toBe("/**\n * Doc.\n */\nexport function f(): void {\n}\n");
  });
});
