import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GenerateResponse } from "@jaunt/core";
import cacache from "cacache";
import { afterEach, beforeEach, expect, test } from "vitest";
import { measure } from "./cache-folder.ts";
import { countReplies, pruneReplies } from "./prune-replies.ts";
import { openResponseStore } from "./response-store.ts";

const day = 24 * 3600 * 1000;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jaunt-prune-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function reply(text: string): GenerateResponse {
  const usage = { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 };
  return { text, channel: "text", finish: "stop", usage, model: "m" };
}

/** Stores a reply that was used last so many days before `now`. */
async function store(key: string, text: string, now: number, daysAgo: number): Promise<void> {
  await openResponseStore(folder).put(key, reply(text));
  const { path } = (await cacache.get.info(folder, key))!;
  const time = new Date(now - daysAgo * day);
  utimesSync(path, time, time);
}

async function keys(): Promise<readonly string[]> {
  return Object.keys(await cacache.ls(folder)).sort();
}

test("what was not used for long goes, with its bytes", async () => {
  const now = Date.now() + 100 * day;
  await store("old", "o".repeat(5_000), now, 40);
  await store("new", "n", now, 3);
  const before = measure(folder).bytes;
  const result = await pruneReplies(folder, { olderThanMs: 30 * day }, now);
  expect(result).toMatchObject({ removed: 1, kept: 1 });
  expect(result.freedBytes).toBeGreaterThan(5_000);
  expect(before - measure(folder).bytes).toBe(result.freedBytes);
  expect(await keys()).toEqual(["new"]);
  expect(await openResponseStore(folder).get("new")).toEqual(reply("n"));
});

test("a hit counts as use", async () => {
  const now = Date.now();
  await store("key", "k", now, 40);
  const { path } = (await cacache.get.info(folder, "key"))!;
  await openResponseStore(folder).get("key");
  expect(now - statSync(path).mtimeMs).toBeLessThan(60_000);
});

test("of too many bytes the least recently used go, and equal replies count once", async () => {
  const now = Date.now() + 100 * day;
  await store("a", "a".repeat(1_000), now, 4);
  await store("b", "b".repeat(1_000), now, 3);
  await store("c", "c".repeat(1_000), now, 2);
  await store("twin of c", "c".repeat(1_000), now, 2);
  expect(await pruneReplies(folder, { maxBytes: 2_500 }, now)).toMatchObject({ removed: 1, kept: 3 });
  expect(await keys()).toEqual(["b", "c", "twin of c"]);
  expect(await pruneReplies(folder, { maxBytes: 0 }, now)).toMatchObject({ removed: 3, kept: 0 });
  expect(await keys()).toEqual([]);
});

test("without limits only what is damaged or belongs to nothing goes", async () => {
  const now = Date.now();
  await store("good", "g", now, 400);
  await store("bad", "b", now, 1);
  await store("gone", "x".repeat(3_000), now, 1);
  writeFileSync((await cacache.get.info(folder, "bad"))!.path, "damaged");
  await cacache.rm.entry(folder, "gone");
  const result = await pruneReplies(folder, {}, now);
  expect(result).toMatchObject({ removed: 1, kept: 1 });
  expect(result.freedBytes).toBeGreaterThan(3_000);
  expect(await keys()).toEqual(["good"]);
});

test("marks of rejected replies are no replies; they stay until they are old", async () => {
  const now = Date.now();
  const replies = openResponseStore(folder);
  await replies.put("key", reply("useless"));
  await replies.reject("key");
  expect(await countReplies(folder)).toBe(0);
  expect(await pruneReplies(folder, { maxBytes: 0 }, now)).toMatchObject({ removed: 0, kept: 0 });
  expect(await replies.get("key")).toBe("rejected");
  await pruneReplies(folder, { olderThanMs: day }, now + 2 * day);
  expect(await replies.get("key")).toBeUndefined();
});

test("a store that was never used stays as it is not", async () => {
  const missing = join(folder, "missing");
  expect(await pruneReplies(missing, { maxBytes: 0 }, Date.now())).toEqual({
    removed: 0,
    kept: 0,
    freedBytes: 0,
    keptBytes: 0,
  });
  expect(readdirSync(folder)).toEqual([]);
  expect(await countReplies(missing)).toBe(0);
});
