import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createToyProject, fenced } from "../__fixtures__/toy-project.ts";
import { measure, readCacheFolder } from "./cache-folder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jaunt-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

test("everything that a build leaves in the cache is known", async () => {
  const toy = createToyProject({ "src/a.toy": "spec a(number) -- Alone.\n" });
  toy.replies["src/a"] = fenced("fn a(number) = 1");
  await (await toy.open()).build();
  const { own, foreign } = readCacheFolder(join(toy.root, ".jaunt/cache"));
  toy.remove();
  expect(foreign).toEqual([]);
  expect(new Set(own.map(({ kind }) => kind))).toEqual(new Set(["replies", "contracts", "analysis"]));
});

test.each([
  ["a source file", "email.ts", "export const x = 1;"],
  ["a file that only has our name", "summary.json", '{"name":"my summary"}'],
  ["a folder that only has our name", "responses/mine.txt", "mine"],
  ["a folder of contracts of another kind", "contracts/rent.pdf", "%PDF"],
  ["a stranger's temporary file", "notes.txt.12.jaunt-tmp", ""],
])("%s is foreign", (_name, path, text) => {
  write(path, text);
  expect(readCacheFolder(folder)).toEqual({ own: [], foreign: [path.split("/")[0]] });
});

test("a symbolic link under our name is foreign", () => {
  mkdirSync(join(folder, "elsewhere"));
  symlinkSync(join(folder, "elsewhere"), join(folder, "responses"), "junction");
  expect(readCacheFolder(folder).foreign).toEqual(["elsewhere", "responses"]);
});

test("what a killed process was writing is ours, and dot files count for nothing", () => {
  write("analysis.txt.4711.jaunt-tmp", "jaunt-an");
  write("summary.json.4711.jaunt-tmp", "");
  write(".DS_Store", "x");
  expect(readCacheFolder(folder).own.map(({ kind }) => kind)).toEqual(["analysis", "analysis"]);
  expect(readCacheFolder(folder).foreign).toEqual([]);
});

test("a missing folder is empty and has no size", () => {
  expect(readCacheFolder(join(folder, "missing"))).toEqual({ own: [], foreign: [] });
  expect(measure(join(folder, "missing"))).toEqual({ files: 0, bytes: 0 });
});

test("measuring counts every file below", () => {
  write("a/b/c", "12345");
  write("a/d", "12");
  expect(measure(join(folder, "a"))).toEqual({ files: 2, bytes: 7 });
});
