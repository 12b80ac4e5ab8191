import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createKnownFiles } from "./known-files.ts";

let root = "";
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "jaunt-known-"))));
afterEach(() => rmSync(root, { recursive: true }));

test("a file is added, changed and deleted once each; what holds the same is no change", () => {
  const known = createKnownFiles(root);
  write("a.ts", "1");
  expect([known.compare("a.ts"), known.compare("a.ts")]).toEqual(["added", undefined]);
  write("a.ts", "2");
  expect([known.compare("a.ts"), known.compare("a.ts")]).toEqual(["changed", undefined]);
  utimesSync(join(root, "a.ts"), 1, 1);
  expect(known.compare("a.ts")).toBe(undefined);
  rmSync(join(root, "a.ts"));
  expect([known.compare("a.ts"), known.compare("a.ts")]).toEqual(["deleted", undefined]);
});

test("what was noted as written is no change, and an edit after it is one", () => {
  const known = createKnownFiles(root);
  write("a.ts", "ours");
  known.note("a.ts");
  expect(known.compare("a.ts")).toBe(undefined);
  write("a.ts", "theirs");
  expect(known.compare("a.ts")).toBe("changed");
});

test("a file that came and went between two looks was never there", () => {
  expect(createKnownFiles(root).compare("a.ts.tmp")).toBe(undefined);
});

test("a file that is known only to be there counts as changed, and its folder knows it", () => {
  const known = createKnownFiles(root);
  write("a.ts", "1");
  known.seed("src/b.ts");
  known.seed("a.ts");
  expect(known.below("src")).toEqual(["src/b.ts"]);
  expect([known.compare("a.ts"), known.compare("src/b.ts")]).toEqual(["changed", "deleted"]);
  expect(known.below("src")).toEqual([]);
});

function write(path: string, text: string): void {
  writeFileSync(join(root, path), text);
}
