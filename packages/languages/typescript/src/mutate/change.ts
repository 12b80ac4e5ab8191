import type { SyntaxNode } from "../syntax/walk.ts";

/** Kinds of small mistakes, in the order in which they take turns. */
export const operators = [
  "comparison",
  "return",
  "number",
  "logic",
  "call",
  "arithmetic",
  "statement",
  "branch",
  "text",
] as const;

/** A kind of small mistake. */
export type Operator = (typeof operators)[number];

/** A replacement of one piece of code that leaves the rest as it is. */
export interface Change {
  readonly operator: Operator;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What was changed, for a person: `a <= b` to `a < b`. */
  readonly description: string;
}

/** A code file as the operators look at it. */
export interface Code {
  readonly text: string;
  /** `text` with comments as blanks, every offset kept. */
  readonly bare: string;
  /** What holds a node; undefined at the top. */
  parentOf(node: SyntaxNode): SyntaxNode | undefined;
  /** Whether a name is declared as a string, or with one as its first value, anywhere in the file. */
  isText(name: string): boolean;
}

/** Characters of code that a description shows on either side of a change. */
const reach = 30;

/** A change of a piece of `shown`, described by what stands around it there. */
export function changeOf(
  operator: Operator,
  { text }: Code,
  shown: SyntaxNode,
  span: { readonly start: number; readonly end: number },
  replacement: string,
): Change {
  const before = cut(text.slice(shown.start, span.start), "end");
  const after = cut(text.slice(span.end, shown.end), "start");
  const quoted = (middle: string): string => `\`${before}${cut(middle, "middle")}${after}\``;
  return {
    operator,
    start: span.start,
    end: span.end,
    text: replacement,
    description: `${quoted(text.slice(span.start, span.end))} to ${quoted(replacement)}`,
  };
}

/** A statement taken out. */
export function removalOf(operator: Operator, { text }: Code, statement: SyntaxNode): Change {
  const { start, end } = statement;
  return { operator, start, end, text: ";", description: `\`${cut(text.slice(start, end), "middle")}\` removed` };
}

/** Code on one line, shortened on the side that is farther from the change. */
function cut(code: string, kept: "start" | "middle" | "end"): string {
  const line = code.replaceAll(/\s+/g, " ");
  if (line.length <= (kept === "middle" ? 2 : 1) * reach) return line;
  if (kept === "start") return `${line.slice(0, reach)}…`;
  if (kept === "end") return `…${line.slice(-reach)}`;
  return `${line.slice(0, reach)}…${line.slice(-reach)}`;
}
