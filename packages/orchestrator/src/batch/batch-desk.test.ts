import { setImmediate as nextTurn } from "node:timers/promises";
import type { Backend, BatchBackend, BatchState, GenerateRequest, GenerateResponse } from "@jaunt/core";
import { expect, test } from "vitest";
import { createBudget, type Budget } from "../cost/budget.ts";
import type { RunEvent } from "../events.ts";
import { createBatchDesk, type BatchDesk, type BatchDeskSettings } from "./batch-desk.ts";
import type { BatchRecord } from "./batch-record.ts";
import type { BatchStore } from "./batch-store.ts";

const day = 24 * 3_600_000;
const now = Date.UTC(2026, 10, 20);

test("what waits goes as one batch once nothing else can start, and every answer goes to who asked", async () => {
  const world = openWorld();
  const replies = await Promise.all(["a", "b", "c"].map((name) => ask(world, name)));
  expect(replies.map(({ text }) => text)).toEqual(["reply a", "reply b", "reply c"]);
  expect(world.submitted).toEqual([["a", "b", "c"]]);
  expect(world.kept).toEqual(["c", "b", "a"]);
  expect(world.records.size).toBe(0);
});

test("a module that is still worked on holds the batch back", async () => {
  const world = openWorld();
  await world.desk.slots.enter();
  const reply = ask(world, "a");
  await nextTurn();
  expect(world.submitted).toEqual([]);
  world.desk.slots.leave();
  await reply;
  expect(world.submitted).toEqual([["a"]]);
});

test("second attempts do not wait for a batch", async () => {
  const world = openWorld();
  expect((await ask(world, "a", 2)).text).toBe("live a");
  expect(world.submitted).toEqual([]);
});

test("a record is on disk before the batch is submitted, and has the handle right after", async () => {
  const world = openWorld();
  await ask(world, "a");
  expect(world.saved.map(({ handle }) => handle?.id)).toEqual([undefined, "batch-1"]);
  expect(world.savedBeforeSubmission).toBe(1);
});

test("a batch of which the record cannot be written is cancelled: nobody would fetch its answers", async () => {
  const world = openWorld({ failingSave: 2 });
  await expect(ask(world, "a")).rejects.toThrow("disk full");
  expect(world.cancelled).toEqual(["batch-1"]);
  expect(world.records.size).toBe(0);
});

test("what an earlier build submitted is waited for and paid for, not submitted again", async () => {
  const world = openWorld({ records: [record("old", ["a", "gone"])] });
  await Promise.all([ask(world, "a"), ask(world, "b")]);
  expect(world.submitted).toEqual([["b"]]);
  expect(world.kept).toContain("gone");
  expect(world.budget.spending().dollars).toBeCloseTo(3 * 0.5 * 20, 9);
});

test("a batch that nobody waits for sets nothing aside, so that it holds nobody up", async () => {
  const world = openWorld({ records: [record("old", ["gone"])], tokens: 120, states: { "handle-old": "running" } });
  expect((await ask(world, "a")).text).toBe("reply a");
});

test("what nobody waits for is fetched at the end where it is ready, else left for later", async () => {
  const world = openWorld({
    resume: true,
    records: [record("ready", ["gone"]), record("slow", ["other"])],
    states: { "handle-slow": "running" },
  });
  await world.desk.settle();
  expect(world.kept).toEqual(["gone"]);
  expect([...world.records.keys()]).toEqual(["slow"]);
  expect(world.desk.batches().map(({ id, state }) => [id, state])).toEqual([
    ["handle-ready", "ended"],
    ["handle-slow", "running"],
  ]);
});

test("after twenty-nine days a batch is forgotten, and those of another provider are left alone", () => {
  const world = openWorld({
    records: [
      record("new", ["a"], { sent_at: now - 29 * day }),
      record("old", ["b"], { sent_at: now - 29 * day - 1 }),
      record("foreign", ["c"], { provider: "another" }),
    ],
  });
  expect(world.desk.pending().map(({ name }) => name)).toEqual(["new"]);
  expect([...world.records.keys()]).toEqual(["new", "foreign"]);
  expect(world.events).toMatchObject([
    { type: "warning", message: expect.stringContaining("2026-10-21 is forgotten") },
  ]);
});

test("a build that does not read what was asked before leaves batches alone", () => {
  expect(openWorld({ read: false, records: [record("old", ["a"])] }).desk.pending()).toEqual([]);
});

test("usage that a provider does not tell is estimated from what was sent", async () => {
  const usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 5, reasoning: 0, estimated: true as const };
  const world = openWorld({ usage });
  expect((await ask(world, "a")).usage).toMatchObject({ input: 2, estimated: true });
});

test("requests of a build that is ending are not sent", async () => {
  const world = openWorld();
  const stop = new AbortController();
  await world.desk.slots.enter();
  void world.backend.generate(requestOf("a"), { signal: stop.signal });
  stop.abort();
  await nextTurn();
  await nextTurn();
  expect(world.submitted).toEqual([]);
});

interface World {
  readonly desk: BatchDesk;
  readonly backend: Backend;
  readonly budget: Budget;
  readonly submitted: string[][];
  readonly kept: string[];
  readonly cancelled: string[];
  readonly saved: BatchRecord[];
  readonly records: Map<string, BatchRecord>;
  readonly events: RunEvent[];
  savedBeforeSubmission: number;
}

interface WorldOptions extends Partial<Pick<BatchDeskSettings, "resume" | "read">> {
  readonly records?: readonly BatchRecord[];
  /** Of batches by id; others have ended. */
  readonly states?: Readonly<Record<string, BatchState["state"]>>;
  readonly tokens?: number;
  readonly usage?: GenerateResponse["usage"];
  /** Which save fails. */
  readonly failingSave?: number;
}

/** A desk with a provider that answers every batch at the first poll, in another order; ten tokens in and ten out, a dollar each. */
function openWorld(options: WorldOptions = {}): World {
  const records = new Map((options.records ?? []).map((record) => [record.name, record]));
  const world = { submitted: [], kept: [], cancelled: [], saved: [], events: [], savedBeforeSubmission: 0 };
  const state: Omit<World, "desk" | "backend" | "budget"> = { ...world, records };
  const rate = { base: 1_000_000, tiers: [] };
  const price = { input: rate, cacheRead: rate, cacheWrite: rate, output: rate, source: "config" } as const;
  const budget = createBudget({ dollars: 1_000_000, tokens: options.tokens ?? 1_000_000, price });
  const requests = new Map(
    [...records.values()].map((one) => [`handle-${one.name}`, one.requests.map(({ id }) => id)]),
  );
  const usage = options.usage ?? { input: 10, cacheRead: 0, cacheWrite: 0, output: 10, reasoning: 0 };
  const batch: BatchBackend = {
    divide: (all) => [all],
    submit(draft) {
      state.submitted.push(draft.requests.map(({ id }) => id));
      state.savedBeforeSubmission = state.saved.length;
      const id = `batch-${String(state.submitted.length)}`;
      requests.set(
        id,
        draft.requests.map((one) => one.id),
      );
      return Promise.resolve({ id, notes: {} });
    },
    find: () => Promise.resolve(undefined),
    poll({ id }) {
      const counts = { running: 0, succeeded: 0, failed: 0 };
      const current = options.states?.[id] ?? "ended";
      const results = [...(requests.get(id) ?? [])]
        .reverse()
        .map((key) => ({ id: key, response: replyOf(`reply ${key}`, usage) }));
      return Promise.resolve(current === "running" ? { state: current, counts } : { state: current, counts, results });
    },
    cancel: ({ id }) => Promise.resolve(void state.cancelled.push(id)),
  };
  const live: Backend = {
    apiVersion: 1,
    name: "live",
    generate: ({ label }) => Promise.resolve(replyOf(`live ${label}`, usage)),
  };
  const store: BatchStore = {
    list: () => [...records.values()],
    save(saved) {
      state.saved.push(saved);
      if (state.saved.length === options.failingSave) throw new Error("disk full");
      records.set(saved.name, saved);
    },
    remove: (name) => void records.delete(name),
  };
  const desk = createBatchDesk({
    jobs: 4,
    store,
    provider: "this one",
    signal: new AbortController().signal,
    read: options.read ?? true,
    resume: options.resume ?? false,
    open: () => Promise.resolve({ backend: live, batch, budget }),
    keep: (key) => Promise.resolve(void state.kept.push(key)),
    keyOf: ({ label }) => label,
    emit: (event) => void state.events.push(event),
    now: () => now,
    sleep: () => Promise.resolve(),
  });
  return Object.assign(state, { desk, backend: desk.wrap(live), budget });
}

async function ask({ desk, backend }: World, name: string, attempt = 1): Promise<GenerateResponse> {
  await desk.slots.enter();
  try {
    return await backend.generate({ ...requestOf(name), attempt }, { signal: new AbortController().signal });
  } finally {
    desk.slots.leave();
  }
}

function requestOf(label: string): GenerateRequest {
  const part = { name: "spec", role: "user", stability: "module", text: "1234567" } as const;
  return { label, attempt: 1, prompt: [part], model: "", maxOutputTokens: 100 };
}

function replyOf(text: string, usage: GenerateResponse["usage"]): GenerateResponse {
  return { text, channel: "text", finish: "stop", usage, model: "m" };
}

function record(name: string, ids: readonly string[], changes: Partial<BatchRecord> = {}): BatchRecord {
  return {
    name,
    provider: "this one",
    sent_at: now,
    handle: { id: `handle-${name}`, notes: {} },
    requests: ids.map((id) => ({ id, module: id, input_tokens: 2, output_tokens: 100 })),
    known: [],
    ...changes,
  };
}
