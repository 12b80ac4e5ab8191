import type { Position } from "@jaunt/core";
import { positionsIn } from "./positions.ts";

/**
 * Finds the place in `original` of a place in `composed`, a text that holds most lines of it, perhaps indented otherwise.
 * Among equal lines, the one with the most equal neighbours. Undefined where the line is not from the original.
 */
export function mapLines(composed: string, original: string): (position: Position) => Position | undefined {
  const lines = linesOf(composed);
  const originals = linesOf(original);
  const places = new Map<string, number[]>();
  for (const [index, line] of originals.entries()) places.set(line.trim(), [...(places.get(line.trim()) ?? []), index]);
  const positions = positionsIn(original);
  return ({ line, column }) => {
    const text = lines[line - 1] ?? "";
    let best: { readonly index: number; readonly run: number } | undefined;
    for (const index of text.trim() === "" ? [] : (places.get(text.trim()) ?? [])) {
      const run = runLength(lines, line - 1, originals, index);
      if (best === undefined || run > best.run) best = { index, run };
    }
    if (best === undefined) return undefined;
    const shift = indentOf(originals[best.index] ?? "") - indentOf(text);
    return positions.of(best.index + 1, Math.max(column + shift, 1));
  };
}

const farthest = 20;

/** How many lines in a row are equal around the two places. */
function runLength(left: readonly string[], leftAt: number, right: readonly string[], rightAt: number): number {
  let run = 1;
  for (const step of [-1, 1]) {
    for (let distance = step; Math.abs(distance) <= farthest; distance += step) {
      const [a, b] = [left[leftAt + distance], right[rightAt + distance]];
      if (a === undefined || b === undefined || a.trim() !== b.trim()) break;
      run += 1;
    }
  }
  return run;
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
