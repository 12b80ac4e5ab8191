import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Diagnostic, Layout, TargetIo } from "@jaunt/core";
import { afterEach, expect, test } from "vitest";
import { resolveSpecifier } from "../read/resolve-specifier.ts";
import { configureTypescript, type ConfigureOptions } from "./configure.ts";
import { scopeOf, typescriptSettings, type TypescriptSettings } from "./settings.ts";

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

test.each([
  [{ module: "nodenext" }, "js"],
  [{ module: "node16" }, "js"],
  [{ module: "esnext", moduleResolution: "bundler" }, "none"],
  [{ module: "preserve" }, "none"],
  [{}, "none"],
  [{ module: "nodenext", rewriteRelativeImportExtensions: true }, "ts"],
  [{ module: "esnext", allowImportingTsExtensions: true, noEmit: true }, "ts"],
])("compiler options %j want specifiers of style %s", async (compilerOptions, style) => {
  const { settings } = await configure({ "tsconfig.json": { compilerOptions, include: ["src"] } }, ["src/a.jaunt.ts"]);
  expect(scopeOf("src/__generated__/a.ts", settings).specifierStyle).toBe(style);
});

test.each([
  ["module", "nodenext", false],
  ["commonjs", "nodenext", true],
  [undefined, "nodenext", true],
  ["module", "commonjs", true],
  ["module", "esnext", false],
])("package type %s and module %s", async (type, module, commonjs) => {
  const files = { "package.json": { type }, "tsconfig.json": { compilerOptions: { module }, include: ["src"] } };
  const { settings } = await configure(files, ["src/a.jaunt.ts"]);
  expect(settings.scopes[0]?.commonjs).toBe(commonjs);
});

test("extends, comments and aliases are read as TypeScript does", async () => {
  const files = {
    "config/base.json": `{ // shared\n "compilerOptions": { "module": "nodenext", "paths": { "@/*": ["../src/*"] }, "strict": true, }, }`,
    "tsconfig.json": { extends: "./config/base.json", include: ["src"] },
    "package.json": {
      name: "app",
      dependencies: { zod: "4" },
      devDependencies: { vitest: "4" },
      imports: { "#util": "./dist/util.js" },
    },
  };
  const { settings } = await configure(files, ["src/a.jaunt.ts"]);
  expect(settings.scopes).toMatchObject([
    {
      directory: ".",
      tsconfig: "tsconfig.json",
      paths: { "@/*": ["src/*"] },
      dependencies: ["vitest", "zod"],
      packageName: "app",
      imports: { "#util": "src/util.ts" },
    },
  ]);
  expect(settings.scopes[0]?.flags["strict"]).toBe(true);
});

test("every config that was read or looked for is named, so that a cache can watch it", async () => {
  const files = {
    "config/base.json": { compilerOptions: { module: "nodenext" } },
    "tsconfig.json": { extends: "./config/base.json" },
  };
  const { consulted } = await configure(files, ["src/a.jaunt.ts"]);
  expect(consulted).toEqual(["config/base.json", "src/tsconfig.json", "tsconfig.json"]);
});

test("a solution-style config leads to the one that includes the file", async () => {
  const files = {
    "tsconfig.json": { files: [], references: [{ path: "./tsconfig.app.json" }, { path: "./tsconfig.node.json" }] },
    "tsconfig.app.json": {
      compilerOptions: { module: "esnext", allowImportingTsExtensions: true, noEmit: true },
      include: ["src"],
    },
    "tsconfig.node.json": { compilerOptions: { module: "nodenext" }, include: ["scripts"] },
  };
  const { settings } = await configure(files, ["src/a.jaunt.ts", "src/deep/b.jaunt.ts", "scripts/c.jaunt.ts"]);
  expect(scopeOf("src/__generated__/a.ts", settings).tsconfig).toBe("tsconfig.app.json");
  expect(scopeOf("src/deep/__generated__/b.ts", settings).tsconfig).toBe("tsconfig.app.json");
  expect(scopeOf("scripts/__generated__/c.ts", settings)).toMatchObject({
    tsconfig: "tsconfig.node.json",
    specifierStyle: "js",
  });
});

test("each package of a workspace has its own scope, and its name leads to its source", async () => {
  const files = {
    "package.json": { workspaces: ["packages/*", "!packages/old"] },
    "packages/text/package.json": {
      name: "@acme/text",
      exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" }, "./*": "./dist/*.js" },
    },
    "packages/text/tsconfig.json": { compilerOptions: { module: "nodenext" }, include: ["src"] },
    "packages/app/package.json": { name: "@acme/app", type: "module", dependencies: { "@acme/text": "1" } },
    "packages/app/tsconfig.json": { compilerOptions: { module: "esnext" }, include: ["src"] },
    "packages/old/package.json": { name: "@acme/old" },
  };
  const { settings } = await configure(files, ["packages/text/src/a.jaunt.ts", "packages/app/src/b.jaunt.ts"]);
  expect(settings.scopes.map((scope) => [scope.directory, scope.specifierStyle, scope.dependencies])).toEqual([
    ["packages/app", "none", ["@acme/text"]],
    ["packages/text", "js", []],
  ]);
  expect(settings.packages.map((workspacePackage) => workspacePackage.name)).toEqual(["@acme/app", "@acme/text"]);
  const layout: Layout = {
    sourceRoots: [],
    testRoots: [],
    generatedDir: "__generated__",
    testRunner: "vitest",
    settings: { ...settings },
  };
  expect(resolveSpecifier("@acme/text", "packages/app/src/b.jaunt.ts", layout)[0]).toBe("packages/text/src/index.ts");
  expect(resolveSpecifier("@acme/text/trim", "packages/app/src/b.jaunt.ts", layout)[0]).toBe(
    "packages/text/src/trim.ts",
  );
});

test("pnpm's list of packages counts too", async () => {
  const files = {
    "pnpm-workspace.yaml": 'packages:\n  # all\n  - "libs/**"\n  - apps/*\n\nallowBuilds:\n  x: true\n',
    "libs/a/b/package.json": { name: "b" },
    "apps/web/package.json": { name: "web" },
    "tsconfig.json": {},
  };
  const { settings } = await configure(files, ["libs/a/b/x.jaunt.ts"]);
  expect(settings.packages.map((workspacePackage) => workspacePackage.name)).toEqual(["b", "web"]);
});

test.each([
  ["is missing", {}, {}, "tsconfig/missing", "error"],
  ["extends nothing that exists", { "tsconfig.json": { extends: "./absent.json" } }, {}, "tsconfig/broken", "error"],
  ["leaves the file out", { "tsconfig.json": { include: ["lib"] } }, {}, "tsconfig/not-included", "warning"],
  ["is named and does not exist", { "tsconfig.json": {} }, { tsconfig: "other.json" }, "tsconfig/broken", "error"],
] satisfies readonly (readonly [string, Files, ConfigureOptions, string, Diagnostic["severity"]])[])(
  "a tsconfig that %s is reported once",
  async (_name, files, options, code, severity) => {
    const { diagnostics } = await configure(files, ["src/a.jaunt.ts", "src/b.jaunt.ts"], options);
    expect(diagnostics).toMatchObject([{ code, severity }]);
    expect(diagnostics[0]?.hint).not.toBe("");
  },
);

type Files = Readonly<Record<string, string | object>>;

async function configure(
  files: Files,
  specs: readonly string[],
  options: ConfigureOptions = {},
): Promise<{
  readonly settings: TypescriptSettings;
  readonly diagnostics: readonly Diagnostic[];
  readonly consulted: readonly string[];
}> {
  const root = mkdtempSync(join(tmpdir(), "jaunt-configure-"));
  roots.push(root);
  for (const [path, content] of [...Object.entries(files), ...specs.map((path) => [path, ""] as const)]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
  }
  const readText = (path: string): string | undefined => {
    try {
      return readFileSync(join(root, path), "utf8");
    } catch {
      return undefined;
    }
  };
  const io: TargetIo = {
    root,
    readText,
    signal: new AbortController().signal,
    exec: () => Promise.reject(new Error("no process")),
  };
  const { settings, diagnostics, consulted = [] } = await configureTypescript(io, specs, options);
  return { settings: typescriptSettings(settings), diagnostics, consulted };
}
