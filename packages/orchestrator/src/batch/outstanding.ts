import type { BatchFailure, BatchResult, BatchState, GenerateResponse } from "@jaunt/core";
import type { Reservation } from "../cost/budget.ts";
import { noUsage } from "../generate/usage.ts";
import type { BatchSummary } from "../reports.ts";
import type { BatchRecord } from "./batch-record.ts";

/** What becomes of a request that went by batch. */
export type Outcome = { readonly response: GenerateResponse } | { readonly failure: BatchFailure };

/** Who waits for one answer. Settling twice does no harm. */
export interface Waiter {
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

/** A batch that is out, in this build. */
export interface Outstanding {
  record: BatchRecord;
  readonly summary: { -readonly [Name in keyof BatchSummary]: BatchSummary[Name] };
  /** By request id; an earlier build's batch may hold requests that nobody waits for. */
  readonly waiting: Map<string, Waiter[]>;
  readonly reservations: Map<string, Reservation>;
  /** Settles once all its answers are delivered; undefined while nobody follows it. */
  end: Promise<void> | undefined;
}

/** A batch of which nothing is known yet but its record. */
export function outstandingBatch(record: BatchRecord): Outstanding {
  const summary = { id: record.handle?.id ?? "", requests: record.requests.length, succeeded: 0, failed: 0 };
  return {
    record,
    summary: { ...summary, state: "running" },
    waiting: new Map(),
    reservations: new Map(),
    end: undefined,
  };
}

/** How many replies are written at a time. */
const atOnce = 32;

/**
 * Takes over what became of a batch: keeps every reply, whether or not anyone waits for it; then calls `onKept`, after which nobody will fetch
 * the answers again; then pays and hands the replies out.
 */
export async function deliver(
  batch: Outstanding,
  { state, results = [] }: BatchState,
  keep: (key: string, response: GenerateResponse) => Promise<void>,
  onKept: () => void,
): Promise<void> {
  const { record, summary, waiting, reservations } = batch;
  const outcomes = outcomesOf(record, results);
  const kept = [...outcomes].flatMap(([id, outcome]) => ("response" in outcome ? [{ id, ...outcome }] : []));
  for (let from = 0; from < kept.length; from += atOnce)
    await Promise.all(kept.slice(from, from + atOnce).map(({ id, response }) => keep(id, response)));
  Object.assign(summary, { state, succeeded: kept.length, failed: record.requests.length - kept.length });
  for (const { id } of record.requests) {
    const outcome = outcomes.get(id);
    reservations.get(id)?.settle(outcome !== undefined && "response" in outcome ? outcome.response.usage : noUsage);
  }
  onKept();
  for (const [id, waiters] of waiting)
    for (const waiter of waiters) waiter.resolve(outcomes.get(id) ?? { failure: whyMissing(state) });
}

/** Answers by request; those to requests that the batch never held are nobody's. */
function outcomesOf({ requests }: BatchRecord, results: readonly BatchResult[]): ReadonlyMap<string, Outcome> {
  const bounds = new Map(requests.map(({ id, input_tokens }) => [id, input_tokens]));
  const outcomes = new Map<string, Outcome>();
  for (const result of results) {
    const input = bounds.get(result.id);
    if (input === undefined || outcomes.has(result.id)) continue;
    outcomes.set(result.id, "response" in result ? { response: withInput(result.response, input) } : result);
  }
  return outcomes;
}

/** Its backend no longer has the prompt to estimate from. */
function withInput(response: GenerateResponse, input: number): GenerateResponse {
  const { usage } = response;
  return usage.estimated === true ? { ...response, usage: { ...usage, input } } : response;
}

function whyMissing(state: BatchState["state"]): BatchFailure {
  if (state === "cancelled") return { kind: "aborted", message: "The batch was cancelled before it was answered." };
  if (state === "expired") return { kind: "timeout", message: "The batch expired before it was answered." };
  return { kind: "invalid-response", message: "The batch came back without an answer to it." };
}
