import type { Position } from "@jaunt/core";

/** Lines and columns of one text, counted from 1. */
export interface Positions {
  at(offset: number): Position;
  of(line: number, column: number): Position;
  /** Without its line break. */
  lineText(line: number): string;
}

/** Turns offsets of one text into positions; the lines are found once. */
export function positionsIn(text: string): Positions {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return {
    at(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset };
    },
    of: (line, column) => ({ line, column, offset: (starts[line - 1] ?? text.length) + column - 1 }),
    lineText: (line) =>
      text.slice(starts[line - 1] ?? text.length, starts[line] ?? text.length).replace(/[\r\n]+$/, ""),
  };
}
