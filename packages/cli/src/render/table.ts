import { padText, textWidth, truncateText } from "./width.ts";

/** A cell: its text, and how to colour it once it is padded. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/** Rows as aligned columns, two spaces apart. The last column is not padded, and cut where it would leave the screen. */
export function renderTable(
  rows: readonly (readonly Cell[])[],
  screenWidth: number = Number.POSITIVE_INFINITY,
): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, textWidth(cell.text))));
  }
  const before = widths.slice(0, -1).reduce((total, width) => total + width + 2, 0);
  const room = Math.max(minimumRoom, screenWidth - before);
  return rows.map((row) => renderRow(row, widths, room)).join("\n");
}

/** Less than this says nothing: then the line may wrap. */
const minimumRoom = 30;

function renderRow(row: readonly Cell[], widths: readonly number[], room: number): string {
  const last = row.findLastIndex(({ text }) => text !== "");
  return row
    .slice(0, last + 1)
    .map((cell, column) => {
      const text =
        column === widths.length - 1
          ? truncateText(cell.text, room)
          : column === last
            ? cell.text
            : padText(cell.text, widths[column] ?? 0);
      return cell.paint === undefined ? text : cell.paint(text);
    })
    .join("  ");
}
