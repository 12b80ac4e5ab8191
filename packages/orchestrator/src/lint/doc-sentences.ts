/** One sentence, or clause of one, of a doc comment. */
export interface Sentence {
  /** On one line. */
  readonly text: string;
  /** As it stands in the doc, up to the end of its first line: what it can be found by. */
  readonly firstLine: string;
  /** The tag that it stands under: `throws`, `returns`, `param`; empty for the text before the first tag. */
  readonly tag: string;
}

const proseTags: ReadonlySet<string> = new Set([
  "",
  "remarks",
  "returns",
  "return",
  "param",
  "throws",
  "throw",
  "exception",
]);

/**
 * The sentences of a cleaned doc that say how something behaves, in order: what stands in fences and under other tags says nothing of
 * that. A semicolon ends a clause, and so do blank lines and bullets; what is under `@throws` is one sentence.
 */
export function readSentences(doc: string): readonly Sentence[] {
  return blocksOf(doc).flatMap(({ tag, text }) => {
    if (!proseTags.has(tag)) return [];
    const isThrows = /^(?:throws?|exception)$/.test(tag);
    const pieces = isThrows ? [text] : splitSentences(tag === "param" ? text.replace(/^\s*\S+(?:\s+-)?/, "") : text);
    return pieces.flatMap((piece): readonly Sentence[] => {
      const trimmed = piece.trim();
      const [firstLine = ""] = trimmed.split("\n");
      const whole = trimmed.replaceAll(/\s*\n\s*/g, " ").replace(/;$/, "");
      return whole === "" ? [] : [{ text: whole, firstLine: firstLine.trim(), tag: isThrows ? "throws" : tag }];
    });
  });
}

function blocksOf(doc: string): readonly { readonly tag: string; readonly text: string }[] {
  const blocks: { tag: string; lines: string[] }[] = [{ tag: "", lines: [] }];
  let fenced = false;
  // In a comment of one line a tag may follow the text.
  const lines = doc.includes("\n") ? doc.split("\n") : doc.split(/\s+(?=@[a-z]+\b)/);
  for (const line of lines) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    else if (!fenced) {
      const [, tag, rest = ""] = /^\s*@(\w+)[ \t]*(.*)$/.exec(line) ?? [];
      if (tag === undefined) blocks.at(-1)?.lines.push(line);
      else blocks.push({ tag, lines: [rest] });
    }
  }
  return blocks.map(({ tag, lines: own }) => ({ tag, text: own.join("\n") }));
}

/** Ends of sentences and clauses outside of quotes, code and braces. */
function splitSentences(text: string): readonly string[] {
  return text.split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)/).flatMap((paragraph) => {
    const blanked = paragraph
      .replace(/^\s*(?:[-*]|\d+\.)\s/, (found) => " ".repeat(found.length))
      .replaceAll(/``[^]*?``|`[^`]*`|"[^"]*"|\{[^{}]*\}/g, (found) => found.replaceAll(/[^\n]/g, "_"));
    const ends = [...blanked.matchAll(/;\s+|[.!?]\)?\s+(?=[^a-z\s])/g)].map((found) => found.index + found[0].length);
    const start = /^\s*(?:(?:[-*]|\d+\.)\s)?\s*/.exec(paragraph)?.[0].length ?? 0;
    const starts = [start, ...ends];
    return starts.map((from, index) => paragraph.slice(from, starts[index + 1]));
  });
}
