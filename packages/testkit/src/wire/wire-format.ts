import type { GenerateResponse } from "@jaunt/core";

/** Failures that every backend must be able to tell apart. */
export type FailureKind =
  | "auth"
  | "quota"
  | "rate-limit"
  | "overloaded"
  | "server"
  | "bad-request"
  | "context-overflow";

/** One answer of a model, in the port's terms. */
export interface WireAnswer {
  readonly text: string;
  readonly finish: GenerateResponse["finish"];
  /** Undefined sends none. */
  readonly usage:
    | { readonly input: number; readonly cacheRead: number; readonly output: number; readonly reasoning: number }
    | undefined;
  /** Characters in one event. */
  readonly chunkSize: number;
  /** Hand the text to a tool of this name in place of saying it. */
  readonly tool?: string;
}

/** An error as a status and a body. */
export interface WireFailure {
  readonly status: number;
  readonly body: string;
}

/** How one vendor's API puts answers and errors on the wire. */
export interface WireFormat {
  /** Where answers are asked for. */
  readonly path: string;
  /** Server-sent events, each whole; the last one ends the answer. */
  stream(answer: WireAnswer): readonly string[];
  /** The same answer as one document. */
  document(answer: WireAnswer): object;
  failure(kind: FailureKind, message: string): WireFailure;
  /** Overload in the middle of a stream, as an event. */
  errorEvent(message: string): string;
}

/** A text in pieces of `size` characters. */
export function pieces(text: string, size: number): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}

/** A value as a server-sent event, with the name that some vendors give it. */
export function event(value: object, name?: string): string {
  return `${name === undefined ? "" : `event: ${name}\n`}data: ${JSON.stringify(value)}\n\n`;
}
