import type { RunEvent } from "@jaunt/orchestrator";

/** What every line of `--events` begins with. */
export interface EventStamp {
  readonly schema: "jaunt.event/1";
  /** From 1, without gaps. */
  readonly seq: number;
  /** The same in all lines of one run. */
  readonly run: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** One event as `--events` prints it. Keys are as in reports; `usage` is the same there and here. */
export type EventDocument = RunEvent extends infer Event
  ? Event extends RunEvent
    ? EventStamp & Snake<Event>
    : never
  : never;

/** An event as one line's document. */
export function eventDocument(event: RunEvent, stamp: EventStamp): EventDocument {
  // A watch tells the instant of a change in milliseconds; in the stream every instant is of one form.
  const { at, ...rest } = event as RunEvent & { readonly at?: number };
  return {
    ...stamp,
    ...(snakeKeys(rest) as object),
    ...(at === undefined ? {} : { changed_at: new Date(at).toISOString() }),
  } as unknown as EventDocument;
}

type SnakeKey<Key> = Key extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeKey<Rest>}`
  : Key;

type Snake<Value> = Value extends readonly (infer Item)[]
  ? readonly Snake<Item>[]
  : Value extends object
    ? {
        readonly [Key in keyof Value as Key extends "at" ? "changed_at" : SnakeKey<Key>]: Key extends "at"
          ? string
          : Key extends "usage"
            ? Value[Key]
            : Snake<Value[Key]>;
      }
    : Value;

function snakeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      key === "usage" ? inner : snakeKeys(inner),
    ]),
  );
}
