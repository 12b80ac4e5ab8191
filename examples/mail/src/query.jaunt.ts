/** A query that cannot be understood; `position` counts characters from 0. */
export class QueryError extends Error {
  override readonly name: string = "QueryError";
  readonly position: number;

  constructor(message: string, position: number) {
    super(`${message} at position ${position}`);
    this.position = position;
  }
}

/** Where a text is looked for. */
export type QueryField = "any" | "from" | "to" | "subject" | "body";

/** What a message must be like. Texts are in lower case, times in milliseconds since 1970. */
export type Query =
  | { readonly kind: "text"; readonly field: QueryField; readonly text: string }
  | { readonly kind: "attachment" }
  | { readonly kind: "before" | "since"; readonly time: number }
  | { readonly kind: "not"; readonly query: Query }
  | { readonly kind: "and" | "or"; readonly queries: readonly Query[] };

/**
 * Parse a search query.
 *
 * - `word` and `"several words"` ask for a text anywhere; `from:`, `to:`, `subject:` and `body:` in front of
 *   it, for a text there. A quoted text has no escapes.
 * - `has:attachment` asks for an attached file. `before:2024-11-21` and `since:2024-11-21` compare with that
 *   day's start in UTC.
 * - Terms side by side must all hold, `or` between terms binds less, `-` in front negates a term, parentheses
 *   group.
 *
 * Keywords count in any case, texts are lower-cased. A single term or group is returned as it is, without an
 * `and` or `or` around it. The empty query is `{ kind: "and", queries: [] }`. An unknown name in front of a
 * colon is part of the word.
 * @throws {QueryError} for an empty text behind a field, an unclosed quote or parenthesis, a stray ")", `or`
 * or "-" without a term, `has:` anything but attachment, an impossible day, and parentheses and "-" nested
 * more than 50 deep
 * @example parseQuery("Budget") // => { kind: "text", field: "any", text: "budget" }
 * @example parseQuery("from:ann -\"out of office\"") // => { kind: "and", queries: [{ kind: "text", field: "from", text: "ann" }, { kind: "not", query: { kind: "text", field: "any", text: "out of office" } }] }
 * @example parseQuery("(a or b) has:attachment") // => { kind: "and", queries: [{ kind: "or", queries: [{ kind: "text", field: "any", text: "a" }, { kind: "text", field: "any", text: "b" }] }, { kind: "attachment" }] }
 * @example parseQuery("since:1970-01-02") // => { kind: "since", time: 86400000 }
 * @example parseQuery("  ") // => { kind: "and", queries: [] }
 * @example parseQuery("(a") // throws QueryError
 * @example parseQuery("before:2024-02-30") // throws QueryError
 */
export declare function parseQuery(text: string): Query;
