import { expect, test } from "vitest";
import { withPauses } from "./with-pauses.ts";

test("gives every item in order and lets the event loop turn on the way", async () => {
  const items = Array.from({ length: 1000 }, (_, index) => index);
  const seen: number[] = [];
  let seenAtTurn: number | undefined;
  setImmediate(() => {
    seenAtTurn = seen.length;
  });
  for await (const item of withPauses(items)) seen.push(item);
  expect(seen).toEqual(items);
  expect(seenAtTurn).toBeLessThan(items.length);
});
