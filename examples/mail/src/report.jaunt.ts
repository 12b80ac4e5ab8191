import { magic } from "@jaunt/spec";

/**
 * Cut a text to at most `width` characters (code points), the last of them "…" when something was cut. White
 * space is collapsed and the ends trimmed first. A width below 1 gives "".
 * @example shorten("a  long\nsentence", 8) // => "a long …"
 * @example shorten(" short ", 8) // => "short"
 * @example shorten("anything", 0) // => ""
 * @property for all text: string, width: int<0, 20> :: [...shorten(text, width)].length <= width
 */
export const shorten = (text: string, width: number): string => magic(text, width);

/**
 * Lay out rows under headings as plain text: each cell through {@link shorten}, columns as wide as their
 * widest cell (in code points) and two spaces apart, a line of "-" below each heading, no blanks at the ends
 * of lines, lines joined by "\n". Missing cells are empty, cells beyond the headings are left out.
 * @example table(["Name", "N"], [["Ann", "12"], ["Bo"]]) // => "Name  N\n----  --\nAnn   12\nBo"
 * @example table(["Word"], [["magnificent"]], 6) // => "Word\n------\nmagni…"
 */
export function table(headings: readonly string[], rows: readonly (readonly string[])[], maxWidth: number = 40): string {
  return magic(headings, rows, maxWidth, shorten);
}
