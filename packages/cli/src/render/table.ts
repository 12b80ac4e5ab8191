import { padText, textWidth } from "./width.ts";

/** A cell: its text, and how to colour it once it is padded. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/** Rows as aligned columns, two spaces apart; the last column is not padded. */
export function renderTable(rows: readonly (readonly Cell[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, textWidth(cell.text))));
  }
  return rows.map((row) => renderRow(row, widths)).join("\n");
}

function renderRow(row: readonly Cell[], widths: readonly number[]): string {
  const last = row.findLastIndex(({ text }) => text !== "");
  return row
    .slice(0, last + 1)
    .map((cell, column) => {
      const text = column === last ? cell.text : padText(cell.text, widths[column] ?? 0);
      return cell.paint === undefined ? text : cell.paint(text);
    })
    .join("  ");
}
