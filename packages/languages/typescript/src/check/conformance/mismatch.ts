import type { Token } from "../../syntax/tokens.ts";
import type { SyntaxNode } from "../../syntax/walk.ts";
import type { Finding } from "../reply.ts";
import type { Side, Signature } from "./signature.ts";

/** Nothing when both have the same tokens, else a finding at the first that differs, with both texts one under the other. */
export function mismatch(
  name: string,
  expected: Signature,
  received: Signature,
  code = "conformance/signature",
): readonly Finding[] {
  if (firstDifference(expected.tokens, received.tokens) === undefined) return [];
  // Marks of structure have no width: the written token after them says more to a reader.
  const [wanted, given] = [expected.tokens.filter(isWritten), received.tokens.filter(isWritten)];
  const token = given[firstDifference(wanted, given) ?? 0];
  const span = token ?? { start: received.end, end: received.end };
  return [
    {
      code,
      message: `The signature of ${name} is not the spec's.\nexpected: ${expected.text}\nreceived: ${received.text}`,
      span: { start: span.start, end: span.end },
      hint: "Copy the signature from the spec, character by character.",
    },
  ];
}

function firstDifference(left: readonly Token[], right: readonly Token[]): number | undefined {
  const index = left.findIndex((token, at) => token.text !== right[at]?.text);
  if (index !== -1) return index;
  return left.length === right.length ? undefined : left.length;
}

function isWritten({ start, end }: Token): boolean {
  return start < end;
}

/** A finding at the name of a declaration. */
export function nameFinding(
  code: string,
  message: string,
  node: SyntaxNode,
  name: string,
  { parsed }: Side,
  hint?: string,
): Finding {
  const start = Math.max(parsed.text.indexOf(name, node.start), node.start);
  return { code, message, span: { start, end: start + name.length }, ...(hint === undefined ? {} : { hint }) };
}
