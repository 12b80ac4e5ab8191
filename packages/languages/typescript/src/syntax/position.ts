import type { Diagnostic, Position, Span } from "@jaunt/core";

/** Line and column, from 1, of an offset. */
function positionAt(text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  for (const match of text.matchAll(/\r\n|[\r\n\u2028\u2029]/g)) {
    const next = match.index + match[0].length;
    if (next > offset) break;
    line += 1;
    lineStart = next;
  }
  return { line, column: offset - lineStart + 1, offset };
}

/** The place of a diagnostic: file, start and end of a span of its text. */
export function locate(file: string, text: string, span: Span): Required<Pick<Diagnostic, "file" | "start" | "end">> {
  return { file, start: positionAt(text, span.start), end: positionAt(text, span.end) };
}
