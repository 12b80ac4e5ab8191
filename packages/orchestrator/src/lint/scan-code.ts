/** A text of code whose literals and comments are blanked out, position for position, with what the literals held. */
export interface ScannedCode {
  /** As long as the code itself; brackets and commas in it are code. */
  readonly blanked: string;
  /** What string literals hold, in order, escapes as written. */
  readonly strings: readonly string[];
}

const literals: RegExp =
  /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[^])*`|(?<=(?:^|[(,=:[!&|?{};])\s*)\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/g;

/** Sets literals and comments of code apart from what is between them, as languages with brackets and commas have them. */
export function scanCode(code: string): ScannedCode {
  const strings: string[] = [];
  const blanked = code.replaceAll(literals, (found) => {
    if (/^["'`]/.test(found)) strings.push(found.slice(1, -1));
    const blank = /^\/[/*]/.test(found) ? " " : "_";
    return found.replaceAll(/[^\n]/g, blank);
  });
  return { blanked, strings };
}

const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "<": ">" };

/** The offset behind the bracket that closes the one at `open`; undefined when none does. `<` counts as one only on request. */
export function endOfBracket(blanked: string, open: number, angles = false): number | undefined {
  const expected: string[] = [];
  for (let at = open; at < blanked.length; at += 1) {
    const character = blanked[at] ?? "";
    if (character === ">" && (!angles || blanked[at - 1] === "=")) continue;
    if (character !== "<" || angles) {
      const closer = closing[character];
      if (closer !== undefined) expected.push(closer);
    }
    if (/[)\]}>]/.test(character) && expected.pop() !== character) return undefined;
    if (expected.length === 0) return at + 1;
  }
  return undefined;
}

/** The pieces between the commas that stand in no bracket; none for blank code, and nothing for a comma at the end. */
export function splitAtCommas(blanked: string, angles = false): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let at = 0; at < blanked.length; at += 1) {
    const character = blanked[at] ?? "";
    if (character === ",") {
      pieces.push(blanked.slice(start, at));
      start = at + 1;
    } else if (character in closing && (character !== "<" || angles)) {
      at = (endOfBracket(blanked, at, angles) ?? at + 1) - 1;
    }
  }
  pieces.push(blanked.slice(start));
  return pieces.at(-1)?.trim() === "" ? pieces.slice(0, -1) : pieces;
}
