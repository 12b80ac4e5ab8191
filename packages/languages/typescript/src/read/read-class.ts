import type { Spec, SpecMember, Use } from "@jaunt/core";
import { digest, foldDoc } from "@jaunt/core/digest";
import { nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { isOfType, markerBody, nameOf } from "./markers.ts";
import { readDoc } from "./read-doc.ts";
import {
  distinctUses,
  propertiesOf,
  refOf,
  usesIn,
  usesOfDoc,
  usesOfInputs,
  type ReadContext,
} from "./read-context.ts";
import { usesOfFunction } from "./read-function.ts";
import { plainText, signatureDigest, signatureTokens } from "./signature.ts";
import { docBefore, type TopLevel } from "./top-level.ts";

/** Reads a class spec: `declare class`, or a class of which some members are `magic` and the others are kept. */
export function readClass(context: ReadContext, part: TopLevel): Spec {
  const { node, name, statement } = part;
  const doc = readDoc(part.comment);
  const bodyNode = node["body"] as SyntaxNode;
  const heading = { start: node.start, end: bodyNode.start };
  const headingTokens = signatureTokens(context.tokenizer, heading, nodesIn(node["id"])[0]?.start ?? node.start);
  const members = readMembers(context, bodyNode, part.ambient);
  const visible = members.filter((entry) => entry.member.visibility !== "private" && entry.member.kind !== "block");
  const sorted = visible.map((entry) => `${entry.member.name} ${entry.member.signatureDigest}`).toSorted();
  return {
    ref: refOf(context, name),
    name,
    kind: "class",
    form: part.ambient ? "declare" : "magic",
    spans: [{ start: statement.start, end: statement.end }],
    signature: signatureText(context, heading, visible),
    signatureDigest: signatureDigest([headingTokens, ...sorted]),
    doc: doc.text,
    prompts: [doc, ...members.map((entry) => entry.doc)].flatMap((read) => read.prompts),
    examples: [doc, ...members.map((entry) => entry.doc)].flatMap((read) => read.examples),
    ...propertiesOf(doc, ...members.map((entry) => entry.doc)),
    members: members.map((entry) => entry.member),
    uses: distinctUses(
      [...usesOfDoc(context, doc), ...usesOfHeading(context, node), ...members.flatMap((entry) => entry.uses)],
      name,
    ),
    keptDigest: keptDigest(context, part, members),
  };
}

interface MemberEntry {
  readonly node: SyntaxNode;
  readonly member: SpecMember;
  readonly doc: ReturnType<typeof readDoc>;
  readonly uses: readonly Use[];
  readonly signature: string;
}

function readMembers(context: ReadContext, body: SyntaxNode, ambient: boolean): readonly MemberEntry[] {
  let previousEnd = body.start;
  return nodesIn(body["body"]).map((node) => {
    const nameAt = keyStart(context, node);
    const comment = docBefore(context.parsed, previousEnd, nameAt);
    previousEnd = node.end;
    return readMember(context, node, nameAt, comment, ambient);
  });
}

function readMember(
  context: ReadContext,
  node: SyntaxNode,
  nameAt: number,
  comment: string,
  ambient: boolean,
): MemberEntry {
  const doc = readDoc(comment);
  const kind = kindOf(node);
  const callable = nodesIn(node["value"])[0];
  const call = callable !== undefined && kind !== "field" ? markerBody(callable, context.markers) : undefined;
  const generated = ambient ? kind !== "block" : call !== undefined;
  const body = kind === "field" ? undefined : nodesIn(callable?.["body"])[0];
  const end = kind === "field" ? fieldEnd(node) : (body?.start ?? node.end);
  const decorators = nodesIn(node["decorators"]).filter((decorator) => decorator.start < nameAt);
  const span = { start: decorators.at(-1)?.end ?? node.start, end };
  const signature = kind === "block" ? "" : plainText(context.parsed.text, context.parsed.comments, span);
  const tokens = kind === "block" ? "" : signatureTokens(context.tokenizer, span, nameAt);
  const uses = usesOfMember(context, node, doc, call, callable, ambient);
  const own = distinctUses(
    uses.filter(({ via }) => via === "signature" || via === "default"),
    "",
  );
  const member: SpecMember = {
    name: memberName(context, node, kind),
    kind,
    visibility: visibilityOf(node),
    generated,
    span: { start: spanStart(context, node, decorators), end: node.end },
    ...(generated && body !== undefined ? { bodySpan: { start: body.start, end: body.end } } : {}),
    doc: doc.text,
    signatureDigest: digest("member", [tokens, foldDoc(doc.text)]),
    ...(own.length === 0 ? {} : { uses: own }),
  };
  return { node, member, doc, signature, uses };
}

/** Behind the decorators, and behind white space and comments between them and the member. */
function spanStart({ parsed }: ReadContext, node: SyntaxNode, decorators: readonly SyntaxNode[]): number {
  const last = decorators.at(-1);
  if (last === undefined) return node.start;
  const skipped = /^(?:\s|\/\*[^]*?\*\/|\/\/.*)*/.exec(parsed.text.slice(last.end, node.end));
  return last.end + (skipped?.[0].length ?? 0);
}

function usesOfMember(
  context: ReadContext,
  node: SyntaxNode,
  doc: ReturnType<typeof readDoc>,
  call: SyntaxNode | undefined,
  callable: SyntaxNode | undefined,
  ambient: boolean,
): readonly Use[] {
  const kept = !ambient && call === undefined;
  const isField = kindOf(node) === "field";
  const signature =
    callable !== undefined && !isField
      ? usesOfFunction(context, callable)
      : usesIn(context, [nodesIn(node["typeAnnotation"])[0]], "signature");
  const own = isField || callable !== undefined ? [] : usesOfFunction(context, node);
  const body = kept ? usesIn(context, [node], "body") : usesIn(context, [superCallOf(node)], "body");
  return [...usesOfDoc(context, doc), ...signature, ...own, ...body, ...usesOfInputs(context, call)];
}

function usesOfHeading(context: ReadContext, node: SyntaxNode): readonly Use[] {
  const types = ["typeParameters", "superClass", "superTypeArguments", "superTypeParameters", "implements"].flatMap(
    (key) => nodesIn(node[key]),
  );
  return [...usesIn(context, types, "signature"), ...usesIn(context, nodesIn(node["decorators"]), "body")];
}

function kindOf(node: SyntaxNode): SpecMember["kind"] {
  if (node.type === "StaticBlock") return "block";
  if (node.type === "TSIndexSignature") return "index";
  if (/Property/.test(node.type)) return "field";
  const kind = node["kind"];
  if (kind === "get") return "getter";
  if (kind === "set") return "setter";
  return kind === "constructor" ? "constructor" : "method";
}

function visibilityOf(node: SyntaxNode): SpecMember["visibility"] {
  if (isOfType(node["key"], "PrivateIdentifier")) return "private";
  const accessibility = node["accessibility"];
  return accessibility === "private" || accessibility === "protected" ? accessibility : "public";
}

function memberName({ parsed }: ReadContext, node: SyntaxNode, kind: SpecMember["kind"]): string {
  const [key] = nodesIn(node["key"]);
  const text = key === undefined ? (kind === "block" ? "static" : "[index]") : parsed.text.slice(key.start, key.end);
  const plain = key?.type === "Literal" ? nameOf(key, "value") || text : text;
  const name = node["computed"] === true ? `[${text}]` : plain;
  return node["static"] === true && kind !== "block" ? `static ${name}` : name;
}

function keyStart({ parsed }: ReadContext, node: SyntaxNode): number {
  const [key] = nodesIn(node["key"]);
  if (key === undefined) return node.start;
  return node["computed"] === true ? parsed.text.lastIndexOf("[", key.start) : key.start;
}

/** Where what a caller sees of a field ends: before its initialiser, unless that alone tells the type. */
function fieldEnd(node: SyntaxNode): number {
  return nodesIn(node["typeAnnotation"])[0]?.end ?? node.end;
}

function signatureText(
  context: ReadContext,
  heading: { readonly start: number; readonly end: number },
  members: readonly MemberEntry[],
): string {
  const title = plainText(context.parsed.text, context.parsed.comments, heading).replace(/^(?:declare\s+)/, "");
  const lines = members.map((entry) => `${docText(entry.member.doc)}  ${entry.signature};\n`);
  return `${title} {\n${lines.join("")}}`;
}

function docText(doc: string): string {
  return doc === "" ? "" : `  /** ${doc.replaceAll("\n", "\n   * ")} */\n`;
}

/** Kept members whole, and what is generated but no caller sees: a change of either means another body. */
function keptDigest(context: ReadContext, { ambient, node }: TopLevel, members: readonly MemberEntry[]): string {
  if (ambient) return "";
  const kept = members.map((entry) => {
    if (!entry.member.generated) return textOf(context, entry.node);
    const superCall = superCallOf(entry.node);
    const kept = superCall === undefined ? "" : textOf(context, superCall);
    return entry.member.visibility === "private" ? `${entry.member.signatureDigest} ${kept}` : kept;
  });
  const decorators = nodesIn(node["decorators"]).map((decorator) => textOf(context, decorator));
  return digest("kept", [...decorators, ...kept]);
}

/** The `super(…)` before `magic(…)`, which the author wrote. */
function superCallOf(member: SyntaxNode): SyntaxNode | undefined {
  const body = nodesIn(nodesIn(member["value"])[0]?.["body"])[0];
  const statements = nodesIn(body?.["body"]);
  return statements.length > 1 ? statements[0] : undefined;
}

function textOf({ tokenizer }: ReadContext, node: SyntaxNode): string {
  return tokenizer
    .tokens(node)
    .map((token) => token.text)
    .join("\n");
}
