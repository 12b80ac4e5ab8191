import { isUtf8 } from "node:buffer";

/** Text of a file, or why it is none, with the line where it goes wrong. */
export type DecodedText =
  | { readonly text: string }
  | { readonly code: string; readonly message: string; readonly line: number; readonly hint: string };

/** Decodes UTF-8 strictly and drops a byte order mark. */
export function decodeText(bytes: Buffer): DecodedText {
  if (bytes.length >= 2 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))) {
    return { code: "file/utf-16", message: "This file is UTF-16, not UTF-8.", line: 1, hint: "Save it as UTF-8." };
  }
  if (!isUtf8(bytes)) {
    return {
      code: "file/invalid-utf8",
      message: "This file is not valid UTF-8.",
      line: firstInvalidLine(bytes),
      hint: "Save it as UTF-8.",
    };
  }
  const text = bytes.toString("utf8");
  return { text: text.charCodeAt(0) === 0xfeff ? text.slice(1) : text };
}

function firstInvalidLine(bytes: Buffer): number {
  let line = 1;
  // UTF-8 never hides a line end inside a longer character, so lines can be judged one by one.
  for (let start = 0; start < bytes.length; line += 1) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end;
  }
  return line;
}
