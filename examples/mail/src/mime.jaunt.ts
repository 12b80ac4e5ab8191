import { mediaType, parseContentType } from "./content-type.js";
import { decodeWords } from "./encoded-words.js";
import { parseHeaders, splitHead } from "./headers.js";
import { parameter, parseParameterized } from "./parameters.js";
import { decodeText, decodeTransfer } from "./transfer-encoding.js";
import type { Attachment, Part } from "./types.js";

/**
 * Split the body of a multipart at its boundary lines: "--" and the boundary, then "--" on the closing one;
 * blanks at the end of the line are allowed. The line end before a boundary line belongs to it. What stands
 * before the first and after the closing one is dropped; without a closing one the last part runs to the end.
 * An empty boundary gives no parts.
 * @example splitMultipart("intro\n--b\nA: 1\n\none\n--b\n\ntwo\n--b--\nend", "b") // => ["A: 1\n\none", "\ntwo"]
 * @example splitMultipart("--b\r\none\r\n--bb\r\n", "b") // => ["one\r\n--bb\r\n"]
 */
export declare function splitMultipart(body: string, boundary: string): string[];

/**
 * Parse a message or part into its MIME tree, with {@link splitHead}, {@link parseHeaders},
 * {@link parseContentType}, {@link splitMultipart} and {@link decodeTransfer}. A file name comes from
 * Content-Disposition ({@link parseParameterized}), else from the Content-Type's `name`; its encoded words
 * are decoded ({@link decodeWords}), an empty one counts as none. A multipart without a boundary parameter is
 * a leaf, and so is a multipart that is nested 20 deep.
 * @example parsePart("Content-Type: image/png; name=a.png\n\n").filename // => "a.png"
 * @example decodeText(parsePart("Content-Transfer-Encoding: base64\n\nSGk=").bytes, "utf-8") // => "Hi"
 * @example parsePart("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n--b--").parts.length // => 2
 */
export declare function parsePart(raw: string): Part;

/**
 * The text to show for a part: the first `text/plain` leaf without a file name, in document order; else the
 * first `text/html` one with tags, comments, scripts and styles removed, `&amp; &lt; &gt; &quot; &nbsp;`
 * decoded and white space collapsed; else "". Read in its charset ({@link parameter}, {@link decodeText};
 * default us-ascii), CRLF becomes LF, the ends are trimmed.
 * @example textOf(parsePart("Content-Type: text/plain\n\n Hello\r\nyou \n")) // => "Hello\nyou"
 * @example textOf(parsePart("Content-Type: text/html\n\n<style>p{}</style><p>Fish &amp;\n <b>chips</b></p>")) // => "Fish & chips"
 * @example textOf(parsePart("Content-Type: image/png\n\nx")) // => ""
 */
export declare function textOf(part: Part): string;

/**
 * The leaves that have a file name, in document order, each with its {@link mediaType} and its decoded size.
 * @example attachmentsOf(parsePart("Content-Type: text/csv; name=a.csv\n\n1,2")) // => [{ filename: "a.csv", mediaType: "text/csv", size: 3 }]
 * @example attachmentsOf(parsePart("\nplain")) // => []
 */
export declare function attachmentsOf(part: Part): Attachment[];
