import { expect, test } from "vitest";
import { createLimiter, type CallEnd, type Limiter, type LimiterState } from "./limiter.ts";

const done: CallEnd = { kind: "done" };
const limited: CallEnd = { kind: "limited", pauseMs: 100 };

test("as many calls run at once as allowed, the others in the order they came", async () => {
  const { limiter, settle } = scene(2);
  const started: number[] = [];
  const ends = [1, 2, 3, 4].map((number) =>
    limiter.enter(never).then((end) => {
      started.push(number);
      return end;
    }),
  );
  await settle();
  expect(started).toEqual([1, 2]);
  (await ends[1]!)(done);
  await settle();
  expect(started).toEqual([1, 2, 3]);
  (await ends[0]!)(done);
  await settle();
  expect(started).toEqual([1, 2, 3, 4]);
});

test("one limited call pauses all and halves how many run at once", async () => {
  const { limiter, settle, changes, sleeps } = scene(8);
  const running = await Promise.all(Array.from({ length: 8 }, () => limiter.enter(never)));
  running[0]!(limited);
  // The others were under way already: their limits are the same news.
  running[1]!(limited);
  expect(changes).toEqual([{ limit: 4, pauseMs: 100 }]);
  for (const end of running.slice(2)) end(done);
  const started: number[] = [];
  for (const number of [1, 2, 3, 4, 5]) void limiter.enter(never).then(() => started.push(number));
  await settle();
  expect(sleeps).toEqual([100]);
  expect(started).toEqual([1, 2, 3, 4, 5].slice(0, changes.at(-1)!.limit));
});

test("good rounds bring the number back, one at a time, and never above where it began", async () => {
  const { limiter, changes } = scene(4);
  const running = await Promise.all(Array.from({ length: 4 }, () => limiter.enter(never)));
  for (const end of running) end(limited);
  for (let call = 0; call < 40; call += 1) (await limiter.enter(never))(done);
  expect(changes.map(({ limit }) => limit)).toEqual([2, 3, 4]);
});

test("it never stops altogether", async () => {
  const { limiter, changes } = scene(1);
  for (let call = 0; call < 3; call += 1) (await limiter.enter(never))(limited);
  expect(changes.every(({ limit }) => limit === 1)).toBe(true);
});

test("one that gives up waiting leaves its place to the next", async () => {
  const { limiter, settle } = scene(1);
  const first = await limiter.enter(never);
  const stop = new AbortController();
  const second = limiter.enter(stop.signal);
  let third = false;
  void limiter.enter(never).then(() => (third = true));
  await settle();
  stop.abort(new Error("stopped"));
  await expect(second).rejects.toThrow("stopped");
  first(done);
  await settle();
  expect(third).toBe(true);
});

const never = new AbortController().signal;

function scene(most: number): {
  readonly limiter: Limiter;
  readonly changes: LimiterState[];
  readonly sleeps: number[];
  settle(): Promise<void>;
} {
  const changes: LimiterState[] = [];
  const sleeps: number[] = [];
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      sleeps.push(milliseconds);
      now += milliseconds;
    },
  };
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  };
  return { limiter: createLimiter(most, clock, (state) => changes.push(state)), changes, sleeps, settle };
}
