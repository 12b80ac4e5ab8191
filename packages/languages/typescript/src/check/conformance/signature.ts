import { bodyOf, isField } from "../../compose/members.ts";
import { plainText } from "../../read/signature.ts";
import type { ParsedSource } from "../../syntax/parse-source.ts";
import type { Token, Tokenizer } from "../../syntax/tokens.ts";
import { isNode, nodesIn, type SyntaxNode } from "../../syntax/walk.ts";

/** One of the two texts that are compared. */
export interface Side {
  readonly parsed: ParsedSource;
  readonly tokenizer: Tokenizer;
}

/** What callers see of one declaration. */
export interface Signature {
  readonly tokens: readonly Token[];
  /** On one line where it is short, for messages. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly hasBody: boolean;
}

const ignoredBeforeName: ReadonlySet<string> = new Set(["export", "declare", "async", "*", "public", "override"]);

/** Of a function declaration or of one of its overloads. */
export function functionSignature(node: SyntaxNode, side: Side): Signature {
  const body = node["body"];
  const end = isNode(body) ? body.start : node.end;
  return signatureOf(node.start, startOf(node["id"], node), end, isNode(body), side);
}

/** Of a function or arrow without a name of its own, such as the value of a const: `function (a)` and `(a) =>` are one. */
export function valueSignature(node: SyntaxNode, side: Side): Signature {
  const body = node["body"];
  const end = isNode(body) ? body.start : node.end;
  const opening = parenthesisOf(node, side.parsed.text);
  const signature = signatureOf(opening, opening, end, true, side);
  const isArrow = node.type === "ArrowFunctionExpression";
  return {
    ...signature,
    text: signature.text.replace(/\s*=>$/, ""),
    tokens: signature.tokens.filter(
      ({ text, start, end: at }) =>
        !(isArrow && (text === "=>" ? at >= lastArrow(signature.tokens) : start === at && start === opening)),
    ),
  };
}

/** Of a class without its members. Decorators are no part of it. */
export function headingSignature(node: SyntaxNode, side: Side): Signature {
  const body = node["body"];
  return signatureOf(
    afterDecorators(node),
    startOf(node["id"], node),
    isNode(body) ? body.start : node.end,
    true,
    side,
  );
}

/** Of a class member: everything but its body, its value and its decorators. */
export function memberSignature(node: SyntaxNode, side: Side): Signature {
  const value = node["value"];
  const field = isField(node) && isNode(value);
  const end = field ? value.start : (bodyOf(node)?.start ?? node.end);
  const key = node["key"];
  const signature = signatureOf(afterDecorators(node), startOf(key, node), end, bodyOf(node) !== undefined, side);
  const keyEnd = isNode(key) ? key.end : node.start;
  const isFurniture = ({ text, start }: Token, index: number): boolean =>
    (field && text === "=" && index === signature.tokens.length - 1) ||
    (node["definite"] === true && text === "!" && start >= keyEnd);
  return {
    ...signature,
    text: signature.text.replace(/\s*=$/, ""),
    tokens: signature.tokens.filter((token, index) => !isFurniture(token, index)),
  };
}

/** All of a node, bodies included. */
export function wholeSignature(node: SyntaxNode, side: Side): Signature {
  return signatureOf(node.start, node.start, node.end, true, side);
}

function signatureOf(
  start: number,
  nameAt: number,
  end: number,
  hasBody: boolean,
  { parsed, tokenizer }: Side,
): Signature {
  const tokens = tokenizer
    .tokens({ start, end })
    .filter((token) => token.start >= nameAt || !ignoredBeforeName.has(token.text));
  const text = plainText(parsed.text, parsed.comments, { start, end }).replace(/^(?:(?:export|declare|async) )+/, "");
  return { tokens, text: onOneLine(text), start: tokens[0]?.start ?? start, end: tokens.at(-1)?.end ?? end, hasBody };
}

function onOneLine(text: string): string {
  const joined = text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/([([]) /g, "$1")
    .replaceAll(/,? ([)\]])/g, "$1")
    .trim();
  return joined.length <= 120 ? joined : text.trim();
}

function startOf(value: unknown, fallback: SyntaxNode): number {
  return nodesIn(value)[0]?.start ?? fallback.start;
}

function afterDecorators(node: SyntaxNode): number {
  const key = startOf(node["key"] ?? node["id"], node);
  const ends = nodesIn(node["decorators"])
    .map((decorator) => decorator.end)
    .filter((end) => end <= key);
  return Math.max(node.start, ...ends);
}

/** Where the type parameters or parameters of a function begin, its `async`, `function`, `*` and name left behind. */
function parenthesisOf(node: SyntaxNode, text: string): number {
  const [types] = nodesIn(node["typeParameters"]);
  if (types !== undefined) return types.start;
  const from = nodesIn(node["id"])[0]?.end ?? node.start;
  const [parameter] = nodesIn(node["params"]);
  const opening = text.indexOf("(", from);
  return opening === -1 || (parameter !== undefined && opening > parameter.start)
    ? (parameter?.start ?? from)
    : opening;
}

function lastArrow(tokens: readonly Token[]): number {
  return tokens.findLast(({ text }) => text === "=>")?.end ?? 0;
}
