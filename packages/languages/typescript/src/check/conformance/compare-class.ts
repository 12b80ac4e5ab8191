import type { Spec } from "@jaunt/core";
import { isField, isPrivate, memberKey, memberName, membersOf } from "../../compose/members.ts";
import { isNode, nodesIn, type SyntaxNode } from "../../syntax/walk.ts";
import { keptKeys } from "../kept-members.ts";
import type { Finding } from "../reply.ts";
import { compareOverloads } from "./compare-overloads.ts";
import { mismatch, nameFinding } from "./mismatch.ts";
import { headingSignature, memberSignature, wholeSignature, type Side } from "./signature.ts";

/** A class declaration of one side. */
export interface ClassDeclaration {
  readonly side: Side;
  readonly node: SyntaxNode;
}

/**
 * A class: its heading, every member that callers or subclasses see, and no other such member. Private ones are free. In a
 * class that the author wrote in part, what the author wrote may be left out, or must stand as it is.
 */
export function compareClass(spec: Spec, stub: ClassDeclaration, reply: ClassDeclaration): readonly Finding[] {
  if (reply.node["declare"] === true) {
    return [
      nameFinding(
        "conformance/body",
        `${spec.name} is only declared.`,
        reply.node,
        spec.name,
        reply.side,
        "Implement it; leave out `declare`.",
      ),
    ];
  }
  const kept = keptKeys(spec, stub.node, stub.side.parsed.text);
  const expected = grouped(stub);
  const received = grouped(reply);
  const substitutes = findSubstitutes(expected, received, stub, reply);
  return [
    ...compareHeading(spec, stub, reply),
    ...[...expected].flatMap(([key, members]) => {
      const own = received.get(key) ?? [];
      if (kept.has(key)) return own.length === 0 ? [] : compareKept(spec, members, stub.side, own, reply.side);
      if (spec.form === "declare" && members.every(isPrivate)) return [];
      if (own.length === 0) return [missing(spec, members, stub.side, substitutes.get(key), reply)];
      return compareMember(spec, members, stub.side, own, reply.side);
    }),
    ...[...received].flatMap(([key, members]) => {
      const known = expected.has(key) || [...substitutes.values()].some((substitute) => members.includes(substitute));
      return known ? [] : surplus(spec, members, reply);
    }),
  ];
}

type Members = ReadonlyMap<string, readonly SyntaxNode[]>;

function grouped({ node, side }: ClassDeclaration): Members {
  const groups = new Map<string, SyntaxNode[]>();
  for (const member of membersOf(node)) {
    const key = memberKey(member, side.parsed.text);
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return groups;
}

/** The author's own heading stands in a partly written class, so the reply may leave out what follows the name. */
function compareHeading(spec: Spec, stub: ClassDeclaration, reply: ClassDeclaration): readonly Finding[] {
  const { node } = reply;
  const bare =
    nodesIn(node["implements"]).length === 0 && !isNode(node["superClass"]) && !isNode(node["typeParameters"]);
  if (spec.form === "magic" && bare) return [];
  return mismatch(
    spec.name,
    headingSignature(stub.node, stub.side),
    headingSignature(node, reply.side),
    "conformance/heading",
  );
}

function compareKept(
  spec: Spec,
  expected: readonly SyntaxNode[],
  stub: Side,
  received: readonly SyntaxNode[],
  reply: Side,
): readonly Finding[] {
  // Its overloads may be left out, its body may not.
  const compared = received.length === expected.length ? expected : expected.slice(-1);
  const title = memberTitle(spec, expected[0], stub);
  const differs = compared.flatMap((member, index) =>
    mismatch(title, wholeSignature(member, stub), wholeSignature(received[index] ?? member, reply)),
  );
  const [first] = differs;
  if (first === undefined) return [];
  const message = `${title} is written by hand in the spec and must stay as it is.`;
  return [
    {
      code: "conformance/kept-member",
      message,
      span: first.span,
      hint: "Leave it out, or repeat it as it stands in the spec.",
    },
  ];
}

function compareMember(
  spec: Spec,
  expected: readonly SyntaxNode[],
  stub: Side,
  received: readonly SyntaxNode[],
  reply: Side,
): readonly Finding[] {
  const title = memberTitle(spec, expected[0], stub);
  const wanted = expected.map((member) => memberSignature(member, stub));
  const given = received.map((member) => memberSignature(member, reply));
  const [only, ...others] = given;
  const implementation = wanted.at(-1);
  if (only === undefined || implementation === undefined) return [];
  // The author's overloads stand in a partly written class: the body alone will do.
  const bodyAlone = spec.form === "magic" && others.length === 0;
  if (bodyAlone || expected.every(isField)) return mismatch(title, implementation, only);
  return compareOverloads(title, wanted, given, reply);
}

/** Members of the reply that have the name of a missing one and are something else: a getter for a field, a static one. */
function findSubstitutes(
  expected: Members,
  received: Members,
  stub: ClassDeclaration,
  reply: ClassDeclaration,
): ReadonlyMap<string, SyntaxNode> {
  const names = new Map<string, SyntaxNode>();
  for (const [key, [first]] of received) {
    if (first !== undefined && !expected.has(key)) names.set(memberName(first, reply.side.parsed.text), first);
  }
  const found = new Map<string, SyntaxNode>();
  for (const [key, [first]] of expected) {
    const substitute =
      first === undefined || received.has(key) ? undefined : names.get(memberName(first, stub.side.parsed.text));
    if (substitute !== undefined) found.set(key, substitute);
  }
  return found;
}

function missing(
  spec: Spec,
  members: readonly SyntaxNode[],
  stub: Side,
  substitute: SyntaxNode | undefined,
  reply: ClassDeclaration,
): Finding {
  const title = memberTitle(spec, members[0], stub);
  const wanted = `expected: ${members.map((member) => memberSignature(member, stub).text).join("\n          ")}`;
  if (substitute === undefined) {
    return nameFinding(
      "conformance/missing-member",
      `${title} is missing.\n${wanted}`,
      reply.node,
      spec.name,
      reply.side,
    );
  }
  const { text, start, end } = memberSignature(substitute, reply.side);
  return {
    code: "conformance/member-kind",
    message: `${title} is another kind of member than in the spec.\n${wanted}\nreceived: ${text}`,
    span: { start, end },
    hint: "Declare it as the spec does.",
  };
}

function surplus(spec: Spec, members: readonly SyntaxNode[], reply: ClassDeclaration): readonly Finding[] {
  const [first] = members;
  if (first === undefined || isPrivate(first) || first.type === "StaticBlock" || isImpliedConstructor(members, reply))
    return [];
  const { text, start, end } = memberSignature(first, reply.side);
  return [
    {
      code: "conformance/extra-member",
      message: `${memberTitle(spec, first, reply.side)} is not in the spec.\nreceived: ${text}`,
      span: { start, end },
      hint:
        first["kind"] === "constructor"
          ? "Set up the state in fields, which need no constructor."
          : "Make it private, best with a # name.",
    },
  ];
}

/** `constructor() {…}` in a class that extends nothing is what the class has without it. */
function isImpliedConstructor([first, second]: readonly SyntaxNode[], { node }: ClassDeclaration): boolean {
  const value = first?.["value"];
  if (first?.["kind"] !== "constructor" || second !== undefined || !isNode(value)) return false;
  return nodesIn(value["params"]).length === 0 && !isNode(node["superClass"]) && first["accessibility"] !== "protected";
}

function memberTitle(spec: Spec, member: SyntaxNode | undefined, { parsed }: Side): string {
  if (member === undefined) return spec.name;
  const name =
    member.type === "StaticBlock"
      ? "static {}"
      : member.type === "TSIndexSignature"
        ? "[index]"
        : memberName(member, parsed.text);
  return name.startsWith("[") ? `${spec.name}${name}` : `${spec.name}.${name}`;
}
