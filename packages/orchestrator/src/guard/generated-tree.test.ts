import { expect, test } from "vitest";
import { generatedIndex } from "./generated-tree.ts";

const paths = {
  source_roots: ["src", "packages/*/src", "lib/**/code"],
  test_roots: ["tests"],
  generated_dir: "__generated__",
};

test.each<[string, boolean]>([
  ["src/__generated__/a.ts", true],
  ["src/__generated__", true],
  ["src/deep/er/__generated__/x/y.ts", true],
  ["tests/__generated__/examples/src/a.test.ts", true],
  ["packages/app/src/__generated__/a.ts", true],
  ["lib/a/b/code/__generated__/a.ts", true],
  ["lib/code/__generated__/a.ts", true],
  ["src/a.ts", false],
  ["src/__generated__.ts", false],
  ["other/__generated__/a.ts", false],
  ["packages/src/__generated__/a.ts", false],
  ["src/node_modules/x/__generated__/a.ts", false],
  ["../src/__generated__/a.ts", false],
])("%s lies in a generated tree: %j", (path, inside) => {
  expect(generatedIndex(path, paths) !== -1).toBe(inside);
});

test("the project itself may be a root, and the folder may have another name", () => {
  expect(generatedIndex("a/made/b.ts", { source_roots: ["."], test_roots: [], generated_dir: "made" })).toBe(1);
});
