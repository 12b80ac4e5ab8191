import { isNode, type SyntaxNode } from "./walk.ts";

/** The token of white space that JSX renders, however it is written: `a b`, `{" "}`. */
export const jsxSpace: string = "jsx space";

/** Tokens of text between tags: its words, and the white space that counts. Line breaks with what is around them do not. */
export function jsxTextTokens(raw: string): readonly string[] {
  const words = raw.split(/[ \t\r\n]+/);
  const tokens: string[] = [];
  if (words.length === 1) return [wordToken(raw)];
  const [leading, trailing] = [/^[ \t\r\n]*/.exec(raw)?.[0] ?? "", /[ \t\r\n]*$/.exec(raw)?.[0] ?? ""];
  if (leading.length === raw.length) return /[\r\n]/.test(raw) ? [] : [jsxSpace];
  if (leading !== "" && !/[\r\n]/.test(leading)) tokens.push(jsxSpace);
  for (const [index, word] of words.filter((part) => part !== "").entries()) {
    if (index > 0) tokens.push(jsxSpace);
    tokens.push(wordToken(word));
  }
  if (trailing !== "" && !/[\r\n]/.test(trailing)) tokens.push(jsxSpace);
  return tokens;
}

function wordToken(word: string): string {
  return `jsx ${JSON.stringify(word)}`;
}

/** True for `{" "}`. */
export function isSpaceContainer({ expression }: SyntaxNode): boolean {
  return isNode(expression) && expression.type === "Literal" && expression["value"] === " ";
}

/** The token of a quoted attribute. Formatters tidy the white space of class names. */
export function jsxAttributeText(node: SyntaxNode, attribute: SyntaxNode): string {
  const value = String(node["value"]).replaceAll("&quot;", '"').replaceAll("&apos;", "'").replaceAll("\r\n", "\n");
  const name = isNode(attribute["name"]) ? attribute["name"]["name"] : "";
  return JSON.stringify(name === "className" || name === "class" ? value.trim().split(/\s+/).join(" ") : value);
}
