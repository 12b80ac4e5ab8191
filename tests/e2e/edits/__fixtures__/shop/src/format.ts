export const TITLE_WIDTH = 20;

/** Fills a text up with blanks. */
export function padRight(text: string, width: number): string {
  return text.padEnd(width, " ");
}

/** Used by the app alone. */
export function banner(text: string): string {
  return `*** ${text} ***`;
}
