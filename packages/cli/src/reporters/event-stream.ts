import { randomUUID } from "node:crypto";
import type { TerminalOutput } from "../terminal.ts";
import { eventDocument } from "./event-document.ts";
import type { Reporter } from "./reporter.ts";

export interface EventStreamOptions {
  /** Identifies the run. Default: a random UUID. */
  readonly run?: string;
  readonly now?: () => Date;
}

/** Every event as a line of JSON, as it happens. A line is written whole or not at all. */
export function createEventStream(
  output: TerminalOutput,
  { run = randomUUID(), now = () => new Date() }: EventStreamOptions = {},
): Reporter {
  let seq = 0;
  let closed = false;
  return {
    onEvent(event) {
      if (closed) return;
      seq += 1;
      const stamp = { schema: "jaunt.event/1", seq, run, at: now().toISOString() } as const;
      output.write(`${JSON.stringify(eventDocument(event, stamp))}\n`);
    },
    close() {
      closed = true;
    },
  };
}
