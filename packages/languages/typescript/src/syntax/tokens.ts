import type { Span } from "@jaunt/core";
import { jsxSpace } from "./jsx-text.ts";
import { parseSource, type ParsedSource } from "./parse-source.ts";
import { flag, planTokens, type TokenPlan } from "./token-plan.ts";

/** A token with its normalised text. Marks, which say what a formatter's punctuation would have said, have no width. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The tokens of a whole text, joined by newlines: equal for two texts that only a formatter tells apart (white space,
 * comments, quotes, semicolons, trailing commas, redundant parentheses), different after any real edit.
 */
export function tokensText(text: string, path: string): string {
  const parsed = parseSource(path, text);
  // Without a tree the plain text decides: a broken file is never mistaken for an unbroken one.
  if (parsed.problems.length > 0) return `unparsable\n${text.replaceAll("\r\n", "\n")}`;
  return tokenStream(parsed)
    .map((token) => token.text)
    .join("\n");
}

/** The normalised tokens inside `span` (default: everything) of a parsed text. For many spans of one text, use a tokenizer. */
export function tokenStream(parsed: ParsedSource, span?: Span): readonly Token[] {
  return createTokenizer(parsed).tokens(span);
}

/** Cuts any number of spans of one text into tokens; the tree is looked at once. */
export interface Tokenizer {
  /** A span should start and end with a node; the end of the statement that ends with it is not part of it. */
  tokens(span?: Span): readonly Token[];
}

/** See `Tokenizer`. */
export function createTokenizer(parsed: ParsedSource): Tokenizer {
  let plan: TokenPlan | undefined;
  return {
    tokens(span) {
      plan ??= planTokens(parsed);
      return cut(parsed.text, plan, span ?? { start: 0, end: parsed.text.length + 1 });
    },
  };
}

/** Marks of structure, where parentheses and semicolons are ignored. */
const openMark = "⟨";
const closeMark = "⟩";
const endMark = ";";

function cut(text: string, plan: TokenPlan, span: Span): readonly Token[] {
  const tokens: Token[] = [];
  const end = Math.min(span.end, text.length);
  for (let at = span.start; at < end;) {
    const flags = plan.flags[at] ?? 0;
    if ((flags & ~flag.after) === 0 && isBlank(text, at)) {
      at += 1;
      continue;
    }
    const atom = (flags & flag.atom) === 0 ? undefined : plan.atoms.get(at);
    const next = atom === undefined ? lexemeEnd(text, at) : atom.end;
    // A comment may stand where a statement ends: that end belongs to the token before.
    if (atom === undefined || atom.texts.length > 0) {
      if ((flags & flag.before) !== 0) putBefore(at, plan, tokens);
      if (atom !== undefined) putAtom(atom.texts, at, next, tokens);
      else if ((flags & flag.dropped) === 0) putLexeme(text.slice(at, next), at, next, tokens);
      if (((plan.flags[next] ?? 0) & flag.after) !== 0) {
        putMarks(closeMark, plan.closes.get(next), next, tokens);
        if (next < span.end) putMarks(endMark, plan.ends.get(next), next, tokens);
      }
    }
    at = next;
  }
  return tokens;
}

function putBefore(at: number, plan: TokenPlan, tokens: Token[]): void {
  const label = plan.labels.get(at);
  if (label !== undefined) tokens.push({ text: label, start: at, end: at });
  putMarks(openMark, plan.opens.get(at), at, tokens);
}

function putMarks(text: string, count: number | undefined, at: number, tokens: Token[]): void {
  for (let index = 0; index < (count ?? 0); index += 1) tokens.push({ text, start: at, end: at });
}

function putAtom(texts: readonly string[], start: number, end: number, tokens: Token[]): void {
  for (const text of texts) {
    if (text !== jsxSpace || tokens.at(-1)?.text !== jsxSpace) tokens.push({ text, start, end });
  }
}

const closers: ReadonlySet<string> = new Set([")", "]", "}", ">"]);

/** Written semicolons give no token, for every statement has its end mark; nor do trailing commas. */
function putLexeme(text: string, start: number, end: number, tokens: Token[]): void {
  if (text === ";") return;
  if (closers.has(text) && tokens.at(-1)?.text === ",") tokens.pop();
  tokens.push({ text, start, end });
}

// `<` and `>` always stand alone: `>>=` may close two lists of type arguments before a default value.
const lexeme =
  /\s+|#?(?:[\p{ID_Start}$_]|\\u)(?:[\p{ID_Continue}$\u200C\u200D]|\\u(?:\{[\dA-Fa-f]+\}|[\dA-Fa-f]{4}))*|=>|\.\.\.|[=!]==?|\*\*=?|&&=?|\|\|=?|\?\?=?|\?\.(?!\d)|\+\+|--|[-+*/%&|^]=|[^]/uy;

function lexemeEnd(text: string, at: number): number {
  // Nearly every lexeme is white space, an ASCII word or a bracket, which are found faster without the expression.
  const start = text.charCodeAt(at);
  if (isAsciiSpace(start)) return at + 1;
  if (isAsciiWord(start)) {
    let end = at + 1;
    while (isAsciiWord(text.charCodeAt(end))) end += 1;
    const next = text.charCodeAt(end);
    if (next < 128 && next !== backslash) return end;
  } else if (alone.has(start)) return at + 1;
  lexeme.lastIndex = at;
  lexeme.test(text);
  return lexeme.lastIndex > at ? lexeme.lastIndex : at + 1;
}

const backslash = 92;
const alone: ReadonlySet<number> = new Set(Array.from("(){}[];:,<>@~", (character) => character.charCodeAt(0)));

function isAsciiWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 36 ||
    code === 95
  );
}

function isAsciiSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return isAsciiSpace(code) || (code > 127 && /\s/.test(text.charAt(at)));
}
