/** What becomes of one request of a batch. `malformed`: its line is no JSON. `missing`: nothing is ever said of it. */
export type BatchFate = "succeeded" | "errored" | "expired" | "cancelled" | "malformed" | "missing";

/** One batch as the server keeps it. */
export interface KeptBatch {
  readonly id: string;
  /** Bodies of the requests as JSON, by custom id. */
  readonly requests: ReadonlyMap<string, string>;
  readonly metadata: unknown;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  polls: number;
  state: "running" | "ended" | "expired" | "cancelled" | "failed";
}

/** How often each fate occurs among these ids. */
export function countFates(
  ids: Iterable<string>,
  fateOf: (id: string) => BatchFate,
): Readonly<Record<BatchFate, number>> {
  const counts = { succeeded: 0, errored: 0, expired: 0, cancelled: 0, malformed: 0, missing: 0 };
  for (const id of ids) counts[fateOf(id)] += 1;
  return counts;
}
