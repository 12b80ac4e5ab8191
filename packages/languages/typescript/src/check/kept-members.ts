import type { Span, Spec } from "@jaunt/core";
import { bodyOf, isField, memberKey, membersOf } from "../compose/members.ts";
import { declarationOf } from "../compose/spec-file.ts";
import { isNode, type SyntaxNode } from "../syntax/walk.ts";
import type { Reply } from "./reply.ts";

/** A class declared at the top level of the given statements, exported or not. */
function classNamed(name: string, statements: readonly SyntaxNode[]): SyntaxNode | undefined {
  return statements.map(declarationOf).find((node) => {
    const id = node["id"];
    return node.type === "ClassDeclaration" && isNode(id) && id["name"] === name;
  });
}

/** Keys of the members of a spec class that the author implemented; none for a declared class. */
export function keptKeys(spec: Spec, node: SyntaxNode, text: string): ReadonlySet<string> {
  if (spec.form === "declare") return new Set();
  const generated = new Set(
    spec.members.flatMap((member) => (member.generated && member.bodySpan ? [member.bodySpan.start] : [])),
  );
  const kept = membersOf(node).filter((member) => {
    const body = bodyOf(member);
    if (body !== undefined) return !generated.has(body.start);
    return isField(member) || member.type === "StaticBlock" || member.type.startsWith("TSAbstract");
  });
  return new Set(kept.map((member) => memberKey(member, text)));
}

/** Where the reply repeats what the author wrote: the author's code is not judged. */
export function repeatedSpans({ spec, parsed }: Reply): readonly Span[] {
  return spec.module.specs.flatMap((each) => {
    const own = classNamed(each.name, spec.parsed.body);
    const repeated = classNamed(each.name, parsed.body);
    if (own === undefined || repeated === undefined) return [];
    const keys = keptKeys(each, own, spec.parsed.text);
    return membersOf(repeated).filter((member) => keys.has(memberKey(member, parsed.text)));
  });
}
