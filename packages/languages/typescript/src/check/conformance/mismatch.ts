import type { SyntaxNode } from "../../syntax/walk.ts";
import type { Finding } from "../reply.ts";
import type { Side, Signature } from "./signature.ts";

/** Nothing when both have the same tokens, else a finding at the first that differs, with both texts one under the other. */
export function mismatch(name: string, expected: Signature, received: Signature, code = "conformance/signature"): readonly Finding[] {
  const index = expected.tokens.findIndex((token, at) => token.text !== received.tokens[at]?.text);
  const differs = index === -1 ? expected.tokens.length : index;
  if (index === -1 && received.tokens.length === expected.tokens.length) return [];
  const token = received.tokens[differs];
  const span = token === undefined || token.start === token.end ? { start: token?.start ?? received.end, end: token?.start ?? received.end } : token;
  return [
    {
      code,
      message: `The signature of ${name} is not the spec's.\nexpected: ${expected.text}\nreceived: ${received.text}`,
      span: { start: span.start, end: span.end },
      hint: "Copy the signature from the spec, character by character.",
    },
  ];
}

/** A finding at the name of a declaration. */
export function nameFinding(code: string, message: string, node: SyntaxNode, name: string, { parsed }: Side, hint?: string): Finding {
  const start = Math.max(parsed.text.indexOf(name, node.start), node.start);
  return { code, message, span: { start, end: start + name.length }, ...(hint === undefined ? {} : { hint }) };
}
