/**
 * A doc text with its paragraphs as single lines, so that wrapping them elsewhere changes nothing. Only the line ends and blanks inside
 * a paragraph go: blank lines, list items, headings, tables and tags stay where they are, code fences and `@example` as written.
 */
export function foldDoc(doc: string): string {
  const text = doc.includes("\r") ? doc.replaceAll("\r\n", "\n") : doc;
  if (!text.includes("\n") && !/\s\s|^\s|\s$/.test(text)) return text;
  const folded: string[] = [];
  let verbatim = false;
  let fence: string | undefined;
  for (const line of text.split("\n")) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    const tag = fence === undefined ? /^\s*@(\w+)/.exec(line)?.[1] : undefined;
    if (tag !== undefined) verbatim = tag === "example";
    const asWritten = verbatim || fence !== undefined || mark !== undefined;
    if (mark !== undefined) fence = fence === undefined ? mark : mark.startsWith(fence) ? undefined : fence;
    const words = line.trim().replaceAll(/\s+/g, " ");
    const before = folded.at(-1);
    if (asWritten) folded.push(line);
    else if (before === undefined || before === "" || words === "" || startsBlock(line) || endsBlock(before))
      folded.push(words);
    else folded[folded.length - 1] = `${before} ${words}`;
  }
  return folded.join("\n");
}

/** A tag, list item, heading, quote or table row begins on a line of its own. */
function startsBlock(line: string): boolean {
  return /^\s*(?:@\w|[-*+] |\d+[.)] |#|>|\|)/.test(line);
}

/** Nothing joins the line of a fence, a heading or a table row. */
function endsBlock(line: string): boolean {
  return /^\s*(?:`{3}|~{3}|#|\|)/.test(line);
}
