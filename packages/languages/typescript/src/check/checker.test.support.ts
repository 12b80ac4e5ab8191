import type { Diagnostic, Layout, SpecSource, TargetIo } from "@jaunt/core";
import { createTemporaryProject, runProcess } from "@jaunt/testkit";
import { compose } from "../compose/compose.ts";
import { conventions } from "../layout/conventions.ts";
import { typescriptReader } from "../read/typescript-reader.ts";
import { createChecker, type Checker } from "./checker.ts";

/** A strict project with spec files of every kind, on disk, and a checker for it. */
export interface CheckedProject {
  readonly checker: Checker;
  readonly io: TargetIo;
  readonly layout: Layout;
  source(id: string): SpecSource;
  /** Judges a reply for a module of the project. */
  check(id: string, reply: string): Promise<readonly Diagnostic[]>;
  write(path: string, text: string): Promise<void>;
  close(): Promise<void>;
}

const compilerOptions = {
  strict: true,
  target: "es2023",
  lib: ["es2023"],
  module: "nodenext",
  types: ["node"],
  noUnusedLocals: true,
  noUnusedParameters: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  verbatimModuleSyntax: true,
  isolatedDeclarations: true,
  declaration: true,
  erasableSyntaxOnly: true,
};

/** What a layout holds for a project of one tsconfig at its root. */
const layout: Layout = {
  sourceRoots: ["src"],
  testRoots: [],
  generatedDir: "__generated__",
  testRunner: "vitest",
  settings: {
    scopes: [
      {
        directory: ".",
        tsconfig: "tsconfig.json",
        specifierStyle: "js",
        paths: { "@/*": ["src/*"] },
        dependencies: ["zod"],
        imports: {},
        commonjs: false,
        flags: { strict: true, noImplicitOverride: true },
      },
    ],
    packages: [],
  },
};

/** Opens a project of the given files, with placeholders for all its specs as `jaunt sync` leaves them. */
export async function openChecked(files: Readonly<Record<string, string>>): Promise<CheckedProject> {
  const config = {
    "package.json": '{ "type": "module", "dependencies": { "zod": "*" } }',
    "tsconfig.json": JSON.stringify({ compilerOptions, include: ["src"] }),
  };
  const project = await createTemporaryProject({ ...config, ...files }, { nodeModules: true });
  const texts = new Map(Object.entries(files));
  const write = async (path: string, text: string): Promise<void> => {
    texts.set(path, text);
    await project.write(path, text);
  };
  const source = (id: string): SpecSource => {
    const path = `${id}.jaunt.ts`;
    const text = texts.get(path) ?? "";
    const { module, diagnostics } = typescriptReader.read({ path, text }, layout);
    if (module === undefined) throw new Error(`${path} is no spec file: ${JSON.stringify(diagnostics)}`);
    return { module, text };
  };
  const ids = Object.keys(files).flatMap((path) => typescriptReader.moduleId(path) ?? []);
  for (const id of ids)
    for (const artifact of compose(source(id), null, layout)) await write(artifact.path, artifact.text);
  const io: TargetIo = {
    root: project.root,
    signal: new AbortController().signal,
    readText: (path) => texts.get(path),
    async exec([command = "", ...args], options) {
      const { exitCode, stdout, stderr } = await runProcess(command, args, { cwd: options?.cwd ?? project.root });
      return { exitCode, stdout, stderr, timedOut: false };
    },
  };
  const checker = createChecker({ compose });
  return {
    checker,
    io,
    layout,
    source,
    write,
    check: (id, body) =>
      checker.check({ source: source(id), body, layout, conventions: conventions(source(id).module, layout) }, io),
    async close() {
      await checker.close();
      await project.remove();
    },
  };
}

/** Spec files that the tables of good and bad replies are about. */
export const specs: Readonly<Record<string, string>> = {
  "src/email.jaunt.ts": `import { basename } from "node:path";
import type { Result } from "./result.js";
import { domain } from "./domain.js";

export interface Email { readonly local: string; readonly domain: string }
export class EmailError extends Error {}
export const limits = { length: 254 };
type Hidden = { readonly raw: string };

/** Parses an address with {@link domain}, {@link basename} and {@link limits}. Throws {@link EmailError}. */
export declare function parseEmail(raw: string, options?: Hidden): Email;
/** Wraps it in a {@link Result}. */
export declare function tryEmail(raw: string): Promise<Result<Email>>;
`,
  "src/result.ts": `export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };
`,
  "src/domain.jaunt.ts": `/** The part behind the last @. */
export declare function domain(address: string): string;
`,
  "src/far.jaunt.ts": `/** Says whether it is there. */
export declare function far(value: import("./result.js").Result<string>): boolean;
`,
  "src/lru.jaunt.ts": `/** A cache that forgets what was not used for longest. */
export declare class Lru<K, V> implements Iterable<K> {
  constructor(capacity: number);
  static of<T>(...items: readonly T[]): Lru<T, T>;
  readonly capacity: number;
  get size(): number;
  get(key: K): V | undefined;
  set(key: K, value: V, options?: { readonly pin?: boolean }): this;
  protected evict(): void;
  [Symbol.iterator](): Iterator<K>;
  private hidden: number;
}
`,
  "src/shape.jaunt.ts": `/** A shape. */
export declare abstract class Shape {
  abstract area(): number;
  describe(): string;
  get label(): string;
  set label(value: string);
}
`,
  "src/counter.jaunt.ts": `import { magic } from "@jaunt/spec";

export class Counter {
  static readonly start: number = 1;
  readonly #step: number;
  constructor(step: number) {
    this.#step = step;
  }
  /** Adds the step \`times\` times. */
  add(times: number): number {
    return magic(times, this.#step);
  }
  protected total(values: readonly number[]): number {
    return magic(values);
  }
  name(): string {
    return "counter";
  }
}
`,
  "src/convert.jaunt.ts": `/** Converts. */
export declare function convert(value: string): number;
export declare function convert(value: number): string;

/** Joins. */
export declare function join<const T extends readonly string[]>(this: void, parts: T, ...rest: T[]): T[number];
`,
  "src/table.jaunt.ts": `import { magic } from "@jaunt/spec";

/** Names of days. */
export declare const days: readonly string[];
/** Doubles. */
export const double = (value: number): number => magic(value);
/** Compares. */
export declare const compare: (left: string, right: string) => number;
`,
  "src/loose.jaunt.ts": `/** Copies anything. */
export declare function copy(value: any, depth: number): any;
/** Reads the file at a path, with fetch as fallback; uses process.env. */
export declare function load(path: string): Promise<string>;
`,
  "src/steps.jaunt.ts": `/** Counts up. */
export declare function steps(from: number, to: number): Generator<number, void, undefined>;
/** Counts slowly. */
export declare function slowly(to: number): AsyncGenerator<number>;
/** Says whether it is text. */
export declare function isText(value: unknown): value is string;
`,
};
