import type { SyntaxNode } from "./walk.ts";

/** The token of a string, number or other literal: by value, so that its spelling does not count. */
export function literalText(node: SyntaxNode, parent: SyntaxNode | undefined, key: string, raw: string): string {
  const { value } = node;
  if (typeof node["bigint"] === "string") return `${node["bigint"]}n`;
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return raw;
  if (typeof parent?.["directive"] === "string") return `directive ${raw.slice(1, -1)}`;
  // The parser puts U+FFFD where an escape names half of a surrogate pair: only the raw text tells two of them apart.
  if (value.includes("\uFFFD")) return `"${raw.slice(1, -1)}"`;
  return isPlainKey(parent, key, value) ? value : JSON.stringify(value);
}

/** Parents whose `key` or, for enum members, `id` is a name that may stand in quotes. */
const keyed: ReadonlySet<string> = new Set([
  "AccessorProperty",
  "ImportAttribute",
  "MethodDefinition",
  "Property",
  "PropertyDefinition",
  "TSAbstractAccessorProperty",
  "TSAbstractMethodDefinition",
  "TSAbstractPropertyDefinition",
  "TSEnumMember",
  "TSMethodSignature",
  "TSPropertySignature",
]);

/** `{ "a": 1 }` is `{ a: 1 }`, and `{ "1": 1 }` is `{ 1: 1 }`. */
function isPlainKey(parent: SyntaxNode | undefined, key: string, value: string): boolean {
  if (parent === undefined || (key !== "key" && key !== "id") || !keyed.has(parent.type) || parent["computed"] === true)
    return false;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(value) || String(Number(value)) === value;
}

/** The token of a regular expression: the order of its flags does not count. */
export function regexText(raw: string): string {
  const end = raw.lastIndexOf("/") + 1;
  const flags = Array.from(raw.slice(end));
  return raw.slice(0, end) + flags.toSorted().join("");
}

/** The token of a stretch of a template, its delimiters included. Line breaks in templates are always `\n`. */
export function templateText(raw: string): string {
  return raw.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
}
