import { AddressError, parseAddressList } from "./addresses.js";
import { DateError, parseDate } from "./dates.js";
import { decodeWords } from "./encoded-words.js";
import { parseHeaders, splitHead } from "./headers.js";
import { attachmentsOf, parsePart, textOf } from "./mime.js";
import type { Message } from "./types.js";

/**
 * The message ids in a header value, without their angle brackets, in order, each once. Text outside brackets
 * is ignored.
 * @example messageIds("<a@x> (why) <b@x>\t<a@x>") // => ["a@x", "b@x"]
 * @example messageIds("a@x") // => []
 */
export declare function messageIds(value: string): string[];

/**
 * Parse a message: its header with {@link splitHead} and {@link parseHeaders}, its content with
 * {@link parsePart}, {@link textOf} and {@link attachmentsOf}.
 *
 * - `id` is the first of the {@link messageIds} in Message-ID; without one, "sha256-" and the first 16
 *   hexadecimal digits of the SHA-256 of `raw` (as UTF-8).
 * - `from` and `to` come from all From fields and from all To and then all Cc fields, with
 *   {@link parseAddressList}; a field that ends in an {@link AddressError} counts as empty.
 * - `subject` has its encoded words decoded ({@link decodeWords}).
 * - `date` comes from {@link parseDate}; absent or ending in a {@link DateError} it is undefined.
 * - `references` are the ids of References, then those of In-Reply-To, each once, the message's own id left
 *   out.
 *
 * Errors of any other kind are passed on.
 * @example parseMessage("Message-ID: <a@x>\nIn-Reply-To: <b@x>\n\nhi").references // => ["b@x"]
 * @example parseMessage("Subject: =?utf-8?q?caf=C3=A9?=\nFrom: nobody\n\nhi").subject // => "café"
 * @example parseMessage("From: nobody\nDate: soon\n\nhi").date // => undefined
 * @example parseMessage("\nhi").id // => "sha256-25f140a6575bf25c"
 */
export declare function parseMessage(raw: string): Message;
