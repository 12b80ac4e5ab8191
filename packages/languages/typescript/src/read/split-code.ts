/** A piece of example code: a statement without its semicolon, a line comment without its slashes, or a line that is neither. */
export interface CodePiece {
  readonly kind: "statement" | "comment" | "prose";
  readonly text: string;
  /** Offsets in the code; a statement's semicolon and a comment's slashes are inside. */
  readonly start: number;
  readonly end: number;
}

/**
 * Splits code into statements and the comments between them, by brackets, strings and line ends alone. Far cheaper than a
 * parser, which has the last word before anything runs.
 */
export function splitCode(code: string): readonly CodePiece[] {
  const pieces: CodePiece[] = [];
  const add = (kind: CodePiece["kind"], start: number, end: number, skipped = 0): void => {
    pieces.push({ kind, text: code.slice(start + skipped, end).trim(), start, end });
  };
  for (let at = startOfPiece(code, 0); at < code.length; at = startOfPiece(code, pieces.at(-1)?.end ?? code.length)) {
    if (code.startsWith("//", at)) {
      add("comment", at, lineEnd(code, at), 2);
      continue;
    }
    const end = statementEnd(code, at);
    if (end === undefined || end === at) add("prose", at, lineEnd(code, at));
    else pieces.push({ kind: "statement", text: code.slice(at, end).trim(), start: at, end: pastSemicolon(code, end) });
  }
  return pieces;
}

/** Whether every bracket and every string in the text is closed. */
export function isBalanced(text: string): boolean {
  return blockEnd(text, 0, "") !== undefined;
}

function startOfPiece(code: string, at: number): number {
  const skipped = /[\s;]*/y;
  skipped.lastIndex = at;
  skipped.exec(code);
  return skipped.lastIndex;
}

function pastSemicolon(code: string, at: number): number {
  return code[at] === ";" ? at + 1 : at;
}

const longestStatement = 2000;

/** Where a statement that starts at `start` ends; undefined when it never does. */
function statementEnd(text: string, start: number): number | undefined {
  // A copy of bounded length, so that no text takes long, however often it opens what it never closes.
  const code = text.slice(start, start + longestStatement);
  let before = "";
  for (let at = 0; at < code.length;) {
    const character = code[at] ?? "";
    if (character === ";") return start + at;
    if (character === "\n" && !goesOn(code, at)) return start + at;
    if (code.startsWith("//", at) && !endsOpen(code, at)) return start + at;
    if (closers.includes(character)) return undefined;
    const next = tokenEnd(code, at, before);
    if (next === undefined) return undefined;
    if (character.trim() !== "" && !/^\/[/*]/.test(code.slice(at, at + 2))) before = lastOf(code, next);
    at = next;
  }
  return code.length < longestStatement ? start + code.length : undefined;
}

/** The few characters before `end`, by which it is told how code goes on. */
function lastOf(code: string, end: number): string {
  return code.slice(Math.max(end - 20, 0), end);
}

const openers = "([{";
const closers = ")]}";

/** Where the string, pattern, comment, bracketed block or single character at `at` ends. `before` is the code in front of it. */
function tokenEnd(code: string, at: number, before: string): number | undefined {
  const character = code[at] ?? "";
  const opened = openers.indexOf(character);
  if (opened !== -1) return blockEnd(code, at + 1, closers[opened] ?? "");
  if (character === '"' || character === "'") return quotedEnd(code, at, character);
  if (character === "`") return templateEnd(code, at);
  if (character !== "/") return at + 1;
  if (code[at + 1] === "/") return lineEnd(code, at);
  if (code[at + 1] === "*") return endAfter(code, "*/", at + 2);
  return patternMayFollow.test(before) ? patternEnd(code, at) : at + 1;
}

const patternMayFollow: RegExp = /(?:^|[=(,:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|void))\s*$/;

/** Where the block that `closer` ends is over; with an empty `closer`, the end of a balanced text. */
function blockEnd(code: string, start: number, closer: string): number | undefined {
  // Brackets are counted here, not by recursion, so that no text can exhaust the stack.
  const open = [closer];
  const special = /[()[\]{}"'`/]/g;
  special.lastIndex = start;
  for (let match = special.exec(code); match !== null; match = special.exec(code)) {
    const character = match[0];
    const opened = openers.indexOf(character);
    if (opened !== -1) open.push(closers[opened] ?? "");
    else if (closers.includes(character)) {
      if (open.pop() !== character) return undefined;
      if (open.length === 0) return match.index + 1;
    } else {
      const end = tokenEnd(code, match.index, lastOf(code, match.index));
      if (end === undefined) return undefined;
      special.lastIndex = end;
    }
  }
  return closer === "" && open.length === 1 ? code.length : undefined;
}

function quotedEnd(code: string, start: number, quote: string): number | undefined {
  for (let at = start + 1; at < code.length && code[at] !== "\n"; at += code[at] === "\\" ? 2 : 1)
    if (code[at] === quote) return at + 1;
  return undefined;
}

function templateEnd(code: string, start: number): number | undefined {
  for (let at = start + 1; at < code.length;) {
    if (code[at] === "`") return at + 1;
    const next: number | undefined = code.startsWith("${", at)
      ? blockEnd(code, at + 2, "}")
      : at + (code[at] === "\\" ? 2 : 1);
    if (next === undefined) return undefined;
    at = next;
  }
  return undefined;
}

function patternEnd(code: string, start: number): number | undefined {
  let inClass = false;
  for (let at = start + 1; at < code.length && code[at] !== "\n"; at += code[at] === "\\" ? 2 : 1) {
    if (code[at] === "[") inClass = true;
    if (code[at] === "]") inClass = false;
    if (code[at] === "/" && !inClass) return at + 1;
  }
  return undefined;
}

/** Whether a statement goes on after a line end, by what stands before and after it. */
function goesOn(code: string, at: number): boolean {
  const after = code.slice(at, at + 100);
  return (
    endsOpen(code, at) || /^\s*(?:\??\.(?!\d)|[+\-*%&|^=<>?:,](?!\/)|\/(?![/*])|(?:else|catch|finally)\b)/.test(after)
  );
}

function endsOpen(code: string, at: number): boolean {
  return /(?:[=*/%&|^<>~]|(?<!\+)\+|(?<!-)-|\b(?:new|return|await|typeof|in|of|instanceof|else))\s*$/.test(
    lastOf(code, at),
  );
}

function lineEnd(code: string, at: number): number {
  const end = code.indexOf("\n", at);
  return end === -1 ? code.length : end;
}

function endAfter(code: string, text: string, at: number): number | undefined {
  const found = code.indexOf(text, at);
  return found === -1 ? undefined : found + text.length;
}
