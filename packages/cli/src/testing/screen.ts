import { textWidth } from "../render/width.ts";

/**
 * What a screen shows after `text`: enough of a terminal for line breaks, wrapping, moving up and clearing below.
 * @throws on any escape sequence it does not know, so that nothing else is ever written
 */
export function showOnScreen(text: string, columns: number): readonly string[] {
  const rows: string[] = [""];
  let row = 0;
  // oxlint-disable-next-line no-control-regex -- escape sequences are what it reads
  for (const [token] of text.matchAll(/\u001b\[[0-9;?]*[A-Za-z]|\u001b.?|[^\u001b]/gsu)) {
    const up = /^\u001b\[(\d+)A$/.exec(token);
    if (up !== null) row = Math.max(0, row - Number(up[1]));
    else if (token === "\u001b[J") rows.splice(row, rows.length, "");
    else if (token === "\n") rows[(row += 1)] ??= "";
    else if (token.startsWith("\u001b")) {
      if (!/^\u001b\[\d+m$/.test(token)) throw new Error(`Unknown escape sequence ${JSON.stringify(token)}.`);
    } else if (token !== "\r") {
      if (textWidth(rows[row] ?? "") + textWidth(token) > columns) rows[(row += 1)] ??= "";
      rows[row] += token;
    }
  }
  return rows.map((line) => line.trimEnd()).filter((line) => line !== "");
}
