import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { BatchRecord } from "./batch-record.ts";
import { openBatchStore } from "./batch-store.ts";

const record: BatchRecord = {
  name: "one",
  provider: "p",
  sent_at: 2,
  handle: { id: "batch_1", notes: { channel: "text" } },
  requests: [{ id: "a", module: "src/a", input_tokens: 1, output_tokens: 2 }],
  known: ["batch_0"],
};

test("records are kept, oldest first, until they are removed", () => {
  const { store, folder } = open();
  expect(store.list()).toEqual([]);
  store.save(record);
  store.save({ ...record, name: "before", sent_at: 1, handle: null });
  expect(store.list()).toEqual([{ ...record, name: "before", sent_at: 1, handle: null }, record]);
  expect(readdirSync(folder)).toHaveLength(2);
  store.remove("one");
  store.remove("one");
  expect(store.list().map(({ name }) => name)).toEqual(["before"]);
});

test.each([
  ["half a record", JSON.stringify(record).slice(0, 40)],
  ["a list", "[]"],
  ["a record without requests", JSON.stringify({ ...record, requests: undefined })],
  ["a record with a handle of another kind", JSON.stringify({ ...record, handle: "batch_1" })],
  ["a record of another name", JSON.stringify({ ...record, name: "../../one" })],
])("%s is passed over", (_name, text) => {
  const { store, folder } = open();
  store.save({ ...record, name: "good" });
  writeFileSync(join(folder, "one.json"), text);
  mkdirSync(join(folder, "folder.json"));
  expect(store.list().map(({ name }) => name)).toEqual(["good"]);
});

function open(): { readonly store: ReturnType<typeof openBatchStore>; readonly folder: string } {
  const root = mkdtempSync(join(tmpdir(), "jaunt-batches-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  return { store: openBatchStore(root), folder: join(root, ".jaunt", "batches") };
}
