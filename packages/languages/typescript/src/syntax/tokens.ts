import type { Span } from "@jaunt/core";
import { parseSource, type ParsedSource } from "./parse-source.ts";
import { nodesIn, visitNodes, type SyntaxNode } from "./walk.ts";

/** A token with its normalised text; marks of structure have no width. */
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
  tokens(span?: Span): readonly Token[];
}

/** See `Tokenizer`. */
export function createTokenizer(parsed: ParsedSource): Tokenizer {
  let plan: TokenPlan | undefined;
  return {
    tokens(span = { start: 0, end: parsed.text.length }) {
      plan ??= planTokens(parsed);
      return tokensIn(parsed.text, plan, span);
    },
  };
}

function tokensIn(text: string, plan: TokenPlan, span: Span): readonly Token[] {
  const tokens: Token[] = [];
  let at = span.start;
  while (at < span.end) {
    for (const mark of plan.marks.get(at) ?? []) tokens.push({ text: mark, start: at, end: at });
    const atom = plan.atoms.get(at);
    if (atom !== undefined) {
      if (atom.text !== "") tokens.push({ text: atom.text, start: at, end: atom.end });
      at = atom.end;
      continue;
    }
    const next = lexemeAt(text, at);
    if (next.trim() !== "" && !plan.dropped.has(at)) tokens.push({ text: next, start: at, end: at + next.length });
    at += next.length;
  }
  for (const mark of plan.marks.get(span.end) ?? []) if (mark === closeMark) tokens.push({ text: mark, start: at, end: at });
  return dropSeparators(tokens);
}

interface TokenPlan {
  /** Stretches that are one token, or none at all: comments, literals, pieces of templates, JSX text. */
  readonly atoms: ReadonlyMap<number, { readonly end: number; readonly text: string }>;
  /** Offsets of punctuation that a formatter puts in or takes out. */
  readonly dropped: ReadonlySet<number>;
  /** Brackets that keep the structure visible where parentheses are ignored. */
  readonly marks: ReadonlyMap<number, readonly string[]>;
}

const openMark = "⟨";
const closeMark = "⟩";

const structured: ReadonlySet<string> = new Set([
  "ArrowFunctionExpression",
  "AssignmentExpression",
  "AwaitExpression",
  "BinaryExpression",
  "ConditionalExpression",
  "LogicalExpression",
  "SequenceExpression",
  "TSAsExpression",
  "TSConditionalType",
  "TSConstructorType",
  "TSFunctionType",
  "TSInferType",
  "TSIntersectionType",
  "TSSatisfiesExpression",
  "TSTypeOperator",
  "TSUnionType",
  "UnaryExpression",
  "YieldExpression",
]);

function planTokens({ text, body, comments }: ParsedSource): TokenPlan {
  const atoms = new Map<number, { end: number; text: string }>();
  const dropped = new Set<number>();
  const opens = new Map<number, number>();
  const closes = new Map<number, number>();
  const parentheses = new Map<SyntaxNode, SyntaxNode | undefined>();
  for (const comment of comments) atoms.set(comment.start, { end: comment.end, text: "" });
  visitNodes(body, (node, parent, key) => {
    const around = aroundParentheses(parent, parentheses);
    const atom = atomOf(node, parent, key, text);
    if (atom !== undefined) atoms.set(node.start, { end: node.end, text: atom });
    if (node.type === "ParenthesizedExpression" || node.type === "TSParenthesizedType") {
      parentheses.set(node, around);
      dropped.add(node.start).add(node.end - 1);
    }
    if (isBareArrow(node, text)) dropArrowParentheses(node, text, dropped);
    if (structured.has(node.type) && isNested(around)) {
      opens.set(node.start, (opens.get(node.start) ?? 0) + 1);
      closes.set(node.end, (closes.get(node.end) ?? 0) + 1);
    }
    if (node.type === "TSUnionType" || node.type === "TSIntersectionType") dropLeadingOperator(node, text, dropped);
    if (node.type === "TSTypeLiteral" || node.type === "TSInterfaceBody") dropMemberSeparators(node, text, dropped);
  });
  return { atoms, dropped, marks: marksAt(opens, closes) };
}

/** What holds a node once parentheses are looked through. */
function aroundParentheses(
  parent: SyntaxNode | undefined,
  parentheses: ReadonlyMap<SyntaxNode, SyntaxNode | undefined>,
): SyntaxNode | undefined {
  return parent !== undefined && parentheses.has(parent) ? parentheses.get(parent) : parent;
}

/** Only an operator, a call or a member access around a node makes its extent depend on parentheses. */
function isNested(parent: SyntaxNode | undefined): boolean {
  if (parent === undefined) return false;
  return !/Statement$|^VariableDeclarator$|^TSTypeAnnotation$|^TSTypeAliasDeclaration$|^Property/.test(parent.type);
}

function marksAt(opens: ReadonlyMap<number, number>, closes: ReadonlyMap<number, number>): ReadonlyMap<number, readonly string[]> {
  const marks = new Map<number, string[]>();
  for (const [at, count] of closes) marks.set(at, Array.from({ length: count }, () => closeMark));
  for (const [at, count] of opens) marks.set(at, [...(marks.get(at) ?? []), ...Array.from({ length: count }, () => openMark)]);
  return marks;
}

function atomOf(node: SyntaxNode, parent: SyntaxNode | undefined, key: string, text: string): string | undefined {
  switch (node.type) {
    case "Literal":
      return literalText(node, parent, key, text);
    case "TemplateElement":
      return `\`${text.slice(node.start, node.end).replaceAll("\r\n", "\n")}\``;
    case "JSXText":
      return jsxText(text.slice(node.start, node.end));
    default:
      return undefined;
  }
}

function literalText(node: SyntaxNode, parent: SyntaxNode | undefined, key: string, text: string): string {
  const { value } = node;
  if (typeof value === "string") return isPlainKey(parent, key, value) ? value : JSON.stringify(value);
  if (typeof value === "number" && !Number.isNaN(value)) return String(value);
  return text.slice(node.start, node.end);
}

/** `{ "a": 1 }` is `{ a: 1 }`. */
function isPlainKey(parent: SyntaxNode | undefined, key: string, value: string): boolean {
  return key === "key" && parent?.["computed"] !== true && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(value);
}

/** Line breaks with the white space around them mean nothing in JSX. */
function jsxText(raw: string): string {
  const lines = raw.split(/\r?\n/);
  const trimmed = lines.map((line, index) => {
    const start = index === 0 ? line : line.trimStart();
    return index === lines.length - 1 ? start : start.trimEnd();
  });
  return trimmed
    .filter((line) => line !== "")
    .map((line) => JSON.stringify(line))
    .join("\n");
}

function isBareArrow(node: SyntaxNode, text: string): boolean {
  if (node.type !== "ArrowFunctionExpression" || node["typeParameters"] || node["returnType"]) return false;
  const [parameter, ...rest] = nodesIn(node["params"]);
  if (parameter?.type !== "Identifier" || rest.length > 0 || parameter["typeAnnotation"] || parameter["optional"] === true) return false;
  return text.slice(node.start, parameter.start).includes("(");
}

function dropArrowParentheses(node: SyntaxNode, text: string, dropped: Set<number>): void {
  const [parameter] = nodesIn(node["params"]);
  if (parameter === undefined) return;
  dropped.add(text.lastIndexOf("(", parameter.start)).add(text.indexOf(")", parameter.end));
}

function dropMemberSeparators(node: SyntaxNode, text: string, dropped: Set<number>): void {
  for (const member of nodesIn(node["members"] ?? node["body"])) {
    let at = member.end - 1;
    if (text[at] !== "," && text[at] !== ";") at += 1;
    while (/\s/.test(text[at] ?? "x")) at += 1;
    if (text[at] === "," || text[at] === ";") dropped.add(at);
  }
}

function dropLeadingOperator(node: SyntaxNode, text: string, dropped: Set<number>): void {
  const operator = node.type === "TSUnionType" ? "|" : "&";
  if (text[node.start] === operator) dropped.add(node.start);
}

const lexeme = /\s+|[\p{ID_Start}$_#@][\p{ID_Continue}$\u200C\u200D]*|\\u\{?[\dA-Fa-f]+\}?|=>|\.\.\.|[=!]==?|<<=?|\*\*=?|&&=?|\|\|=?|\?\?=?|\?\.(?!\d)|\+\+|--|[-+*/%&|^<>]=|[\s\S]/uy;

/** One lexeme of the text between atoms. `>` always stands alone: `>>` may close two type argument lists. */
function lexemeAt(text: string, at: number): string {
  lexeme.lastIndex = at;
  return lexeme.exec(text)?.[0] ?? text.slice(at, at + 1);
}

const closers: ReadonlySet<string> = new Set([")", "]", "}", ">", closeMark]);

/** Semicolons, trailing commas and the separators of type members are a formatter's choice. */
function dropSeparators(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter(({ text }, index) => {
    if (text === ";") return false;
    return text !== "," || !closers.has(tokens[index + 1]?.text ?? ")");
  });
}
