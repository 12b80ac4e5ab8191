import type { Finding } from "../reply.ts";
import { mismatch } from "./mismatch.ts";
import type { Side, Signature } from "./signature.ts";

/**
 * Functions and methods: every overload of the stub must be there, in order. Behind several declared overloads the
 * implementation's own signature is free, for no caller sees it; a stub that has one says what it is.
 */
export function compareOverloads(
  name: string,
  expected: readonly Signature[],
  received: readonly Signature[],
  side: Side,
): readonly Finding[] {
  const stub = split(expected);
  const reply = split(received);
  const visible = stub.overloads.length > 0 ? stub.overloads : expected;
  const given = reply.overloads.length > 0 ? reply.overloads : received;
  const [firstGiven] = given;
  if (firstGiven === undefined) return [];
  if (given.length !== visible.length) return [wrongCount(name, visible, given, firstGiven)];
  const found = visible.flatMap((signature, index) => mismatch(name, signature, given[index] ?? firstGiven));
  if (found.length > 0) return found;
  if (reply.implementation === undefined && !isAbstract(firstGiven)) return [withoutBody(name, firstGiven, side)];
  if (stub.implementation === undefined || reply.implementation === undefined || stub.overloads.length === 0) return [];
  return mismatch(`the implementation of ${name}`, stub.implementation, reply.implementation);
}

interface Split {
  readonly overloads: readonly Signature[];
  readonly implementation: Signature | undefined;
}

function split(signatures: readonly Signature[]): Split {
  return {
    overloads: signatures.filter((each) => !each.hasBody),
    implementation: signatures.find((each) => each.hasBody),
  };
}

function wrongCount(
  name: string,
  expected: readonly Signature[],
  received: readonly Signature[],
  first: Signature,
): Finding {
  const lines = (signatures: readonly Signature[]): string => signatures.map(({ text }) => `\n  ${text}`).join("");
  return {
    code: "conformance/overloads",
    message: `${name} has ${count(expected)} in the spec and ${count(received)} in the reply.\nexpected:${lines(expected)}\nreceived:${lines(received)}`,
    span: { start: first.start, end: first.end },
    hint: "Write every overload of the spec, in its order, and then one implementation.",
  };
}

function count({ length }: readonly Signature[]): string {
  return length === 1 ? "1 signature" : `${length} signatures`;
}

function withoutBody(name: string, { start, end }: Signature, { parsed }: Side): Finding {
  const code = "conformance/body";
  const line = Math.min(end, parsed.text.length);
  return {
    code,
    message: `${name} has no body.`,
    span: { start, end: line },
    hint: "Implement it; leave out `declare`.",
  };
}

function isAbstract({ tokens }: Signature): boolean {
  return tokens.slice(0, 3).some(({ text }) => text === "abstract");
}
