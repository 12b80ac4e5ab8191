import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createWorkSlots } from "./work-slots.ts";

test("no more work at once than there are places, first come first served", async () => {
  const slots = createWorkSlots(2, () => {});
  const started: string[] = [];
  for (const name of ["a", "b", "c", "d"]) void slots.enter().then(() => started.push(name));
  await nextTurn();
  expect(started).toEqual(["a", "b"]);
  slots.leave();
  await nextTurn();
  expect(started).toEqual(["a", "b", "c"]);
});

test("it is quiet once all places are left, not while someone waits for one", async () => {
  let quiet = 0;
  const slots = createWorkSlots(1, () => (quiet += 1));
  await slots.enter();
  const second = slots.enter();
  slots.leave();
  await nextTurn();
  await second;
  expect(quiet).toBe(0);
  slots.leave();
  await nextTurn();
  expect(quiet).toBe(1);
});

test("what the end of one piece of work starts comes before quiet", async () => {
  let quiet = 0;
  const slots = createWorkSlots(1, () => (quiet += 1));
  await slots.enter();
  void Promise.resolve()
    .then(() => undefined)
    .then(() => slots.enter());
  slots.leave();
  await nextTurn();
  await nextTurn();
  expect(quiet).toBe(0);
});
