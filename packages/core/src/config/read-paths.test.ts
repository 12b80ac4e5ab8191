import { expect, test } from "vitest";
import { defaultConfig, parseConfig } from "./index.ts";
import { defaultPaths, readPaths } from "./read-paths.ts";

test.each([
  ["an empty file", ""],
  ["a byte order mark", '\uFEFF[paths]\ngenerated_dir = "made"\n'],
  ["all keys", '[paths]\nsource_roots = ["./app/", "packages/*/src"]\ntest_roots = []\ngenerated_dir = "made"\n'],
  ["a dotted key", 'paths.generated_dir = "made"\n'],
  ["an inline table", 'paths = { source_roots = ["."] }\n'],
])("the quick way and the whole one read the same paths: %s", (_name, text) => {
  expect(readPaths(text)).toEqual(parseConfig(text, "jaunt.toml").paths);
});

test("the defaults are those of the schema", () => {
  expect(defaultPaths).toEqual(defaultConfig().paths);
});

test("a key that is not what it should be has its default, whatever stands elsewhere", () => {
  expect(readPaths('typo = 1\n[paths]\ngenerated_dir = 7\nsource_roots = "src"\ntest_roots = ["t"]\n')).toEqual({
    ...defaultPaths,
    test_roots: ["t"],
  });
});

test("what is no TOML is said to be none", () => {
  expect(() => readPaths("[paths")).toThrow();
});
