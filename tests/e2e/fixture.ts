/** A project written by hand, the replies a model gave for it, and what Node prints when it runs. */
export interface Fixture {
  /** What is proven, as a sentence. */
  readonly name: string;
  /** Project files by posix path. `jaunt.toml`, `package.json` and `tsconfig.json` have defaults. */
  readonly files: Readonly<Record<string, string>>;
  /** Source text of the reply by module id. */
  readonly replies: Readonly<Record<string, string>>;
  /** Commands run in order in the project's root after the build; the last one's output must be `prints`. */
  readonly run: readonly Command[];
  readonly prints: string;
}

/** A tool of node_modules/.bin, or `node`, with its arguments; `in` is a folder of the project. */
export interface Command {
  readonly argv: readonly [tool: string, ...rest: string[]];
  readonly in?: string;
}

/** Every strictness flag that the design names, so that a fixture stays clean in the strictest of projects. */
export const strictFlags = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noPropertyAccessFromIndexSignature: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
} as const;

/** Text of a tsconfig with every strictness flag, `options` on top. */
export function tsconfig(
  options: Readonly<Record<string, unknown>> = {},
  rest: Readonly<Record<string, unknown>> = { include: ["src"] },
): string {
  return JSON.stringify({
    compilerOptions: {
      target: "es2022",
      lib: ["es2022"],
      types: ["node"],
      module: "nodenext",
      rootDir: "src",
      outDir: "dist",
      ...strictFlags,
      ...options,
    },
    ...rest,
  });
}

/** Compile with the project's own tsc, then run the app: what most projects do. */
export const compileAndRun: readonly Command[] = [{ argv: ["tsc", "-p", "."] }, { argv: ["node", "dist/main.js"] }];
