import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { discoverFiles, type FoundFiles } from "./discover-files.ts";
import { expandRoots } from "./expand-roots.ts";
import { readIgnoredFolders } from "./read-ignored-folders.ts";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "jaunt-discover-")));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), "");
  }
}

function roots(source: readonly string[], test: readonly string[] = []): ReturnType<typeof expandRoots> {
  return expandRoots(root, { source_roots: source, test_roots: test, generated_dir: "__generated__" });
}

function find(source: readonly string[], test: readonly string[] = []): FoundFiles {
  return discoverFiles(root, {
    roots: roots(source, test),
    generatedDir: "__generated__",
    isSpec: (path) => path.endsWith(".toy"),
  });
}

function specs(source: readonly string[], test: readonly string[] = []): readonly string[] {
  return find(source, test).specs.map(({ path, role }) => `${role} ${path}`);
}

test("spec files are found at any depth, in code-unit order, and what is no spec is not", () => {
  put("src/b.toy", "src/B.toy", "src/a/z.toy", "src/a.txt", "other/c.toy");
  expect(specs(["src"])).toEqual(["build src/B.toy", "build src/a/z.toy", "build src/b.toy"]);
});

test("files of other people and of tools are left out", () => {
  put("node_modules/p/a.toy", ".hidden/a.toy", "src/node_modules/a.toy", "src/.cache/a.toy", "src/a.toy");
  put("package.json", "dist/a.toy", "build/a.toy", "coverage/a.toy", "src/build/kept.toy");
  expect(specs(["."])).toEqual(["build src/a.toy", "build src/build/kept.toy"]);
});

test("folders that git ignores are left out, unless the config names them", () => {
  writeFileSync(join(root, ".gitignore"), "# out\n/tmp/\nvendor\ndocs/*/old\n*.bak\n!keep.bak\n");
  put(
    "tmp/a.toy",
    "src/vendor/a.toy",
    "docs/x/old/a.toy",
    "docs/x/new/a.toy",
    "src/x.bak/a.toy",
    "src/keep.bak/a.toy",
    "src/tmp/a.toy",
  );
  expect(specs(["."])).toEqual(["build docs/x/new/a.toy", "build src/keep.bak/a.toy", "build src/tmp/a.toy"]);
  expect(specs(["tmp"])).toEqual(["build tmp/a.toy"]);
});

test.each([
  ["dist", "a/dist", true],
  ["dist/", "dist", true],
  ["/dist", "a/dist", false],
  ["a/dist", "b/a/dist", false],
  ["**/dist", "a/b/dist", true],
  ["a/**/dist", "a/dist", true],
  ["a/**", "a/b", true],
  ["di?t", "dist", true],
  ["d.st", "dist", false],
  ["(app)", "(app)", true],
])("the rule %s and the folder %s: %s", (rule, folder, ignored) => {
  writeFileSync(join(root, ".gitignore"), `${rule}\n`);
  expect(readIgnoredFolders(root)(folder)).toBe(ignored);
});

test("the longest root that holds a file decides what it is", () => {
  put("src/a.toy", "src/tests/b.toy", "src/tests/code/c.toy");
  expect(specs(["src", "src/tests/code"], ["src/tests"])).toEqual([
    "build src/a.toy",
    "test src/tests/b.toy",
    "build src/tests/code/c.toy",
  ]);
});

test("one folder cannot hold sources and tests", () => {
  put("packages/a/src/a.toy");
  expect(() => roots(["packages/*/src"], ["packages/a/src"])).toThrow(
    expect.objectContaining({ code: "roots-overlap", exitCode: 2 }) as Error,
  );
});

test("globs name folders; other signs in a root are part of its name, and a missing root is none", () => {
  put("packages/a/src/a.toy", "packages/b/src/b.toy", "packages/b/node_modules/src/c.toy", "(app)/[slug]/d.toy");
  expect(roots(["packages/*/src", "(app)/[slug]", "absent"]).source).toEqual([
    "(app)/[slug]",
    "packages/a/src",
    "packages/b/src",
  ]);
  expect(roots(["(app)/*"]).source).toEqual(["(app)/[slug]"]);
});

test("generated files of sources and tests are found, those of other projects are not", () => {
  put(
    "src/__generated__/a.out",
    "src/x/__generated__/deep/b.out",
    "tests/__generated__/t.out",
    "src/nested/jaunt.toml",
    "src/nested/__generated__/c.out",
    "src/nested/c.toy",
  );
  expect(find(["src"], ["tests"]).generated).toEqual([
    "src/__generated__/a.out",
    "src/x/__generated__/deep/b.out",
    "tests/__generated__/t.out",
  ]);
  expect(specs(["src"])).toEqual([]);
});

test("specs inside generated folders are none", () => {
  put("src/__generated__/a.toy");
  expect(specs(["src"])).toEqual([]);
});

test("symbolic links lead neither out of the project nor into loops", () => {
  put("src/a.toy");
  const outside = mkdtempSync(join(tmpdir(), "jaunt-outside-"));
  try {
    writeFileSync(join(outside, "secret.toy"), "");
    symlinkSync(join(outside, "secret.toy"), join(root, "src/stolen.toy"));
    symlinkSync(outside, join(root, "src/outside"), "junction");
    symlinkSync(join(root, "src"), join(root, "src/loop"), "junction");
    symlinkSync(join(root, "src/a.toy"), join(root, "src/linked.toy"));
    symlinkSync(join(root, "src/gone.toy"), join(root, "src/broken.toy"));
    expect(specs(["src"])).toEqual(["build src/a.toy", "build src/linked.toy"]);
  } finally {
    rmSync(outside, { recursive: true });
  }
});
