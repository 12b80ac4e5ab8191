/**
 * Replace each comment of a structured header value by one space and trim the ends. Comments are in
 * parentheses and nest; inside quoted strings parentheses are text. A backslash escapes the next character in
 * both. A comment that is never closed runs to the end; a stray ")" is kept.
 * @example stripComments("21 Nov (a Thursday (really)) 2024") // => "21 Nov   2024"
 * @example stripComments("\"Ann (Ops)\" <ann@example.com> (work)") // => "\"Ann (Ops)\" <ann@example.com>"
 */
export declare function stripComments(raw: string): string;

/**
 * Split at every character of `separators` that is outside quoted strings. Pieces are trimmed, empty ones
 * dropped; quotes and backslashes stay in the pieces.
 * @example splitUnquoted("a; b=\"x;y\";; c", ";") // => ["a", "b=\"x;y\"", "c"]
 * @example splitUnquoted("a, b; c", ",;") // => ["a", "b", "c"]
 * @example splitUnquoted(" ", ",") // => []
 */
export declare function splitUnquoted(raw: string, separators: string): string[];

/**
 * Take off the quotes of a quoted string and undo its backslash escapes. Text that does not both start and
 * end with a quote is returned as it is.
 * @example unquote("\"say \\\"hi\\\"\"") // => "say \"hi\""
 * @example unquote("plain") // => "plain"
 * @property for all text: string :: unquote(`"${text.replaceAll(/["\\]/g, "\\$&")}"`) === text
 */
export declare function unquote(raw: string): string;
