import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Layout, SpecSource } from "@jaunt/core";
import { expect } from "vitest";
import type { Scope } from "../layout/settings.ts";
import { typescriptReader } from "../read/typescript-reader.ts";
import { compose } from "./compose.ts";

const strictFlags = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  noImplicitOverride: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  allowUnreachableCode: false,
};

/** The strictest project there is: `verbatim` aside, every flag that a user may have switched on. */
const allFlags: Readonly<Record<string, boolean>> = {
  ...strictFlags,
  isolatedDeclarations: true,
  erasableSyntaxOnly: true,
};

export function layoutOf(scope: Partial<Scope> = {}): Layout {
  const whole: Scope = {
    directory: ".",
    tsconfig: "tsconfig.json",
    specifierStyle: "js",
    paths: {},
    dependencies: [],
    imports: {},
    commonjs: false,
    flags: allFlags,
    ...scope,
  };
  return {
    sourceRoots: ["src"],
    testRoots: ["tests"],
    generatedDir: "__generated__",
    testRunner: "vitest",
    settings: { scopes: [whole], packages: [] },
  };
}

/** A spec file read as the orchestrator would; fails the test when the reader has anything to say. */
export function readSource(path: string, text: string, layout: Layout = layoutOf()): SpecSource {
  const { module, diagnostics } = typescriptReader.read({ path, text }, layout);
  expect(diagnostics).toEqual([]);
  if (module === undefined) throw new Error(`${path} holds no spec`);
  return { module, text };
}

/** Text of the generated file of `src/email.jaunt.ts`. */
export function composed(
  text: string,
  body: string | null,
  scope: Partial<Scope> = {},
  path = "src/email.jaunt.ts",
): string {
  const layout = layoutOf(scope);
  return compose(readSource(path, text, layout), body, layout)[0]?.text ?? "";
}

export interface ProjectFiles {
  /** Spec file path to the reply, or null for a placeholder; the spec text is in `files`. */
  readonly replies?: Readonly<Record<string, string | null>>;
  readonly files: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly packageType?: "module" | "commonjs";
  readonly definedIn?: Readonly<Record<string, NonNullable<SpecSource["definedIn"]>>>;
  readonly scope?: Partial<Scope>;
}

export interface TemporaryProject {
  /** What the real tsc prints; empty when it is content. Emits to `dist`. */
  compile(): string;
  /** What Node prints when it runs a file of `dist`, errors included. */
  run(file: string): string;
  remove(): void;
}

/** Writes a project with the composed files of every spec into a temporary folder. */
export function createProject({
  files,
  replies = {},
  options = {},
  packageType = "module",
  definedIn = {},
  scope = {},
}: ProjectFiles): TemporaryProject {
  const root = mkdtempSync(join(tmpdir(), "jaunt-compose-"));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const compilerOptions = {
    target: "es2022",
    lib: ["es2022"],
    types: [],
    module: "nodenext",
    rootDir: "src",
    outDir: "dist",
    declaration: true,
    ...allFlags,
    ...options,
  };
  write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["src"] }));
  write("package.json", JSON.stringify({ type: packageType }));
  writeMarkers(root);
  const layout = layoutOf(scope);
  for (const [path, text] of Object.entries(files)) {
    write(path, text);
    if (!path.includes(".jaunt.")) continue;
    const source = {
      ...readSource(path, text, layout),
      ...(definedIn[path] === undefined ? {} : { definedIn: definedIn[path] }),
    };
    for (const artifact of compose(source, replies[path] ?? null, layout)) write(artifact.path, artifact.text);
  }
  return {
    compile: () => execute([tsc, "-p", "."], root),
    run: (file) => execute([join("dist", file)], root),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

const tsc: string = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");

function execute(args: readonly string[], cwd: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  return stdout + stderr;
}

/** The published shape of @jaunt/spec, without building it. */
function writeMarkers(root: string): void {
  const folder = join(root, "node_modules", "@jaunt", "spec");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    '{ "name": "@jaunt/spec", "type": "module", "exports": { ".": { "types": "./index.d.ts", "default": "./index.js" } } }',
  );
  writeFileSync(
    join(folder, "index.d.ts"),
    "export declare function magic(...inputs: readonly unknown[]): never;\nexport declare function test(...targets: readonly unknown[]): never;\n",
  );
  writeFileSync(
    join(folder, "index.js"),
    "export function magic() { throw new Error('spec ran'); }\nexport const test = magic;\n",
  );
}
