import { setTimeout as sleep } from "node:timers/promises";
import * as fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { createReadyQueue } from "./ready-queue.ts";
import { runSchedule, type Schedule, type TaskResult } from "./run-schedule.ts";

const never = new AbortController().signal;

function schedule(needs: Readonly<Record<string, readonly string[]>>, changes: Partial<Schedule> = {}): Schedule {
  return {
    dependencies: new Map(Object.entries(needs)),
    priority: new Map(),
    jobs: 4,
    signal: never,
    run: () => Promise.resolve("done"),
    onBlocked: () => {},
    ...changes,
  };
}

test("a task starts when all it waits for is done, the most urgent first", async () => {
  const order: string[] = [];
  const run = (task: string): Promise<TaskResult> => {
    order.push(task);
    return Promise.resolve("done");
  };
  await runSchedule(
    schedule({ a: [], b: [], c: ["a"], d: ["b", "c"] }, { run, jobs: 1, priority: new Map([["b", 2]]) }),
  );
  expect(order).toEqual(["b", "a", "c", "d"]);
});

test("no more tasks run at once than jobs", async () => {
  let running = 0;
  let peak = 0;
  const run = async (): Promise<TaskResult> => {
    running += 1;
    peak = Math.max(peak, running);
    await sleep(1);
    running -= 1;
    return "done";
  };
  await runSchedule(
    schedule(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`t${index}`, []])), { run, jobs: 7 }),
  );
  expect(peak).toBe(7);
});

test("a failure blocks everything that needs it, once each, naming the root, and nothing else", async () => {
  const blocked: string[] = [];
  const ran: string[] = [];
  await runSchedule(
    schedule(
      { a: [], b: ["a"], c: ["a", "b"], d: ["c", "e"], e: [] },
      {
        run(task) {
          ran.push(task);
          return Promise.resolve(task === "a" ? "failed" : "done");
        },
        onBlocked: (task, root) => blocked.push(`${task} by ${root}`),
      },
    ),
  );
  expect(blocked.sort()).toEqual(["b by a", "c by a", "d by a"]);
  expect(ran.sort()).toEqual(["a", "e"]);
});

test("after an abort nothing starts, and what did not start is returned", async () => {
  const controller = new AbortController();
  const run = (task: string): Promise<TaskResult> => {
    if (task === "a") controller.abort();
    return Promise.resolve("done");
  };
  expect(await runSchedule(schedule({ a: [], b: ["a"], c: [] }, { run, jobs: 1, signal: controller.signal }))).toEqual([
    "b",
    "c",
  ]);
});

test("what stopped neither releases nor blocks", async () => {
  const blocked: string[] = [];
  const run = (): Promise<TaskResult> => Promise.resolve("stopped");
  expect(await runSchedule(schedule({ a: [], b: ["a"] }, { run, onBlocked: (task) => blocked.push(task) }))).toEqual([
    "b",
  ]);
  expect(blocked).toEqual([]);
});

test("an error ends the schedule, once the running tasks ended", async () => {
  let ended = false;
  const run = async (task: string): Promise<TaskResult> => {
    if (task === "a") throw new Error("broken");
    await sleep(20);
    ended = true;
    return "done";
  };
  await expect(runSchedule(schedule({ a: [], b: [], c: ["b"] }, { run }))).rejects.toThrow("broken");
  expect(ended).toBe(true);
});

test("a chain of 10,000 and a fan of 10,000 need no deep stack", async () => {
  const chain = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`t${index}`, index === 0 ? [] : [`t${index - 1}`]]),
  );
  expect(await runSchedule(schedule(chain))).toEqual([]);
  const blocked: string[] = [];
  await runSchedule(schedule(chain, { run: () => Promise.resolve("failed"), onBlocked: (task) => blocked.push(task) }));
  expect(blocked).toHaveLength(9_999);
  const fan = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`t${index}`, index === 0 ? [] : ["t0"]]),
  );
  expect(await runSchedule(schedule(fan, { jobs: 8 }))).toEqual([]);
});

test("with enough jobs a graph takes as long as its longest path", async () => {
  const length = 8;
  const width = 20;
  const needs: Record<string, readonly string[]> = {};
  for (let column = 0; column < width; column += 1) {
    for (let row = 0; row < length; row += 1) needs[`${column}.${row}`] = row === 0 ? [] : [`${column}.${row - 1}`];
  }
  const run = (): Promise<TaskResult> => new Promise((resolve) => setTimeout(() => resolve("done"), 20));
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const ended = vi.fn();
  const running = runSchedule(schedule(needs, { run, jobs: width })).then(ended);
  // Waves would take as long here; a barrier or a slow start of released tasks would not.
  await vi.advanceTimersByTimeAsync(length * 20 - 1);
  expect(ended).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(ended).toHaveBeenCalled();
  await running;
});

test("there are no waves: a long chain starts on while unrelated tasks still run", async () => {
  const ended: string[] = [];
  const run = async (task: string): Promise<TaskResult> => {
    await sleep(task === "slow" ? 120 : 5);
    ended.push(task);
    return "done";
  };
  await runSchedule(schedule({ slow: [], a: [], b: ["a"], c: ["b"] }, { run, jobs: 2 }));
  expect(ended).toEqual(["a", "b", "c", "slow"]);
});

test("every task of any graph runs exactly once, after what it waits for", async () => {
  const graph = fc.array(fc.array(fc.nat(30), { maxLength: 5 }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(graph, fc.integer({ min: 1, max: 6 }), async (lists, jobs) => {
      const needs = Object.fromEntries(
        lists.map((list, index) => [`t${index}`, list.filter((other) => other < index).map((other) => `t${other}`)]),
      );
      const done = new Set<string>();
      const run = async (task: string): Promise<TaskResult> => {
        expect((needs[task] ?? []).every((need) => done.has(need))).toBe(true);
        await Promise.resolve();
        expect(done.has(task)).toBe(false);
        done.add(task);
        return "done";
      };
      expect(await runSchedule(schedule(needs, { run, jobs }))).toEqual([]);
      expect(done.size).toBe(lists.length);
    }),
  );
});

test("a queue hands out by urgency and then by name, whatever the order of arrival", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.nat(5)), { maxLength: 60 }), (pairs) => {
      const urgency = new Map(pairs);
      const queue = createReadyQueue((item) => urgency.get(item) ?? 0);
      for (const item of urgency.keys()) queue.push(item);
      const out: string[] = [];
      for (let item = queue.pop(); item !== undefined; item = queue.pop()) out.push(item);
      const expected = [...urgency]
        .sort((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))
        .map(([item]) => item);
      expect(out).toEqual(expected);
    }),
  );
});
