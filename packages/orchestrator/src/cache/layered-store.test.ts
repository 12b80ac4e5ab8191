import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GenerateResponse } from "@jaunt/core";
import { afterEach, expect, test } from "vitest";
import { layerStores } from "./layered-store.ts";
import type { RemoteStore } from "./remote-store.ts";
import { openResponseStore } from "./response-store.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "jaunt-layers-"));
  folders.push(folder);
  return folder;
}

/** What a team shares, with every key that was asked for. */
function sharedReplies(
  replies: Record<string, GenerateResponse>,
): RemoteStore & { readonly asked: readonly string[]; readonly replies: Record<string, GenerateResponse> } {
  const asked: string[] = [];
  return {
    asked,
    replies,
    get(key) {
      asked.push(key);
      return Promise.resolve(replies[key]);
    },
    put(key, response) {
      replies[key] = response;
    },
    close: () => Promise.resolve(),
  };
}

function reply(text: string): GenerateResponse {
  const usage = { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 };
  return { text, channel: "text", finish: "stop", usage, model: "m" };
}

test("what this machine has is not asked for elsewhere; what only the team has is kept here", async () => {
  const folder = newFolder();
  const shared = sharedReplies({ theirs: reply("theirs") });
  const store = layerStores(openResponseStore(folder), shared);
  await store.put("ours", reply("ours"));
  expect(await store.get("ours")).toEqual({ response: reply("ours"), from: "local" });
  expect(await store.get("theirs")).toEqual({ response: reply("theirs"), from: "remote" });
  expect(await store.get("nobody's")).toBeUndefined();
  expect(shared.asked).toEqual(["theirs", "nobody's"]);
  expect(await layerStores(openResponseStore(folder), undefined).get("theirs")).toMatchObject({ from: "local" });
});

test("a reply is shared when it has led to a good module, once, and never back to where it came from", async () => {
  const shared = sharedReplies({ theirs: reply("theirs") });
  const store = layerStores(openResponseStore(newFolder()), shared);
  await store.put("ours", reply("ours"));
  await store.get("theirs");
  expect(Object.keys(shared.replies)).toEqual(["theirs"]);
  store.share("ours");
  delete shared.replies["theirs"];
  store.share("theirs");
  expect(shared.replies).toEqual({ ours: reply("ours") });
  delete shared.replies["ours"];
  store.share("ours");
  expect(shared.replies).toEqual({});
});

test("what an interrupted build left here is shared by the build that uses it", async () => {
  const folder = newFolder();
  await layerStores(openResponseStore(folder), undefined).put("key", reply("early"));
  const shared = sharedReplies({});
  const store = layerStores(openResponseStore(folder), shared);
  await store.get("key");
  store.share("key");
  expect(shared.replies).toEqual({ key: reply("early") });
});

test("a reply that led nowhere comes back from neither place, in this build and the next", async () => {
  const folder = newFolder();
  const shared = sharedReplies({ key: reply("useless") });
  const store = layerStores(openResponseStore(folder), shared);
  await store.get("key");
  await store.reject("key");
  expect(await store.get("key")).toBeUndefined();
  store.share("key");
  const next = layerStores(openResponseStore(folder), shared);
  expect(await next.get("key")).toBeUndefined();
  expect(shared.asked).toEqual(["key"]);

  await next.put("key", reply("useful"));
  expect(await next.get("key")).toEqual({ response: reply("useful"), from: "local" });
  next.share("key");
  expect(shared.replies).toEqual({ key: reply("useful") });
});

test("where nothing can be kept, a rejected reply still does not come back in this build", async () => {
  const shared = sharedReplies({ key: reply("useless") });
  const store = layerStores(
    { get: () => Promise.resolve(undefined), put: () => Promise.resolve(), reject: () => Promise.resolve() },
    shared,
  );
  await store.reject("key");
  expect(await store.get("key")).toBeUndefined();
});
