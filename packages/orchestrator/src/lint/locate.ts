import type { Diagnostic, Position, Span, SpecModule, SpecSource } from "@jaunt/core";

/** Part of a diagnostic: its file, and where in it. */
export type Place = Pick<Diagnostic, "file" | "start" | "end">;

/** Finds texts of one spec file. */
export interface Locator {
  /** Where a declaration begins. */
  at(span: Span | undefined): Place;
  /** Where a line of a doc comment stands, that of the declaration with these spans; the declaration when it was not found. */
  find(line: string, spans: readonly Span[]): Place;
}

/** A locator for a spec file. Docs stand between the declaration before theirs and the end of their own. */
export function createLocator({ module, text }: SpecSource): Locator {
  const ends = endsOf(module);
  const lineStarts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: found }) => index + found.length)];
  const place = (start: number, end: number): Place => ({
    file: module.path,
    start: positionAt(start, lineStarts),
    end: positionAt(end, lineStarts),
  });
  const at = (span: Span | undefined): Place =>
    span === undefined
      ? { file: module.path }
      : place(span.start, span.start + firstLineLength(text.slice(span.start, span.end)));
  return {
    at,
    find(line, spans) {
      const [first] = spans;
      if (first === undefined || line === "") return at(first);
      const from = ends.findLast((end) => end <= first.start) ?? 0;
      const found = text.slice(0, spans.at(-1)?.end).indexOf(line, from);
      return found === -1 ? at(first) : place(found, found + line.length);
    },
  };
}

/** Where declarations end, in order. */
function endsOf({ specs }: SpecModule): readonly number[] {
  return specs
    .flatMap(({ spans, members }) => [...spans, ...members.map(({ span }) => span)])
    .map(({ end }) => end)
    .sort((left, right) => left - right);
}

function firstLineLength(text: string): number {
  return /^[^\r\n]*/.exec(text)?.[0].trimEnd().length ?? 0;
}

function positionAt(offset: number, lineStarts: readonly number[]): Position {
  const line = lineStarts.findLastIndex((start) => start <= offset);
  return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1, offset };
}
