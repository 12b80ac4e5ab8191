import type { Span } from "@jaunt/core";
import { digest } from "@jaunt/core/digest";
import type { Comment } from "../syntax/parse-source.ts";
import type { Tokenizer } from "../syntax/tokens.ts";

/** Words before a name that both stub forms write differently, or that no caller sees. */
const unseen: ReadonlySet<string> = new Set([
  "export",
  "declare",
  "async",
  "*",
  "public",
  "function",
  "const",
  "let",
  "var",
]);

/**
 * The normalised tokens of a signature, one text: `declare` and `magic` forms of one signature are equal. `nameAt` is where the
 * name starts; words of no meaning to a caller are left out before it.
 */
export function signatureTokens(tokenizer: Tokenizer, span: Span, nameAt: number): string {
  return tokenizer
    .tokens(span)
    .filter((token) => token.start >= nameAt || !unseen.has(token.text))
    .map((token) => token.text)
    .join("\n");
}

/** Digest of signature parts in their order. */
export function signatureDigest(parts: readonly string[]): string {
  return digest("signature", parts);
}

/** Text of a span without its comments, blank lines and trailing separators: what a prompt shows. */
export function plainText(text: string, comments: readonly Comment[], span: Span): string {
  let at = span.start;
  let plain = "";
  for (const comment of comments) {
    if (comment.end <= at || comment.start >= span.end) continue;
    plain += text.slice(at, Math.max(at, comment.start));
    at = comment.end;
  }
  plain += text.slice(at, Math.max(at, span.end));
  return plain
    .replaceAll("\r\n", "\n")
    .replaceAll(/[ \t]+$/gm, "")
    .replaceAll(/\n{2,}/g, "\n")
    .trim()
    .replace(/;$/, "");
}
