import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openContractStore } from "./contract-store.ts";

const contract = { text: "parse(raw: string): Email\nReads.", shape: "ab" };
const digest = "0123456789abcdef";
const file = "01/23456789abcdef.json";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jaunt-contracts-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("what was put is there for the next store, and nothing else is", () => {
  openContractStore(folder).put(digest, contract);
  expect(openContractStore(folder).get(digest)).toEqual(contract);
  expect(openContractStore(folder).get("fedcba9876543210")).toBeUndefined();
});

test.each([
  ["no JSON", "{"],
  ["a list", "[]"],
  ["null", "null"],
  ["another version", JSON.stringify({ version: 2, ...contract })],
  ["no text", JSON.stringify({ version: 1, shape: "" })],
  ["a text that is none", JSON.stringify({ version: 1, text: ["x"], shape: "" })],
  ["too much", JSON.stringify({ version: 1, text: "x".repeat(100_000), shape: "" })],
])("an entry that holds %s counts as absent, and is replaced", (_name, text) => {
  mkdirSync(join(folder, "01"));
  writeFileSync(join(folder, file), text);
  const store = openContractStore(folder);
  expect(store.get(digest)).toBeUndefined();
  store.put(digest, contract);
  expect(store.get(digest)).toEqual(contract);
});

test("what is no digest leads to no file", () => {
  const store = openContractStore(join(folder, "inner"));
  for (const name of ["", "../../etc/passwd", "0123456789ABCDEF", "0123456789abcde/"]) {
    store.put(name, contract);
    expect(store.get(name)).toBeUndefined();
  }
  expect(readdirSync(folder)).toEqual([]);
});

test("a text that is too long is not kept, and a folder that cannot be written is no error", () => {
  openContractStore(folder).put(digest, { text: "x".repeat(100_000), shape: "" });
  expect(readdirSync(folder)).toEqual([]);
  writeFileSync(join(folder, "01"), "in the way");
  expect(() => openContractStore(folder).put(digest, contract)).not.toThrow();
});

test("a folder never holds more than so many entries", () => {
  const store = openContractStore(folder);
  for (let index = 0; index < 700; index += 1) store.put(`01${index.toString(16).padStart(14, "0")}`, contract);
  const held = readdirSync(join(folder, "01")).length;
  expect(held).toBeGreaterThan(300);
  expect(held).toBeLessThanOrEqual(512);
  expect(store.get(`01${(699).toString(16).padStart(14, "0")}`)).toEqual(contract);
});
