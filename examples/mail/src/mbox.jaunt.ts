import { magic } from "@jaunt/spec";
import type { MboxEntry } from "./types.js";

/**
 * Undo the escaping of the mboxrd format: each line of one or more ">" and "From " loses one ">".
 * @example unescapeFrom("a\n>From b\n>>From c\n> From d") // => "a\nFrom b\n>From c\n> From d"
 */
export declare function unescapeFrom(text: string): string;

/**
 * Yield the messages of an mbox file one by one, unescaped with {@link unescapeFrom}. A message starts with a
 * line "From sender date" at the beginning of the text or after an empty line; the empty line before the next
 * such line belongs to neither message. Text before the first such line is dropped. Lines end in LF or CRLF.
 * The sender is the first word after "From ", "" when there is none.
 * @example [...readMbox("From a@x Thu\nA: 1\n\none\n\nFrom b@x Fri\n\n>From two\n")] // => [{ sender: "a@x", raw: "A: 1\n\none\n" }, { sender: "b@x", raw: "\nFrom two\n" }]
 * @example [...readMbox("From a@x Thu\n\ntext\nFrom here on\n")].length // => 1
 * @example [...readMbox("")] // => []
 */
export function* readMbox(text: string): Generator<MboxEntry, void, undefined> {
  return magic(text, unescapeFrom);
}
