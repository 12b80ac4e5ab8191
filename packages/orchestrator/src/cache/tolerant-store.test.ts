import { expect, test } from "vitest";
import { tolerateFailures } from "./tolerant-store.ts";
import type { ResponseStore } from "./response-store.ts";

const reply = {
  text: "",
  channel: "text",
  finish: "stop",
  usage: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
  model: "m",
} as const;

function storeThat(put: () => Promise<void>): ResponseStore {
  return { get: () => Promise.resolve(undefined), put, reject: put };
}

test("a store that cannot be written to is told of once, and stops nothing", async () => {
  const told: string[] = [];
  const store = tolerateFailures(
    storeThat(() => Promise.reject(new Error("the disk is full"))),
    (why) => told.push(why),
  );
  await store.put("a", reply);
  await store.put("b", reply);
  await store.reject("a");
  expect(told).toEqual(["the disk is full"]);
});

test("what is being kept can be waited for by somebody else than who began it", async () => {
  let kept = false;
  let keep = (): void => {};
  const slow = new Promise<void>((resolve) => (keep = resolve)).then(() => void (kept = true));
  const store = tolerateFailures(
    storeThat(() => slow),
    () => {},
  );
  void store.put("a", reply);
  const settled = store.settled();
  expect(kept).toBe(false);
  keep();
  await settled;
  expect(kept).toBe(true);
});
