import { stripVTControlCharacters } from "node:util";

// Controls but tab and newline, and the marks that reorder or hide text: model output and file contents are not trusted.
const unsafe =
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Text that cannot move the cursor, colour or reorder anything: escape sequences and control characters are removed. */
export function cleanText(text: string): string {
  return stripVTControlCharacters(text.replaceAll("\r\n", "\n")).replace(unsafe, "");
}

/** As `cleanText`, and on one line. */
export function cleanLine(text: string): string {
  return cleanText(text)
    .replace(/\s*\n\s*/g, " ")
    .trim();
}
