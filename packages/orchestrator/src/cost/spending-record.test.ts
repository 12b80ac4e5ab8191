import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordSpending } from "./spending-record.ts";

const [monday, tuesday] = [new Date("2026-11-23T10:00:00Z"), new Date("2026-11-24T10:00:00Z")];
const empty = { dollars: 0, tokens: 0, unpriced_tokens: 0, since: null };
let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "jaunt-spending-"));
});
afterEach(() => rmSync(root, { recursive: true }));

test("what builds spend adds up, the unpriced apart", () => {
  expect(recordSpending(root, { dollars: 0.25, tokens: 100 }, monday)).toEqual({
    dollars: 0.25,
    tokens: 100,
    unpriced_tokens: 0,
    since: "2026-11-23",
  });
  expect(recordSpending(root, { dollars: undefined, tokens: 40 }, tuesday)).toEqual({
    dollars: 0.25,
    tokens: 140,
    unpriced_tokens: 40,
    since: "2026-11-23",
  });
  expect(recordSpending(root, { dollars: 0.5, tokens: 10 }, tuesday)).toEqual({
    dollars: 0.75,
    tokens: 150,
    unpriced_tokens: 40,
    since: "2026-11-23",
  });
});

test("a build that spends nothing writes nothing", () => {
  expect(recordSpending(root, { dollars: 0, tokens: 0 }, monday)).toEqual(empty);
  recordSpending(root, { dollars: 1, tokens: 1 }, monday);
  expect(recordSpending(root, { dollars: 0, tokens: 0 }, tuesday)).toMatchObject({ dollars: 1, tokens: 1 });
});

test.each([
  "",
  "{",
  "[]",
  '{"dollars":-1,"tokens":1,"unpriced_tokens":0,"since":"2026-11-23"}',
  '{"dollars":1e999,"tokens":1,"unpriced_tokens":0,"since":"2026-11-23"}',
  '{"dollars":1,"tokens":1,"unpriced_tokens":0,"since":"<b>"}',
])("a damaged record begins anew: %s", (text) => {
  mkdirSync(join(root, ".jaunt"));
  writeFileSync(join(root, ".jaunt/spending.json"), text);
  expect(recordSpending(root, { dollars: 1, tokens: 2 }, monday)).toEqual({
    dollars: 1,
    tokens: 2,
    unpriced_tokens: 0,
    since: "2026-11-23",
  });
});

test("a record that cannot be written costs no build", () => {
  writeFileSync(join(root, ".jaunt"), "");
  expect(recordSpending(root, { dollars: 1, tokens: 2 }, monday)).toMatchObject({ dollars: 1 });
});
