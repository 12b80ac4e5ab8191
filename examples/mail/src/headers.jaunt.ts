import { magic } from "@jaunt/spec";
import type { HeaderField } from "./types.js";

/** Header fields in their order, found by name in any case. */
export declare class HeaderMap implements Iterable<HeaderField> {
  constructor(fields: Iterable<HeaderField>);
  /** How many fields there are. */
  get size(): number;
  /** The value of the first field of that name. */
  first(name: string): string | undefined;
  /** The values of all fields of that name, in order; empty when there is none. */
  all(name: string): readonly string[];
  /** The fields, in order, as they were given. */
  [Symbol.iterator](): Iterator<HeaderField>;
}

/**
 * Split a message at its first empty line into header and body; the empty line belongs to neither. Lines end
 * in LF or CRLF. A message that starts with an empty line has no header, one without any has no body. The
 * line end before the empty line is no part of the header.
 * @example splitHead("A: 1\r\nB: 2\r\n\r\nbody\r\n") // => ["A: 1\r\nB: 2", "body\r\n"]
 * @example splitHead("\nbody") // => ["", "body"]
 * @example splitHead("A: 1\n") // => ["A: 1\n", ""]
 */
export declare function splitHead(raw: string): readonly [head: string, body: string];

/**
 * Parse a header block. A line that starts with a blank continues the line before: the line end is removed,
 * the blank kept. Values are trimmed. Lines without a colon, or with a name that is empty or holds anything
 * but printable ASCII, are skipped.
 * @example parseHeaders("Subject: a\r\n  b\r\nto: c").first("SUBJECT") // => "a  b"
 * @example parseHeaders("Received: 1\nX y: no\nreceived: 2").all("Received") // => ["1", "2"]
 * @example parseHeaders("").size // => 0
 */
export declare function parseHeaders(block: string): HeaderMap;

/**
 * Write one header field, folded before words so that no line is longer than `width` characters where that is
 * possible: words are never cut and the first one stays behind the name. Runs of white space become one
 * space; lines are joined by CRLF; the last line has no line end.
 * @example foldField("Subject", "one two three", 14) // => "Subject: one\r\n two three"
 * @example foldField("X", "  a \n b ") // => "X: a b"
 */
export function foldField(name: string, value: string, width: number = 78): string {
  return magic(name, value, width);
}
