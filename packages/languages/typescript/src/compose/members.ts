import { isNode, nodesIn, type SyntaxNode } from "../syntax/walk.ts";

/** The members of a class declaration or expression, in source order. */
export function membersOf(classNode: SyntaxNode): readonly SyntaxNode[] {
  const body = classNode["body"];
  return isNode(body) ? nodesIn(body["body"]) : [];
}

/** What makes two members the same: side, kind and name. Overloads of a method share it. */
export function memberKey(member: SyntaxNode, text: string): string {
  const side = member["static"] === true ? "static" : "instance";
  if (isField(member)) return `${side} field ${memberName(member, text)}`;
  return `${side} ${String(member["kind"] ?? member.type)} ${memberName(member, text)}`;
}

/** The name as written: `get`, `#size`, `constructor`, `[Symbol.iterator]`; empty for static blocks and index signatures. */
export function memberName(member: SyntaxNode, text: string): string {
  const key = member["key"];
  if (!isNode(key)) return "";
  if (member["computed"] === true) return `[${text.slice(key.start, key.end).replaceAll(/\s+/g, "")}]`;
  if (key.type === "PrivateIdentifier") return `#${String(key["name"])}`;
  return String(key["name"] ?? key["value"]);
}

/** True for properties, auto-accessors and index signatures: members without a body. */
export function isField(member: SyntaxNode): boolean {
  return /^(?:TSAbstract)?(?:PropertyDefinition|AccessorProperty)$|^TSIndexSignature$/.test(member.type);
}

/** True for `private` and `#` members. */
export function isPrivate(member: SyntaxNode): boolean {
  const key = member["key"];
  return member["accessibility"] === "private" || (isNode(key) && key.type === "PrivateIdentifier");
}

/** The block of a method, accessor or constructor; undefined for fields and for signatures without one. */
export function bodyOf(member: SyntaxNode): SyntaxNode | undefined {
  const value = member["value"];
  const body = isNode(value) && value.type === "FunctionExpression" ? value["body"] : undefined;
  return isNode(body) ? body : undefined;
}
