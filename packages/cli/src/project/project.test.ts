import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JauntError } from "@jaunt/core";
import { expect, onTestFinished, test } from "vitest";
import { createFileReader } from "./file-reader.ts";
import { existingFolder, findRoot } from "./find-root.ts";
import { installLine } from "./install-line.ts";

function folder(...files: readonly string[]): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "jaunt-project-")));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "src", "deep"), { recursive: true });
  for (const file of files) writeFileSync(join(root, file), "");
  return root;
}

test("the root is the nearest folder upward that has a jaunt.toml", () => {
  const root = folder("jaunt.toml");
  expect(findRoot(join(root, "src", "deep"), undefined)).toBe(root);
  writeFileSync(join(root, "src", "jaunt.toml"), "");
  expect(findRoot(join(root, "src", "deep"), undefined)).toBe(join(root, "src"));
});

test("--root is relative to the current directory and is not searched upward", () => {
  const root = folder("jaunt.toml");
  expect(findRoot(join(root, "src"), "..")).toBe(root);
  expect(() => findRoot(root, "src")).toThrow(JauntError);
});

test.each([
  ["no config anywhere", (root: string) => findRoot(root, undefined), "config-missing", "jaunt init"],
  ["no config in --root", (root: string) => findRoot(root, "src"), "config-missing", "jaunt init --root"],
  ["a --root that does not exist", (root: string) => findRoot(root, "nowhere"), "root-missing", "existing folder"],
  ["a --root that is a file", (root: string) => existingFolder(root, "file"), "root-missing", "existing folder"],
])("%s is refused with a way on", (_name, find, code, hint) => {
  const root = folder("file");
  expect(() => find(root)).toThrow(
    expect.objectContaining({ code, exitCode: 2, hint: expect.stringContaining(hint) as string }) as Error,
  );
});

test.each([
  [[], "npm install --save-dev a b"],
  [["package-lock.json"], "npm install --save-dev a b"],
  [["pnpm-lock.yaml"], "pnpm add --save-dev a b"],
  [["yarn.lock"], "yarn add --dev a b"],
  [["bun.lock"], "bun add --dev a b"],
])("with %j packages are installed by: %s", (files, line) => {
  expect(installLine(join(folder(...files), "src"), ["a", "b"])).toBe(line);
});

test("a dependency at run time is no development dependency", () => {
  expect(installLine(folder(), ["a"], { dev: false })).toBe("npm install a");
});

test("a file is read for a frame as it is now, without its byte order mark; one that cannot be read is no error", () => {
  const root = folder("jaunt.toml");
  writeFileSync(join(root, "a.ts"), "\uFEFFfirst");
  const read = createFileReader(join(root, "src"), undefined);
  expect(read("a.ts")).toBe("first");
  writeFileSync(join(root, "a.ts"), "second");
  expect(read("a.ts")).toBe("second");
  expect([read("b.ts"), read("src"), createFileReader("/nowhere", undefined)("a.ts")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
