import { atomicWrite } from "../write/atomic-write.ts";
import { readProjectText } from "../write/read-project-text.ts";
import type { Spending } from "./budget.ts";

/** What all builds of a project on this machine came to. */
export interface SpendingRecord {
  /** Of the tokens whose price was known. */
  readonly dollars: number;
  readonly tokens: number;
  /** Those of them whose price nobody knew. */
  readonly unpriced_tokens: number;
  /** Day of the first of them, `2026-11-21`; null before any. */
  readonly since: string | null;
}

/** Posix, relative to the root. Deleting it only forgets. */
const recordPath = ".jaunt/spending.json";

/**
 * Adds to the project's record what was spent since the last time, and returns all of it. A record that is missing, damaged or cannot be
 * written is no reason to fail a build: it begins anew, or stays as it was.
 */
export function recordSpending(
  root: string,
  { dollars, tokens }: Pick<Spending, "dollars" | "tokens">,
  today: Date,
): SpendingRecord {
  const before = readRecord(root);
  if (tokens === 0) return before;
  const record: SpendingRecord = {
    dollars: before.dollars + (dollars ?? 0),
    tokens: before.tokens + tokens,
    unpriced_tokens: before.unpriced_tokens + (dollars === undefined ? tokens : 0),
    since: before.since ?? today.toISOString().slice(0, 10),
  };
  try {
    atomicWrite(root, recordPath, `${JSON.stringify(record)}\n`);
  } catch {
    // The report still tells it.
  }
  return record;
}

function readRecord(root: string): SpendingRecord {
  try {
    const value = JSON.parse(readProjectText(root, recordPath) ?? "") as Partial<SpendingRecord>;
    const { dollars, tokens, unpriced_tokens: unpriced, since } = value;
    if (
      isAmount(dollars) &&
      isAmount(tokens) &&
      isAmount(unpriced) &&
      typeof since === "string" &&
      /^\d{4}-\d\d-\d\d$/.test(since)
    )
      return { dollars, tokens, unpriced_tokens: unpriced, since };
  } catch {
    // Falls through to an empty record.
  }
  return { dollars: 0, tokens: 0, unpriced_tokens: 0, since: null };
}

function isAmount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
