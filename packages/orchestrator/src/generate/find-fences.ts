/** One code block of a text. */
export interface Fence {
  /** Lower-case first word of the info string; empty when there is none. */
  readonly language: string;
  readonly text: string;
}

/** The code blocks of a text; `unclosed` when the last one has no end. */
export interface Fences {
  readonly fences: readonly Fence[];
  readonly unclosed: boolean;
}

/**
 * Fences as in CommonMark: closed by a run of the same character at least as long, so that longer fences may hold shorter ones, and their
 * own indentation taken off their lines. Within a list, they may be indented deeper.
 */
export function findFences(text: string): Fences {
  const fences: Fence[] = [];
  let open: OpenFence | undefined;
  for (const line of text.split("\n")) {
    const [, indent = "", marker = "", info = ""] = /^([ \t]*)(`{3,}|~{3,})\s*([^\s`]*)[^`]*$/.exec(line) ?? [];
    if (open === undefined) {
      if (marker !== "") open = { indent: indent.length, marker, language: info.toLowerCase(), lines: [] };
    } else if (marker.startsWith(open.marker) && info === "" && indent.length <= open.indent + 3) {
      fences.push({ language: open.language, text: open.lines.join("\n") });
      open = undefined;
    } else {
      open.lines.push(withoutIndent(line, open.indent));
    }
  }
  return { fences, unclosed: open !== undefined };
}

interface OpenFence {
  readonly indent: number;
  readonly marker: string;
  readonly language: string;
  readonly lines: string[];
}

function withoutIndent(line: string, width: number): string {
  const own = /^[ \t]*/.exec(line)?.[0].length ?? 0;
  return line.slice(Math.min(own, width));
}
