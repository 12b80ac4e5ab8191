import type { Spec } from "@jaunt/core";
import type { ParsedSource } from "../syntax/parse-source.ts";
import { isNode, nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { documentedStart, indentAt, startOf } from "./docs.ts";
import { applyEdits, type Edit } from "./edits.ts";
import { bodyOf, isField, memberKey, membersOf } from "./members.ts";
import { declarationOf } from "./spec-file.ts";

/** Code with the edits that apply to any piece taken from it. */
export interface Source {
  readonly parsed: ParsedSource;
  readonly edits: readonly Edit[];
}

/**
 * A class of which some members are generated: the spec's text with every kept member as it stands, the reply's bodies in
 * place of the marked ones, and the reply's own members put in. Starts at the first decorator, without the doc comment.
 */
export function mixedClass(
  spec: Spec,
  specSource: Source,
  statement: SyntaxNode,
  replySource: Source,
  replyStatement: SyntaxNode,
): string {
  const specText = specSource.parsed.text;
  const replyText = replySource.parsed.text;
  const classNode = declarationOf(statement);
  const members = membersOf(classNode);
  const replies = membersOf(declarationOf(replyStatement));
  const replyOf = new Map(
    replies
      .filter((member) => isField(member) || bodyOf(member) !== undefined)
      .map((member) => [memberKey(member, replyText), member]),
  );
  const generated = new Set(spec.members.filter((member) => member.generated).map((member) => member.bodySpan?.start));
  const edits = members.flatMap((member) => {
    const reply = replyOf.get(memberKey(member, specText));
    if (reply === undefined) return [];
    if (isField(member)) return initializerEdits(specText, member, replySource, reply);
    return generated.has(bodyOf(member)?.start) ? bodyEdits(specText, member, replySource, reply) : [];
  });
  const known = new Set(members.map((member) => memberKey(member, specText)));
  const added = replies.filter((member) => !known.has(memberKey(member, replyText)));
  return applyEdits(
    specText,
    [...specSource.edits, ...edits, ...insertions(specSource.parsed, classNode, replySource, added)],
    startOf(statement),
    statement.end,
  );
}

/** The reply's body, and its `async` and `*`: whether a function that returns a promise is `async` is the body's business. */
function bodyEdits(specText: string, member: SyntaxNode, replySource: Source, reply: SyntaxNode): readonly Edit[] {
  const body = bodyOf(member);
  const replyBody = bodyOf(reply);
  const key = member["key"];
  if (body === undefined || replyBody === undefined || !isNode(key)) return [];
  const text = applyEdits(replySource.parsed.text, replySource.edits, replyBody.start, replyBody.end);
  const bodyEdit = { start: body.start, end: body.end, text };
  const [own, theirs] = [member["value"], reply["value"]];
  if (!isNode(own) || !isNode(theirs) || (own["async"] === theirs["async"] && own["generator"] === theirs["generator"]))
    return [bodyEdit];
  const start = nodesIn(member["decorators"]).at(-1)?.end ?? member.start;
  const end = member["computed"] === true ? specText.lastIndexOf("[", key.start) : key.start;
  const modifiers = specText
    .slice(start, end)
    .replace(/\basync\b\s*/, "")
    .replace("*", "");
  return [
    {
      start,
      end,
      text: `${modifiers}${theirs["async"] === true ? "async " : ""}${theirs["generator"] === true ? "*" : ""}`,
    },
    bodyEdit,
  ];
}

/** A field that the spec only declares may get its first value from the reply. */
function initializerEdits(
  specText: string,
  member: SyntaxNode,
  replySource: Source,
  reply: SyntaxNode,
): readonly Edit[] {
  const value = reply["value"];
  if (isNode(member["value"]) || !isNode(value) || member["definite"] === true || member["declare"] === true) return [];
  const end = specText[member.end - 1] === ";" ? member.end - 1 : member.end;
  return [
    { start: end, end, text: ` = ${applyEdits(replySource.parsed.text, replySource.edits, value.start, value.end)}` },
  ];
}

/** Where fields and other members of the reply go, so that each field comes after the spec's fields that it may use. */
function insertions(
  parsed: ParsedSource,
  classNode: SyntaxNode,
  replySource: Source,
  added: readonly SyntaxNode[],
): readonly Edit[] {
  const members = membersOf(classNode);
  const [first] = members;
  const indent = first === undefined ? "  " : indentAt(parsed.text, first.start) || "  ";
  const texts = (wanted: (member: SyntaxNode) => boolean): readonly string[] =>
    added
      .filter(wanted)
      .map((member) =>
        applyEdits(replySource.parsed.text, replySource.edits, documentedStart(replySource.parsed, member), member.end),
      );
  return [
    ...fieldInsertion(
      parsed,
      members,
      indent,
      texts((member) => isField(member) && member["static"] === true),
      isStaticField,
    ),
    ...fieldInsertion(
      parsed,
      members,
      indent,
      texts((member) => isField(member) && member["static"] !== true),
      isInstanceField,
    ),
    ...endInsertion(
      parsed,
      classNode,
      indent,
      texts((member) => !isField(member)),
    ),
  ];
}

function isStaticField(member: SyntaxNode): boolean {
  return isField(member) && member["static"] === true;
}

function isInstanceField(member: SyntaxNode): boolean {
  return isField(member) && member["static"] !== true;
}

/** Behind the last field of the same side, with the comment on its line; without one, before everything else. */
function fieldInsertion(
  parsed: ParsedSource,
  members: readonly SyntaxNode[],
  indent: string,
  fields: readonly string[],
  isPeer: (member: SyntaxNode) => boolean,
): readonly Edit[] {
  if (fields.length === 0) return [];
  const last = members.findLast(isPeer);
  if (last !== undefined) {
    const comment =
      /^[ \t]*(?:\/\/.*|\/\*[^\n]*?\*\/(?=[ \t]*(?:\r?\n|$)))?/.exec(parsed.text.slice(last.end))?.[0].trimEnd() ?? "";
    const at = last.end + comment.length;
    return [{ start: at, end: at, text: fields.map((field) => `\n${indent}${field}`).join("") }];
  }
  const [first] = members;
  if (first === undefined) return [];
  const at = documentedStart(parsed, first);
  return [{ start: at, end: at, text: `${fields.join(`\n${indent}`)}\n\n${indent}` }];
}

function endInsertion(
  parsed: ParsedSource,
  classNode: SyntaxNode,
  indent: string,
  texts: readonly string[],
): readonly Edit[] {
  if (texts.length === 0) return [];
  const body = classNode["body"];
  const brace = (isNode(body) ? body.end : classNode.end) - 1;
  const at = brace - indentAt(parsed.text, brace).length;
  return [{ start: at, end: at, text: texts.map((text) => `\n${indent}${text}\n`).join("") }];
}
