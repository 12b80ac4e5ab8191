/** Characters that could end a comment line, hide in one, or not survive being written: line ends, controls, format marks. */
const unsafe: RegExp = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** Backslashes too, and the spaces at both ends, which editors trim. */
const unsafeOrBackslash: RegExp = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\\]|^\p{Zs}|\p{Zs}$/gu;
const escaped: RegExp = /\\u([0-9a-f]{4})/g;

/** A text as one line of a comment; `unescapeText` gives it back. */
export function escapeText(text: string): string {
  return text.replace(unsafeOrBackslash, escapeCharacters);
}

/** The text that `escapeText` was given. */
export function unescapeText(text: string): string {
  return text.replace(escaped, (_, hexadecimal: string) => String.fromCharCode(Number.parseInt(hexadecimal, 16)));
}

/** JSON on one line, safe inside a comment and still JSON. */
export function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(unsafe, escapeCharacters);
}

function escapeCharacters(characters: string): string {
  let result = "";
  for (let index = 0; index < characters.length; index++) {
    result += `\\u${characters.charCodeAt(index).toString(16).padStart(4, "0")}`;
  }
  return result;
}
