import type { ParsedSource } from "../syntax/parse-source.ts";
import { isNode, nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { documentedStart, indentAt } from "./docs.ts";
import { applyEdits, type Edit } from "./edits.ts";
import { nameOf } from "./imports.ts";
import { isField, isPrivate, memberKey, memberName, membersOf } from "./members.ts";
import {
  endWithoutSemicolon,
  functionBody,
  notBuilt,
  notBuiltMembers,
  notBuiltValue,
  parameterNames,
} from "./not-built.ts";

/** How a declared class becomes a real one that throws: edits inside it, and a merged interface to put behind it. */
export interface DeclaredClass {
  readonly edits: readonly Edit[];
  readonly merged: string;
}

/**
 * Gives a declared class bodies. Where the project demands `override` and the stub has none, a derived class keeps its public
 * members in a merged interface: from the text alone nobody can tell which of them override something.
 */
export function declaredClass(
  parsed: ParsedSource,
  classNode: SyntaxNode,
  ref: string,
  needsOverride: boolean,
  moved: readonly Edit[],
): DeclaredClass {
  const members = membersOf(classNode);
  const inInterface = needsOverride && isNode(classNode["superClass"]) ? members.filter(mayOverride) : [];
  const edits = members.flatMap((member, index) => {
    if (inInterface.includes(member) || isDropped(member)) return [removed(parsed, member)];
    return memberEdits(parsed, classNode, members, index, ref);
  });
  if (inInterface.length === 0) return { edits, merged: "" };
  const names = [...new Set(inInterface.map((member) => nameExpression(parsed, member)))].filter((name) => name !== "");
  const body = classNode["body"];
  const end = isNode(body) ? body.end - 1 : classNode.end;
  const throwing = members.some((member) => member["kind"] === "constructor")
    ? []
    : [{ start: end, end, text: `  ${notBuiltMembers(ref, names)}\n` }];
  return { edits: [...edits, ...throwing], merged: mergedInterface(parsed, classNode, inInterface, moved) };
}

function mayOverride(member: SyntaxNode): boolean {
  if (
    member["static"] === true ||
    member["override"] === true ||
    isPrivate(member) ||
    member["accessibility"] === "protected"
  )
    return false;
  return member["kind"] !== "constructor" && !/^TSAbstract|^TSIndexSignature$/.test(member.type);
}

/** Private methods and `#` members are of no use outside and would count as unused. A private constructor says something. */
function isDropped(member: SyntaxNode): boolean {
  if (!isPrivate(member) || member["kind"] === "constructor") return false;
  const key = member["key"];
  return !isField(member) || (isNode(key) && key.type === "PrivateIdentifier");
}

function removed(parsed: ParsedSource, member: SyntaxNode): Edit {
  const start = documentedStart(parsed, member);
  const indent = indentAt(parsed.text, start);
  const lineEnd = /^[ \t]*\r?\n/.exec(parsed.text.slice(member.end))?.[0].length ?? 0;
  return { start: start - indent.length, end: member.end + lineEnd, text: "" };
}

function memberEdits(
  parsed: ParsedSource,
  classNode: SyntaxNode,
  members: readonly SyntaxNode[],
  index: number,
  ref: string,
): readonly Edit[] {
  const member = members[index];
  const value = member?.["value"];
  if (
    member === undefined ||
    /^TSAbstract|^TSIndexSignature$/.test(member.type) ||
    (member["optional"] === true && !isField(member))
  )
    return [];
  const memberRef = `${ref}.${memberName(member, parsed.text)}`;
  if (isField(member)) return fieldEdits(parsed, member, memberRef);
  if (!isNode(value) || isNode(value["body"])) return [];
  const key = memberKey(member, parsed.text);
  const overloads = members.filter((other) => memberKey(other, parsed.text) === key);
  if (overloads.at(-1) !== member) return [];
  const inputs = overloads.length === 1 ? parameterNames(value) : ["inputs"];
  const indent = indentAt(parsed.text, member.start);
  const body =
    member["kind"] === "constructor"
      ? constructorBody(parsed, classNode, ref, inputs, indent)
      : functionBody(memberRef, inputs, indent);
  const end = endWithoutSemicolon(parsed.text, member);
  if (overloads.length === 1)
    return [{ start: end, end: member.end, text: member["kind"] === "set" ? body.replace("return ", "") : body }];
  const head = parsed.text.slice(member.start, value.start);
  const returns = member["kind"] === "constructor" ? "" : ": never";
  return [
    { start: member.end, end: member.end, text: `\n${indent}${head}(...inputs: readonly unknown[])${returns}${body}` },
  ];
}

function fieldEdits(parsed: ParsedSource, member: SyntaxNode, ref: string): readonly Edit[] {
  if (isNode(member["value"])) return [];
  if (isPrivate(member)) return [{ start: member.start, end: member.start, text: "declare " }];
  const end = endWithoutSemicolon(parsed.text, member);
  return [
    { start: end, end: member.end, text: ` = ${member["static"] === true ? notBuiltValue(ref) : notBuilt(ref)};` },
  ];
}

/** A derived constructor has to call `super`; its arguments are of the right type and are never reached. */
function constructorBody(
  parsed: ParsedSource,
  classNode: SyntaxNode,
  ref: string,
  inputs: readonly string[],
  indent: string,
): string {
  const base = classNode["superClass"];
  const call = notBuilt(ref, inputs);
  if (!isNode(base)) return ` {\n${indent}  ${call};\n${indent}}`;
  const typeArguments = classNode["superTypeArguments"];
  const baseType = parsed.text.slice(base.start, isNode(typeArguments) ? typeArguments.end : base.end);
  return ` {\n${indent}  super(...(${call} as ConstructorParameters<typeof ${baseType}>));\n${indent}}`;
}

function mergedInterface(
  parsed: ParsedSource,
  classNode: SyntaxNode,
  members: readonly SyntaxNode[],
  moved: readonly Edit[],
): string {
  const parameters = classNode["typeParameters"];
  const typeParameters = isNode(parameters) ? applyEdits(parsed.text, moved, parameters.start, parameters.end) : "";
  const lines = members.map((member) => {
    const signature = applyEdits(parsed.text, moved, member.start, endWithoutSemicolon(parsed.text, member)).replace(
      /^(?:(?:public|accessor)\s+)+/,
      "",
    );
    const doc = parsed.text.slice(documentedStart(parsed, member), member.start);
    return `  ${doc}${signature};`;
  });
  return `\n\nexport interface ${nameOf(classNode["id"])}${typeParameters} {\n${lines.join("\n")}\n}`;
}

/** A member's name as an expression: a string, or what stands in the brackets. */
function nameExpression(parsed: ParsedSource, member: SyntaxNode): string {
  const [key] = nodesIn(member["key"]);
  if (key === undefined) return "";
  return member["computed"] === true
    ? parsed.text.slice(key.start, key.end)
    : JSON.stringify(memberName(member, parsed.text));
}
