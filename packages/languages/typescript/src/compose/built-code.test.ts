import { afterEach, expect, test } from "vitest";
import { createProject, type ProjectFiles, type TemporaryProject } from "./project.test.helper.ts";

const projects: TemporaryProject[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

/** Compiles under every strictness flag, then runs `main.js`. */
function outputOf(files: ProjectFiles, main = "main.js"): string {
  const project = createProject(files);
  projects.push(project);
  expect(project.compile()).toBe("");
  return project.run(main);
}

const log = "declare const console: { log(...values: unknown[]): void };\n";

test("a hand-written const and an error class of the spec file are the same everywhere", () => {
  const output = outputOf({
    files: {
      "src/limits.jaunt.ts": `import { magic } from "@jaunt/spec";
export const MAX = 3;
export class LimitError extends Error {}
/** @throws {LimitError} when it is larger */
export function within(n: number): number { return magic(n, MAX, LimitError); }
`,
      "src/main.ts": `${log}import { LimitError, MAX, within } from "./limits.js";
import { LimitError as Same } from "./limits.jaunt.js";
try { within(MAX + 1); } catch (error) { console.log(error instanceof LimitError, error instanceof Same, within(2), within.name); }
`,
    },
    replies: {
      "src/limits.jaunt.ts":
        "export function within(n: number): number {\n  if (n > MAX) throw new LimitError();\n  return n;\n}",
    },
  });
  expect(output).toBe("true true 2 within\n");
});

const inheritance: ProjectFiles = {
  files: {
    // Base throws an error that a person wrote beside Derived; Derived extends Base: the two import each other.
    "src/base.jaunt.ts": `import { ShapeError } from "./derived.js";
/** Throws a {@link ShapeError} when the label is empty. */
export declare class Shape { readonly label: string; constructor(label: string); area(): number; }
`,
    "src/derived.jaunt.ts": `import { Shape } from "./base.js";
export class ShapeError extends Error { override readonly name: string = "ShapeError"; }
export declare class Square extends Shape { constructor(side: number); override area(): number; }
`,
    "src/base-first.ts": `${log}import { Shape } from "./base.js";\nimport { ShapeError, Square } from "./derived.js";
try { new Shape(""); } catch (error) { console.log(error instanceof ShapeError, new Square(3).area(), new Square(1) instanceof Shape); }
`,
    "src/derived-first.ts": `${log}import { Square, ShapeError } from "./derived.js";\nimport { Shape } from "./base.js";
try { new Shape(""); } catch (error) { console.log(error instanceof ShapeError, new Square(3).area(), new Square(1) instanceof Shape); }
`,
  },
  replies: {
    "src/base.jaunt.ts": `export class Shape {
  readonly label: string;
  constructor(label: string) {
    if (label === "") throw new ShapeError("no label");
    this.label = label;
  }
  area(): number { return 0; }
}`,
    "src/derived.jaunt.ts": `export class Square extends Shape {
  readonly #side: number;
  constructor(side: number) {
    super("square");
    this.#side = side;
  }
  override area(): number { return this.#side ** 2; }
}`,
  },
};

test("class A extends B, and an error class the other way: each import order loads", () => {
  const definedIn = { "src/base.jaunt.ts": { ShapeError: { path: "src/derived.jaunt.ts", name: "ShapeError" } } };
  const project = createProject({ ...inheritance, definedIn });
  projects.push(project);
  expect(project.compile()).toBe("");
  expect(project.run("base-first.js")).toBe("true 9 true\n");
  expect(project.run("derived-first.js")).toBe("true 9 true\n");
});

test("through the facade, the same project dies when it is loaded", () => {
  expect(outputOf(inheritance, "base-first.js")).toContain(
    "ReferenceError: Cannot access 'Shape' before initialization",
  );
});

test("a mixed class keeps its statics, private and inherited members", () => {
  const output = outputOf({
    files: {
      "src/emitter.ts":
        "export class Emitter { readonly seen: string[] = []; emit(event: string): void { this.seen.push(event); } }\n",
      "src/counter.jaunt.ts": `import { magic } from "@jaunt/spec";
import { Emitter } from "./emitter.js";
/** Counts. */
export class Counter extends Emitter {
  static created = 0;
  static { Counter.created = 10; }
  #count = 0;
  protected readonly step: number;
  constructor(step: number) { super(); this.step = step; Counter.created += 1; }
  get count(): number { return this.#count; }
  /** Adds the step. */
  add(): number { return magic(this.#count, this.step); }
  static after(times: number): Counter { return magic(times); }
}
export class Named extends Counter {
  readonly title: string;
  constructor(title: string) { super(1); magic(title); }
}
`,
      "src/main.ts": `${log}import { Counter, Named } from "./counter.js";
const counter = Counter.after(2);
console.log(counter.count, counter.add(), counter.seen.length, new Named("n").title, Counter.created, Counter.name);
`,
    },
    replies: {
      "src/counter.jaunt.ts": `export class Counter extends Emitter {
  #limit = 3;
  add(): number {
    this.#count += this.step;
    if (this.#isFull()) this.emit("full");
    return this.#count;
  }
  static after(times: number): Counter {
    const counter = new Counter(4);
    for (let done = 0; done < times; done += 1) counter.add();
    return counter;
  }
  #isFull(): boolean {
    this.#limit = 12;
    return this.#count >= this.#limit;
  }
}
export class Named extends Counter {
  readonly title: string;
  constructor(title: string) {
    super(1);
    this.title = title;
  }
}`,
    },
  });
  expect(output).toBe("8 12 1 n 12 Counter\n");
});

test("types that the spec file does not export, and types that mention its class", () => {
  const output = outputOf({
    files: {
      "src/unit.ts": 'export type Unit = "s" | "ms";\n',
      "src/rate.jaunt.ts": `import type { Unit } from "./unit.js";
interface Options { readonly unit: Unit; readonly digits?: number }
type Pair = readonly [number, import("./unit.js").Unit];
export type Rates = readonly Rate[];
export declare class Rate { private readonly value: number; constructor(value: number); all(): Rates; }
export declare function rate(value: number, options: Options): Pair;
`,
      "src/main.ts": `${log}import { rate, Rate, type Rates } from "./rate.js";
const rates: Rates = new Rate(1).all();
console.log(JSON.stringify(rate(1.25, { unit: "ms", digits: 1 })), rates.length);
`,
    },
    replies: {
      "src/rate.jaunt.ts": `export class Rate {
  private readonly value: number;
  constructor(value: number) { this.value = value; }
  all(): Rates { return this.value > 0 ? [this] : []; }
}
export function rate(value: number, options: Options): Pair {
  return [Number(value.toFixed(options.digits ?? 0)), options.unit];
}`,
    },
  });
  expect(output).toBe('[1.3,"ms"] 1\n');
});

test.each([
  [
    "CommonJS by package type",
    { packageType: "commonjs" as const, options: { module: "node16", verbatimModuleSyntax: false } },
  ],
  [
    "CommonJS by module kind",
    {
      packageType: "commonjs" as const,
      options: { module: "commonjs", moduleResolution: "bundler", verbatimModuleSyntax: false },
    },
  ],
])("%s", (_, project) => {
  const output = outputOf({
    ...project,
    scope: { commonjs: true, specifierStyle: "none" },
    files: {
      "src/greet.jaunt.ts": 'export const MARK = "!";\nexport declare function greet(name: string): string;\n',
      "src/twice.jaunt.ts":
        'import { greet } from "./greet";\n/** Two of {@link greet}. */\nexport declare function twice(name: string): string;\n',
      "src/main.ts": `${log}import { twice } from "./twice";\ndeclare const require: unknown;\nconsole.log(twice("Ann"), typeof require);\n`,
    },
    replies: {
      "src/greet.jaunt.ts": "export function greet(name: string): string { return name + MARK; }",
      "src/twice.jaunt.ts": "export function twice(name: string): string { return greet(name).repeat(2); }",
    },
  });
  expect(output).toBe("Ann!Ann! function\n");
});

test("`.mts` and `.cts` import each other's kinds by their own endings", () => {
  const output = outputOf(
    {
      packageType: "commonjs",
      options: { verbatimModuleSyntax: false },
      files: {
        "src/a.jaunt.mts": 'export const A = "a";\nexport declare function a(): string;\n',
        "src/b.jaunt.cts": "export declare function b(): string;\n",
        "src/main.mts": `${log}import { a, A } from "./a.mjs";\nimport { b } from "./b.cjs";\nconsole.log(a() + A + b());\n`,
      },
      replies: {
        "src/a.jaunt.mts": "export function a(): string { return A; }",
        "src/b.jaunt.cts": 'export function b(): string { return "b"; }',
      },
    },
    "main.mjs",
  );
  expect(output).toBe("aab\n");
});

test("enums, parameter properties and namespaces in spec files, where the project allows them", () => {
  const output = outputOf({
    options: { erasableSyntaxOnly: false, isolatedDeclarations: false },
    files: {
      "src/level.jaunt.ts": `import { magic } from "@jaunt/spec";
export enum Level { Low = 1, High = 2 }
export namespace Names { export const low = "low"; export type Name = typeof low }
export class Scale {
  constructor(private readonly level: Level, readonly unit = "m") {}
  name(): Names.Name | undefined { return magic(this.level); }
}
`,
      "src/main.ts": `${log}import { Level, Scale } from "./level.js";\nconsole.log(new Scale(Level.Low).name(), new Scale(Level.High).name(), new Scale(1).unit);\n`,
    },
    replies: {
      "src/level.jaunt.ts": `export class Scale {
  name(): Names.Name | undefined { return this.level === Level.Low ? Names.low : undefined; }
}`,
    },
  });
  expect(output).toBe("low undefined m\n");
});
