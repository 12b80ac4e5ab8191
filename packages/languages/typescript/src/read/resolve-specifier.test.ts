import type { Layout } from "@jaunt/core";
import { expect, test } from "vitest";
import type { Scope, TypescriptSettings } from "../layout/settings.ts";
import { moduleIdOf } from "./module-id.ts";
import { resolveSpecifier } from "./resolve-specifier.ts";

const scope: Scope = {
  directory: ".",
  tsconfig: "tsconfig.json",
  specifierStyle: "js",
  paths: { "@/*": ["src/*"], "@/special/*": ["src/other/*"], exact: ["src/exact.ts"] },
  dependencies: [],
  imports: { "#util": "src/util.ts", "#lib/*": "src/lib/*.ts" },
  commonjs: false,
  flags: {},
};
const settings: TypescriptSettings = {
  scopes: [
    scope,
    { ...scope, directory: "packages/app", paths: { "@/*": ["packages/app/src/*"] }, baseUrl: "packages/app" },
  ],
  packages: [
    {
      name: "@acme/text",
      directory: "packages/text",
      exports: {
        ".": ["packages/text/src/index.ts", "packages/text/dist/index.js"],
        "./*": ["packages/text/src/*.ts"],
      },
    },
  ],
};
const layout: Layout = {
  sourceRoots: ["src"],
  testRoots: [],
  generatedDir: "__generated__",
  testRunner: "vitest",
  settings: { ...settings },
};

test.each([
  ["./util.js", "src/a.jaunt.ts", "src/util.ts"],
  ["./util", "src/a.ts", "src/util.ts"],
  ["./util.ts", "src/a.ts", "src/util.ts"],
  ["../util.mjs", "src/x/a.ts", "src/util.mts"],
  ["./util.jaunt.js", "src/a.ts", "src/util.jaunt.ts"],
  ["./util.jaunt", "src/a.ts", "src/util.jaunt.ts"],
  ["./__generated__/util.js", "src/a.ts", "src/__generated__/util.ts"],
  ["@/deep/x", "src/a.ts", "src/deep/x.ts"],
  ["@/special/x", "src/a.ts", "src/other/x.ts"],
  ["exact", "src/a.ts", "src/exact.ts"],
  ["@/x", "packages/app/src/a.ts", "packages/app/src/x.ts"],
  ["src/x", "packages/app/src/a.ts", "packages/app/src/x.ts"],
  ["#util", "src/a.ts", "src/util.ts"],
  ["#lib/deep/x", "src/a.ts", "src/lib/deep/x.ts"],
  ["@acme/text", "src/a.ts", "packages/text/src/index.ts"],
  ["@acme/text/trim", "src/a.ts", "packages/text/src/trim.ts"],
])("%s in %s means %s first", (specifier, from, file) => {
  expect(resolveSpecifier(specifier, from, layout)[0]).toBe(file);
});

test("a folder means its index file", () => {
  expect(resolveSpecifier("./folder", "src/a.ts", layout)).toContain("src/folder/index.ts");
  expect(resolveSpecifier(".", "src/x/a.ts", layout)[0]).toBe("src/x/index.ts");
});

test.each(["zod", "node:fs", "@acme/textual", "../../../etc/passwd"])("%s is no file of the project", (specifier) => {
  expect(resolveSpecifier(specifier, "src/a.ts", layout)).toEqual([]);
});

test("a name with two dots keeps both", () => {
  expect(resolveSpecifier("./a.b.c.js", "src/x.ts", layout)).toContain("src/a.b.c.ts");
});

test.each([
  ["src/email.jaunt.ts", "src/email"],
  ["src/view.jaunt.tsx", "src/view"],
  ["src/a.b.jaunt.mts", "src/a.b"],
  ["src/email.ts", undefined],
])("module id of %s", (path, id) => {
  expect(moduleIdOf(path)).toBe(id);
});
