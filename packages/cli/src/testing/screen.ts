import { textWidth } from "../render/width.ts";

/**
 * What a screen shows after `text`: enough of a terminal for line breaks, wrapping, moving up and clearing below.
 * @throws on any escape sequence it does not know, so that nothing else is ever written
 */
export function showOnScreen(text: string, columns: number): readonly string[] {
  const rows: string[] = [""];
  let row = 0;
  for (const token of text.split(tokens).filter((part) => part !== "")) {
    const code = token.startsWith(escape) ? token.slice(escape.length) : undefined;
    const up = /^(\d+)A$/.exec(code ?? "");
    if (up !== null) row = Math.max(0, row - Number(up[1]));
    else if (code === "J") rows.splice(row, rows.length, "");
    else if (token === "\n") rows[(row += 1)] ??= "";
    else if (code !== undefined) {
      if (!/^\d+m$/.test(code)) throw new Error(`Unknown escape sequence ${JSON.stringify(token)}.`);
    } else if (token !== "\r") {
      for (const character of token) {
        if (textWidth(rows[row] ?? "") + textWidth(character) > columns) rows[(row += 1)] ??= "";
        rows[row] += character;
      }
    }
  }
  return rows.map((line) => line.trimEnd()).filter((line) => line !== "");
}

const escape = "\u001b[";
const tokens = new RegExp(`(${escape.replace("[", "\\[")}[0-9;?]*[A-Za-z]|[\n\r])`);
