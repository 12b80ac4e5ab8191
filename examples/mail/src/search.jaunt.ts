import { magic } from "@jaunt/spec";
import { formatAddress } from "./addresses.js";
import { parseQuery, type Query } from "./query.js";
import type { Message } from "./types.js";

/**
 * Whether a message is what the query asks for. Texts are compared in lower case. `from` and `to` look into
 * each address as {@link formatAddress} writes it, `any` into from, to, subject and text. A message without a
 * date is neither before nor since anything. An `and` of nothing holds, an `or` of nothing does not.
 */
export declare function matches(message: Message, query: Query): boolean;

/**
 * The messages that match ({@link matches}) a query text, in their order.
 * @throws {QueryError} when {@link parseQuery} cannot parse the query, before any message is looked at
 * @example search([], "from:ann") // => []
 * @example search([], "(") // throws QueryError
 */
export function search<Found extends Message>(messages: Iterable<Found>, query: string): Found[] {
  return magic(messages, query, parseQuery);
}
