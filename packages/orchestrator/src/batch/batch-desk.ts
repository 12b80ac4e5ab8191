import {
  BackendError,
  JauntError,
  type Backend,
  type BatchBackend,
  type BatchState,
  type GenerateRequest,
  type GenerateResponse,
} from "@jaunt/core";
import type { CallBound, Reservation } from "../cost/budget.ts";
import { batchRate } from "../cost/prices.ts";
import type { RunEvent } from "../events.ts";
import type { OpenedBackend } from "../generate/paid-backend.ts";
import { countInput, overBudget } from "../generate/with-budget.ts";
import type { BatchSummary } from "../reports.ts";
import { newBatchRecord, type BatchRecord } from "./batch-record.ts";
import type { BatchStore } from "./batch-store.ts";
import { followBatch } from "./follow-batch.ts";
import { deliver, outstandingBatch, type Outcome, type Outstanding, type Waiter } from "./outstanding.ts";
import { reserveRequests } from "./reserve-requests.ts";
import { recoverBatch, submitBatch, type SubmitContext } from "./submit-batch.ts";
import { createWorkSlots, type WorkSlots } from "./work-slots.ts";

export interface BatchDeskSettings {
  /** Modules that are worked on at once; those that wait for a batch do not count. */
  readonly jobs: number;
  readonly store: BatchStore;
  /** Digest of who is asked. */
  readonly provider: string;
  readonly signal: AbortSignal;
  /** False: batches that earlier builds submitted are left alone. */
  readonly read: boolean;
  /** True: they are asked for even when nobody waits for them. */
  readonly resume: boolean;
  open(): Promise<OpenedBackend>;
  /** Puts a reply into the reply cache. */
  keep(key: string, response: GenerateResponse): Promise<void>;
  keyOf(request: GenerateRequest): string;
  emit(event: RunEvent): void;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Settles after the time, and rejects when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Collects the first attempts of modules until all that could start waits here, sends them as one batch, and hands out the answers. */
export interface BatchDesk {
  /** Where modules wait for their turn to be worked on. */
  readonly slots: WorkSlots;
  /** First attempts go by batch; repairs, and what the batch left unanswered, to `live`. */
  wrap(live: Backend): Backend;
  /** Batches that earlier builds submitted and did not wait for. */
  pending(): readonly BatchRecord[];
  /** Fetches what else has come back by now, once the build has what it needs. */
  settle(): Promise<void>;
  /** Every batch that this build has to do with. */
  batches(): readonly BatchSummary[];
  /** Ends all waiting; batches go on at the provider. */
  close(): void;
}

interface Parked extends Waiter {
  readonly key: string;
  readonly request: GenerateRequest;
  readonly signal: AbortSignal;
}

/** Vendors keep results for twenty-nine days. */
const longestKeptMs = 29 * 24 * 3_600_000;

/** A desk where nobody waits yet. */
export function createBatchDesk(settings: BatchDeskSettings): BatchDesk {
  const { store, open, emit, keyOf } = settings;
  const closing = new AbortController();
  const signal = AbortSignal.any([settings.signal, closing.signal]);
  const parked: Parked[] = [];
  const seen: Outstanding[] = [];
  let earlier: Promise<void> | undefined;
  const slots = createWorkSlots(settings.jobs, () => void flush());
  const isOut = ({ summary }: Outstanding): boolean => summary.state === "running";
  const warn = (message: string): void => emit({ type: "warning", message });

  async function flush(): Promise<void> {
    // Modules of a build that is ending do not wait any more.
    const taken = parked.splice(0).filter((entry) => !entry.signal.aborted);
    if (taken.length === 0 || signal.aborted) return;
    try {
      await serve(taken);
    } catch (error) {
      for (const entry of taken) entry.reject(error);
    }
  }

  async function serve(taken: readonly Parked[]): Promise<void> {
    const opened = await open();
    const batch = batchOf(opened);
    await (earlier ??= takeOver(batch));
    const homes = new Map(seen.filter(isOut).flatMap((one) => one.record.requests.map(({ id }) => [id, one] as const)));
    const rest: Parked[] = [];
    const ends: Promise<void>[] = [];
    for (const entry of taken) {
      const home = homes.get(entry.key);
      if (home === undefined) rest.push(entry);
      else {
        addTo(home.waiting, entry);
        commit(home, opened);
        ends.push(follow(home, batch));
      }
    }
    await Promise.all([...ends, submitAll(rest, opened, batch)]);
  }

  /** What the budget does not allow now goes as soon as it is known what this batch really cost. */
  async function submitAll(entries: readonly Parked[], opened: OpenedBackend, batch: BatchBackend): Promise<void> {
    const groups = new Map<string, Parked[]>();
    for (const entry of entries) addTo(groups, entry);
    for (let left = [...groups.values()]; left.length > 0;) {
      const reservations = await reserveRequests(left.map(boundOf), opened.budget);
      const paid = left.slice(0, reservations.length);
      left = left.slice(reservations.length);
      if (paid.length === 0) {
        for (const entry of left.flat()) entry.reject(overBudget());
        return;
      }
      await submit(paid, reservations, batch, left.length);
    }
  }

  async function submit(
    groups: readonly (readonly Parked[])[],
    reservations: readonly (Reservation | undefined)[],
    batch: BatchBackend,
    left: number,
  ): Promise<void> {
    const byKey = new Map(
      groups.map((group, index) => [keyOfGroup(group), { group, reservation: reservations[index] }]),
    );
    const requests = groups.flatMap(([first]) =>
      first === undefined ? [] : [{ id: first.key, request: first.request }],
    );
    const ends: Promise<void>[] = [];
    for (const portion of batch.divide(requests)) {
      const record = newBatchRecord(portion, settings.provider, settings.now(), known());
      const one = outstandingBatch(
        await submitBatch(submitContext(batch), record, { name: record.name, requests: portion }),
      );
      for (const { id } of portion) {
        const { group = [], reservation } = byKey.get(id) ?? {};
        one.waiting.set(id, [...group]);
        if (reservation !== undefined) one.reservations.set(id, reservation);
      }
      seen.push(one);
      announce(one, { resumed: false, left });
      ends.push(follow(one, batch));
    }
    await Promise.all(ends);
  }

  /** Puts the batches of earlier builds among ours. */
  async function takeOver(batch: BatchBackend): Promise<void> {
    for (const record of pending()) {
      const handle = record.handle ?? (await recoverBatch(submitContext(batch), record));
      if (handle === undefined) {
        warn(
          "An earlier build was stopped while it submitted a batch, and the provider has none of it: it is sent again.",
        );
        store.remove(record.name);
        continue;
      }
      const found = { ...record, handle };
      if (record.handle === null) store.save(found);
      const one = outstandingBatch(found);
      seen.push(one);
      announce(one, { resumed: true, left: 0 });
    }
  }

  /** Pays for a batch that an earlier build submitted; only once its end is near, for what is set aside holds up other calls. */
  function commit({ record, reservations }: Outstanding, { budget }: OpenedBackend): void {
    if (budget === undefined || reservations.size > 0) return;
    for (const { id, input_tokens: inputTokens, output_tokens: outputTokens } of record.requests)
      reservations.set(id, budget.commit({ inputTokens, outputTokens, rate: batchRate }));
  }

  /** Waits for a batch, once for all who do. */
  function follow(one: Outstanding, batch: Pick<BatchBackend, "poll">): Promise<void> {
    const { handle } = one.record;
    if (one.end !== undefined || handle === null) return one.end ?? Promise.resolve();
    const onState = (state: BatchState): void => progress(one, state);
    one.end = followBatch({ batch, signal, sleep: settings.sleep, onState, warn }, handle).then((state) =>
      finish(one, state),
    );
    // Who waits hears of it; that nobody may is no reason to end the process.
    one.end.catch(() => undefined);
    return one.end;
  }

  async function finish(one: Outstanding, state: BatchState): Promise<void> {
    if (state.state === "failed") {
      Object.assign(one.summary, { state: "failed", failed: one.record.requests.length });
      store.remove(one.record.name);
      throw batchFailed(one, state);
    }
    await deliver(one, state, settings.keep, () => store.remove(one.record.name));
    const { id, succeeded, failed } = one.summary;
    emit({ type: "batch-progress", batch: id, state: state.state, running: 0, succeeded, failed });
  }

  function progress({ summary }: Outstanding, { state, counts }: BatchState): void {
    if (state !== "running") return;
    Object.assign(summary, { succeeded: counts.succeeded, failed: counts.failed });
    emit({ type: "batch-progress", batch: summary.id, state, ...counts });
  }

  function announce({ record, summary }: Outstanding, how: { readonly resumed: boolean; readonly left: number }): void {
    emit({ type: "batch-submit", batch: summary.id, modules: record.requests.map(({ module }) => module), ...how });
  }

  function submitContext(batch: BatchBackend): SubmitContext {
    return { batch, store, signal, known, sleep: settings.sleep, warn };
  }

  /** Ids of the batches that are accounted for. */
  function known(): readonly string[] {
    const records = [...store.list(), ...seen.map(({ record }) => record)];
    return [...new Set(records.flatMap(({ handle }) => handle?.id ?? []))];
  }

  function pending(): readonly BatchRecord[] {
    if (!settings.read) return [];
    return store.list().filter((record) => {
      if (record.provider !== settings.provider) return false;
      if (settings.now() - record.sent_at <= longestKeptMs) return true;
      warn(
        `A batch of ${new Date(record.sent_at).toISOString().slice(0, 10)} is forgotten: its results are kept no longer.`,
      );
      store.remove(record.name);
      return false;
    });
  }

  async function settle(): Promise<void> {
    if (signal.aborted || (earlier === undefined && !settings.resume)) return;
    const opened = await open();
    const batch = batchOf(opened);
    await (earlier ??= takeOver(batch));
    for (const one of seen) {
      const { handle } = one.record;
      if (one.end !== undefined || handle === null) continue;
      try {
        const state = await batch.poll(handle, signal);
        progress(one, state);
        if (state.state === "running") continue;
        commit(one, opened);
        await finish(one, state);
      } catch (error) {
        // Nobody needs it, so it is no reason to fail.
        if (!signal.aborted)
          warn(`The batch ${handle.id} was not fetched: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  return {
    slots,
    wrap: (live) => ({
      ...live,
      async generate(request, options) {
        if (request.attempt > 1) return live.generate(request, options);
        const outcome = await park(request, options.signal);
        if ("response" in outcome) return outcome.response;
        if (outcome.failure.kind === "aborted") throw cancelled(outcome.failure.message);
        emit({ type: "call-retry", module: request.label, attempt: 1, why: outcome.failure.message, waitMs: 0 });
        return live.generate(request, options);
      },
    }),
    pending,
    settle,
    batches: () => seen.map(({ summary }) => ({ ...summary })),
    close: () => closing.abort(),
  };

  async function park(request: GenerateRequest, callSignal: AbortSignal): Promise<Outcome> {
    slots.leave();
    try {
      return await new Promise<Outcome>((resolve, reject) => {
        parked.push({ key: keyOf(request), request, signal: callSignal, resolve, reject });
      });
    } finally {
      await slots.enter();
    }
  }
}

function batchOf({ batch, backend }: OpenedBackend): BatchBackend {
  if (batch !== undefined) return batch;
  throw new JauntError(`The provider ${JSON.stringify(backend.name)} takes no batches.`, {
    code: "batch-unsupported",
    exitCode: 2,
    hint: "Build without --batch, or set [llm] provider to one that takes batches.",
  });
}

function boundOf([first]: readonly Parked[]): CallBound {
  const inputTokens = first === undefined ? 0 : countInput(first.request);
  return { inputTokens, outputTokens: first?.request.maxOutputTokens ?? 0, rate: batchRate };
}

function keyOfGroup([first]: readonly Parked[]): string {
  return first?.key ?? "";
}

function addTo(groups: Map<string, Parked[]> | Map<string, Waiter[]>, entry: Parked): void {
  const group: Waiter[] | undefined = groups.get(entry.key);
  if (group === undefined) groups.set(entry.key, [entry]);
  else group.push(entry);
}

function cancelled(message: string): BackendError {
  return new BackendError(message, {
    kind: "aborted",
    hint: "Run `jaunt build --batch` to submit it again, or `jaunt build` to ask without a batch.",
  });
}

function batchFailed({ summary }: Outstanding, { message }: BatchState): JauntError {
  return new JauntError(`The batch ${summary.id} failed: ${message ?? "the provider does not say why"}`, {
    code: "batch-failed",
    exitCode: 3,
    hint: "None of it was answered. Mend that and run `jaunt build --batch` again, or `jaunt build` to ask without a batch.",
  });
}
