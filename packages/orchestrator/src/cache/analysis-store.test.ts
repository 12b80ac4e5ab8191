import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { appendAnalysis, readAnalysis, writeAnalysis, type AnalysisRecord } from "./analysis-store.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jaunt-analysis-"));
  file = join(folder, "below", "analysis.txt");
});
afterEach(() => rmSync(folder, { recursive: true }));

const record = (path: string, hash: string): AnalysisRecord => ({
  kind: "spec",
  path,
  hash,
  value: { of: [path, hash] },
});
const get = (path: string, hash: string, key = "key"): unknown => readAnalysis(file, key).get("spec", path, hash);

describe("records that are appended", () => {
  test("stand beside those that were there, each for one content", () => {
    appendAnalysis(file, "key", [record("a", "1"), record("b", "1")]);
    appendAnalysis(file, "key", [record("a", "2")]);
    expect([get("a", "1"), get("a", "2"), get("b", "1"), get("b", "2")]).toEqual([
      { of: ["a", "1"] },
      { of: ["a", "2"] },
      { of: ["b", "1"] },
      undefined,
    ]);
  });

  test("stand behind those that were written whole", () => {
    const writer = writeAnalysis(file, "key");
    writer.add(record("a", "1"));
    expect(writer.commit()).toBe(true);
    appendAnalysis(file, "key", [record("b", "1")]);
    expect([get("a", "1"), get("b", "1")]).toEqual([{ of: ["a", "1"] }, { of: ["b", "1"] }]);
  });

  test.each(["another key", "damage"])("take the place of what was written under %s", (what) => {
    appendAnalysis(file, "other", [record("a", "1")]);
    if (what === "damage") writeFileSync(file, Buffer.from([0, 255, 10, 0]));
    appendAnalysis(file, "key", [record("b", "1")]);
    expect([get("a", "1", "other"), get("a", "1"), get("b", "1")]).toEqual([undefined, undefined, { of: ["b", "1"] }]);
    expect(readFileSync(file, "utf8").startsWith("jaunt-analysis 1 key\n")).toBe(true);
  });

  test("are read behind a line that was cut off", () => {
    appendAnalysis(file, "key", [record("a", "1")]);
    writeFileSync(file, readFileSync(file).subarray(0, statSync(file).size - 5));
    appendAnalysis(file, "key", [record("b", "1")]);
    expect([get("a", "1"), get("b", "1")]).toEqual([undefined, { of: ["b", "1"] }]);
  });

  test("are left out where nothing can be written", () => {
    writeFileSync(join(folder, "below"), "a file");
    expect(() => appendAnalysis(file, "key", [record("a", "1")])).not.toThrow();
    expect(get("a", "1")).toBeUndefined();
  });
});

test("a record is not looked for in a file that was changed meanwhile", () => {
  appendAnalysis(file, "key", [record("a", "1")]);
  const records = readAnalysis(file, "key");
  appendFileSync(file, "\n");
  // Within one turn of the event loop the file stays open, and is the one that was read.
  expect(records.get("spec", "a", "1")).toEqual({ of: ["a", "1"] });
  return new Promise<void>((resolve) => {
    setImmediate(() => {
      expect(records.get("spec", "a", "1")).toBeUndefined();
      resolve();
    });
  });
});
