import type { Span } from "@jaunt/core";

/** A breach of one rule, before it is known under which rule it counts. */
export interface Breach {
  readonly message: string;
  readonly span: Span;
  readonly hint?: string;
}
