import type { LostBatch } from "@jaunt/core";
import { asObjects, asText } from "./json.ts";

type Json = Readonly<Record<string, unknown>>;

/** How one vendor lists batches, newest first. */
export interface BatchList {
  /** One page of them, after the batch of that id. */
  ask(after: string | undefined): Promise<Json>;
  /** When a batch was made, in milliseconds since the epoch. */
  madeAt(batch: Json): number;
  /** Whether it may be the lost one. */
  matches(batch: Json): boolean;
}

/** Clocks differ, and a submission may have been tried several times. */
const slackMs = 10 * 60_000;
const longestSubmissionMs = 30 * 60_000;
const mostPages = 20;

/** The id of the one batch that was made when the lost one was sent and matches; undefined when there is none, or more than one. */
export async function findBatch(lost: LostBatch, { ask, madeAt, matches }: BatchList): Promise<string | undefined> {
  const found = new Set<string>();
  let after: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await ask(after);
    const batches = asObjects(answer["data"]);
    for (const batch of batches) {
      const sinceSent = madeAt(batch) - lost.sentAt;
      const id = asText(batch["id"]);
      const inTime = sinceSent >= -slackMs && sinceSent <= longestSubmissionMs;
      if (id !== undefined && inTime && !lost.known.includes(id) && matches(batch)) found.add(id);
    }
    const last = batches.at(-1);
    after = asText(last?.["id"]);
    if (last === undefined || after === undefined || answer["has_more"] !== true) break;
    if (madeAt(last) < lost.sentAt - slackMs) break;
  }
  return found.size === 1 ? [...found][0] : undefined;
}
