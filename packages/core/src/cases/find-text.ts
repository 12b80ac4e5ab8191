import type { Position } from "../nouns/source.ts";

/** Finds texts of doc comments in their file, each behind the one before; gives nothing for one that is not there. */
export function createFinder(text: string): (wanted: string) => { readonly start?: Position } {
  let searchFrom = 0;
  return (wanted) => {
    // Lines of a doc comment have a margin, so only the first line is found as it is.
    const [firstLine = ""] = wanted.split("\n");
    const found = text.indexOf(firstLine, searchFrom);
    if (found === -1) return {};
    searchFrom = found + firstLine.length;
    return { start: positionAt(text, found) };
  };
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1) ?? "").length + 1, offset };
}
