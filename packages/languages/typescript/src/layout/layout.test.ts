import type { Layout, SpecModule } from "@jaunt/core";
import { describe, expect, test } from "vitest";
import { conventions } from "./conventions.ts";
import { place } from "./place.ts";
import { scopeOf, type Scope } from "./settings.ts";
import { moveSpecifier, specifierOf } from "./specifier.ts";

const scope: Scope = {
  directory: ".",
  tsconfig: "tsconfig.json",
  specifierStyle: "js",
  paths: {},
  dependencies: [],
  imports: {},
  commonjs: false,
  flags: {},
};
const layoutWith = (...scopes: readonly Scope[]): Layout => ({
  sourceRoots: ["src"],
  testRoots: ["tests"],
  generatedDir: "__generated__",
  testRunner: "vitest",
  settings: { scopes, packages: [] },
});
const moduleAt = (path: string, more: Partial<SpecModule> = {}): SpecModule => ({
  id: path.replace(/\.jaunt\..*/, ""),
  path,
  language: "typescript",
  role: "build",
  specs: [],
  outline: { imports: [], reexports: [], declarations: [] },
  ...more,
});

describe("place", () => {
  test.each([
    ["src/email.jaunt.ts", "src/__generated__/email.ts", "src/email.ts"],
    ["src/ui/button.jaunt.tsx", "src/ui/__generated__/button.tsx", "src/ui/button.tsx"],
    ["lib/a.b.jaunt.mts", "lib/__generated__/a.b.mts", "lib/a.b.mts"],
    ["old.jaunt.cts", "__generated__/old.cts", "old.cts"],
  ])("puts %s into %s behind %s", (path, generated, facade) => {
    expect(place(moduleAt(path), layoutWith(scope))).toEqual({ generated, facade });
  });

  test("gives a test spec a test file and no facade", () => {
    expect(place(moduleAt("tests/email.jaunt.ts", { role: "test" }), layoutWith(scope))).toEqual({
      generated: "tests/__generated__/email.test.ts",
    });
  });
});

describe("specifiers", () => {
  test.each([
    ["js", "src/email.jaunt.ts", "../email.jaunt.js"],
    ["ts", "src/email.jaunt.tsx", "../email.jaunt.tsx"],
    ["none", "src/email.jaunt.ts", "../email.jaunt"],
    ["none", "src/email.jaunt.mts", "../email.jaunt.mjs"],
    ["js", "src/old.cts", "../old.cjs"],
    ["js", "src/__generated__/email.ts", "./email.js"],
  ] as const)("end by style %s: %s is %s", (specifierStyle, to, specifier) => {
    expect(specifierOf("src/__generated__/x.ts", to, layoutWith({ ...scope, specifierStyle }))).toBe(specifier);
  });

  test.each([
    ["./util.js", "../util.js"],
    ["../shared/util", "../../shared/util"],
    ["./__generated__/util.js", "./util.js"],
    ["./util.jaunt.js", "../util.js"],
    ["@/util.jaunt", "@/util"],
    ["./data.json", "../data.json"],
    [".", ".."],
    ["./", "../"],
    ["..", "../.."],
    ["../../outside.js", "../../../outside.js"],
    ["../../../above-the-root.js", "../../../../above-the-root.js"],
    ["lodash/fp", "lodash/fp"],
    ["#internal", "#internal"],
  ])("move one folder deeper: %s is %s", (specifier, moved) => {
    expect(moveSpecifier(specifier, "packages/src/email.jaunt.ts", "packages/src/__generated__/email.ts")).toBe(moved);
  });
});

describe("scopeOf", () => {
  const app = { ...scope, directory: "src", tsconfig: "tsconfig.app.json" };
  const node = { ...scope, directory: "src", tsconfig: "tsconfig.node.json", files: ["src/server.jaunt.ts"] };

  test.each([
    ["src/page.ts", "tsconfig.app.json"],
    ["src/server.jaunt.ts", "tsconfig.node.json"],
    ["vite.config.ts", "tsconfig.json"],
    ["srcs/x.ts", "tsconfig.json"],
  ])("takes the deepest folder, and in one folder the scope that names the file: %s in %s", (path, tsconfig) => {
    expect(scopeOf(path, { scopes: [scope, node, app], packages: [] }).tsconfig).toBe(tsconfig);
  });

  test("prefers a folder with a name of one letter to the root", () => {
    expect(
      scopeOf("a/x.ts", { scopes: [scope, { ...scope, directory: "a", tsconfig: "a/tsconfig.json" }], packages: [] })
        .tsconfig,
    ).toBe("a/tsconfig.json");
  });
});

describe("conventions", () => {
  const rulesOf = (module: SpecModule): readonly string[] =>
    conventions(module, layoutWith(scope)).rules.map((rule) => rule.id);
  const withDoc = (doc: string): SpecModule =>
    moduleAt("src/x.jaunt.ts", {
      specs: [
        {
          ref: "src/x:f",
          name: "f",
          kind: "function",
          form: "declare",
          spans: [],
          signature: "function f(): void",
          signatureDigest: "",
          doc,
          prompts: [],
          examples: [],
          members: [],
          uses: [],
          keptDigest: "",
        },
      ],
    });

  test.each([
    ["Share of each kind, by file name without folders.", "no-files", true],
    ["Yields the messages of an mbox file one by one.", "no-files", true],
    ["Reads the configuration file.", "no-files", false],
    ["Fetches the page.", "no-network", false],
    ["Splits HTTP headers.", "no-network", true],
    ["Runs a command and gives its output.", "no-processes", false],
    ["Uses `process.env` for the level.", "no-environment", false],
    ["The mail envelope.", "no-environment", true],
  ])("%s has the rule %s: %s", (doc, id, has) => {
    expect(rulesOf(withDoc(doc)).includes(id)).toBe(has);
  });

  test("an imported built-in states its effect", () => {
    const imports = [{ local: "readFile", imported: "readFile", specifier: "node:fs/promises", typeOnly: false }];
    expect(
      rulesOf(moduleAt("src/x.jaunt.ts", { outline: { imports, reexports: [], declarations: [] } })),
    ).not.toContain("no-files");
  });

  test("packages are the declared ones and those the spec file imports, without types, aliases and built-ins", () => {
    const specifiers = [
      "@acme/util/deep",
      "@/local.js",
      "#internal",
      "node:path",
      "path/posix",
      "./x.js",
      "@jaunt/spec",
    ];
    const imports = specifiers.map((specifier, index) => ({
      local: `n${index}`,
      imported: "x",
      specifier,
      typeOnly: false,
    }));
    const module = moduleAt("src/x.jaunt.ts", { outline: { imports, reexports: [], declarations: [] } });
    const layout = layoutWith({
      ...scope,
      paths: { "@/*": ["src/*"] },
      dependencies: ["zod", "@types/node", "@jaunt/spec"],
    });
    expect(conventions(module, layout).packages).toEqual(["@acme/util", "zod"]);
  });
});
