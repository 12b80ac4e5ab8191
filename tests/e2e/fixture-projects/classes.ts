import { compileAndRun, tsconfig, type Fixture } from "../fixture.ts";

export const valuesOfSpecFile: Fixture = {
  name: "a hand-written const and an instanceof in a spec file",
  files: {
    "tsconfig.json": tsconfig({ isolatedDeclarations: true, declaration: true, erasableSyntaxOnly: true }),
    "src/limits.jaunt.ts": `export const MAX = 3;
export class LimitError extends Error {}

/** The number itself when it is at most {@link MAX}. @throws {LimitError} when it is larger */
export declare function withinLimit(n: number): number;
`,
    "src/main.ts": `import { LimitError, MAX, withinLimit } from "./limits.js";
import { LimitError as Same } from "./limits.jaunt.js";
try {
  withinLimit(MAX + 1);
} catch (error) {
  console.log(withinLimit(2), error instanceof LimitError, error instanceof Same, LimitError === Same, withinLimit.name);
}
`,
  },
  replies: {
    "src/limits": `export function withinLimit(n: number): number {
  if (n > MAX) throw new LimitError(\`\${n} is more than \${MAX}\`);
  return n;
}`,
  },
  run: compileAndRun,
  prints: "2 true true true withinLimit\n",
};

export const inheritanceAcrossModules: Fixture = {
  name: "two modules that import each other with `class A extends B` and an error class between them",
  files: {
    "src/base.jaunt.ts": `import type { describeShape } from "./derived.js";

export class ShapeError extends Error {
  override readonly name: string = "ShapeError";
}

/** A shape with a name. */
export declare class Shape {
  readonly label: string;
  /** @throws {ShapeError} when the label is empty */
  constructor(label: string);
  /** Area in square metres; 0 for a plain shape. */
  area(): number;
}

/** The description by {@link describeShape} in upper case. */
export declare function shout(shape: Shape): string;
`,
    "src/derived.jaunt.ts": `import { Shape, ShapeError } from "./base.js";

/** A square. */
export declare class Square extends Shape {
  readonly side: number;
  /** Labelled "square". Throws a {@link ShapeError} when the side is negative. */
  constructor(side: number);
  override area(): number;
}

/** \`label: area\` */
export declare function describeShape(shape: Shape): string;
`,
    "src/main.ts": `import { Square } from "./derived.js";
import { ShapeError, shout } from "./base.js";
console.log(shout(new Square(3)));
try { new Square(-1); } catch (error) { console.log(error instanceof ShapeError); }
`,
  },
  replies: {
    "src/base": `export class Shape {
  readonly label: string;
  constructor(label: string) {
    if (label === "") throw new ShapeError("a shape needs a label");
    this.label = label;
  }
  area(): number {
    return 0;
  }
}

export function shout(shape: Shape): string {
  return describeShape(shape).toUpperCase();
}`,
    "src/derived": `export class Square extends Shape {
  readonly side: number;
  constructor(side: number) {
    super("square");
    if (side < 0) throw new ShapeError("negative side");
    this.side = side;
  }
  override area(): number {
    return this.side ** 2;
  }
}

export function describeShape(shape: Shape): string {
  return \`\${shape.label}: \${shape.area()}\`;
}`,
  },
  run: compileAndRun,
  prints: "SQUARE: 9\ntrue\n",
};

export const mixedClass: Fixture = {
  name: "a mixed class with statics, private and inherited members",
  files: {
    "src/counter.jaunt.ts": `import { magic } from "@jaunt/spec";
import { EventEmitter } from "node:events";
import { clamp } from "./clamp.js";

/** Counts up to a limit and says so. */
export class Counter extends EventEmitter {
  static created = 0;
  static readonly limit: number = 10;
  static { Counter.created = 0; }
  #count = 0;
  protected readonly step: number;

  constructor(step: number) {
    super();
    this.step = clamp(step, 1, Counter.limit);
    Counter.created += 1;
  }

  get count(): number {
    return this.#count;
  }

  /** Adds the step, at most up to the limit, and emits "full" when the limit is reached. Returns the count. */
  add(): number {
    return magic(this.#count, this.step, clamp);
  }

  /** A counter that has been added to \`times\` times. */
  static after(times: number, step: number): Counter {
    return magic(times, step);
  }
}

/** A counter with a name. */
export class NamedCounter extends Counter {
  readonly title: string;
  /** Steps by one; the title is trimmed. */
  constructor(title: string) {
    super(1);
    magic(title);
  }
}
`,
    "src/clamp.ts": `export const clamp = (n: number, low: number, high: number): number => Math.min(high, Math.max(low, n));\n`,
    "src/main.ts": `import { Counter, NamedCounter } from "./counter.js";
const counter = Counter.after(2, 4);
counter.on("full", () => console.log("full"));
console.log(counter.count, counter.add(), new NamedCounter(" n ").title, Counter.created, Counter.name);
`,
  },
  replies: {
    "src/counter": `export class Counter extends EventEmitter {
  add(): number {
    this.#count = clamp(this.#count + this.step, 0, Counter.limit);
    if (this.isFull()) this.emit("full");
    return this.#count;
  }

  static after(times: number, step: number): Counter {
    const counter = new Counter(step);
    for (let done = 0; done < times; done += 1) counter.add();
    return counter;
  }

  // Not \`#isFull\`: TypeScript 7.0.2 emits a class with a private method and a static block that fails as it loads.
  private isFull(): boolean {
    return this.#count === Counter.limit;
  }
}

export class NamedCounter extends Counter {
  readonly title: string;
  constructor(title: string) {
    super(1);
    this.title = title.trim();
  }
}`,
  },
  run: compileAndRun,
  prints: "full\n8 10 n 2 Counter\n",
};

export const hiddenType: Fixture = {
  name: "a non-exported type in a signature",
  files: {
    "src/rate.jaunt.ts": `import type { Unit } from "./unit.js";
interface Options { readonly unit: Unit; readonly digits?: number }
type Pair = readonly [number, import("./unit.js").Unit];

/** The rate rounded to \`digits\` (default 0), with its unit. */
export declare function rate(value: number, options: Options): Pair;
`,
    "src/unit.ts": `export type Unit = "s" | "ms";\n`,
    "src/main.ts": `import { rate } from "./rate.js";\nconsole.log(JSON.stringify(rate(1.25, { unit: "ms", digits: 1 })));\n`,
  },
  replies: {
    "src/rate": `export function rate(value: number, options: Options): Pair {
  return [Number(value.toFixed(options.digits ?? 0)), options.unit];
}`,
  },
  run: compileAndRun,
  prints: '[1.3,"ms"]\n',
};

export const moduleCycle: Fixture = {
  name: "a module cycle without a spec cycle",
  files: {
    "src/even.jaunt.ts": `import { decrement } from "./odd.js";

/** Whether \`n\` is even. Counts down by {@link decrement}. */
export declare function isEven(n: number): boolean;

/** Zero. */
export declare const ZERO: number;
`,
    "src/odd.jaunt.ts": `import { ZERO } from "./even.js";

/** One less, but never below {@link ZERO}. */
export declare function decrement(n: number): number;
`,
    "src/main.ts": `import { isEven } from "./even.js";\nconsole.log(isEven(4), isEven(7));\n`,
  },
  replies: {
    "src/even": `export const ZERO: number = 0;

export function isEven(n: number): boolean {
  let even = true;
  for (let rest = n; rest > ZERO; rest = decrement(rest)) even = !even;
  return even;
}`,
    "src/odd": `export function decrement(n: number): number {
  return Math.max(ZERO, n - 1);
}`,
  },
  run: compileAndRun,
  prints: "true false\n",
};
