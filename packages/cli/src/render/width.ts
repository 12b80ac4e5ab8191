/** Columns that text takes on a screen: East Asian wide characters and emoji take two, combining marks none. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Text cut to at most `columns`, its end replaced by `…` when something was cut. */
export function truncateText(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const character of text) {
    width += characterWidth(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return columns < 1 ? "" : `${kept}…`;
}

/** Text filled with spaces to at least `columns`. */
export function padText(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - textWidth(text)));
}

const wide =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]|^[\u{20000}-\u{3fffd}]/u;
const zero = /^\p{Mn}|^\u200d|^\ufe0f/u;

function characterWidth(character: string): number {
  if (character < "\u0300") return 1;
  return zero.test(character) ? 0 : wide.test(character) ? 2 : 1;
}
