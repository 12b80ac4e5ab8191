import type { Spec, Use } from "@jaunt/core";
import { nodesIn, visitNodes, type SyntaxNode } from "../syntax/walk.ts";
import { isOfType, markerBody } from "./markers.ts";
import { readDoc, type SpecDoc } from "./read-doc.ts";
import {
  distinctUses,
  propertiesOf,
  refOf,
  usesIn,
  usesOfDoc,
  usesOfInputs,
  type ReadContext,
} from "./read-context.ts";
import { plainText, signatureDigest, signatureTokens } from "./signature.ts";
import type { TopLevel } from "./top-level.ts";

/** Reads a function spec from all its declarations: one stub, or overloads with or without a `magic` implementation. */
export function readFunction(context: ReadContext, parts: readonly TopLevel[]): Spec {
  const { parsed, tokenizer } = context;
  const stubs = parts.length > 1 ? parts.filter((part) => part.node["body"] === null) : parts;
  const implementation = parts.find((part) => part.node["body"] !== null);
  const call = implementation === undefined ? undefined : markerBody(implementation.node, context.markers);
  const doc = mergeDocs(parts.map((part) => readDoc(part.comment)));
  const name = parts[0]?.name ?? "";
  const nodes = parts.map((part) => part.node);
  const spans = stubs.map(({ node }) => ({
    start: node.start,
    end: bodyStart(node) ?? node.end,
    nameAt: nameAt(node),
  }));
  return {
    ref: refOf(context, name),
    name,
    kind: "function",
    form: call === undefined ? "declare" : "magic",
    spans: parts.map(({ statement }) => ({ start: statement.start, end: statement.end })),
    ...bodySpanOf(implementation?.node["body"]),
    signature: spans.map((span) => withoutDeclare(plainText(parsed.text, parsed.comments, span))).join("\n"),
    signatureDigest: signatureDigest(spans.map((span) => signatureTokens(tokenizer, span, span.nameAt))),
    doc: doc.text,
    prompts: doc.prompts,
    examples: doc.examples,
    ...propertiesOf(doc),
    members: [],
    uses: distinctUses(
      [
        ...usesOfDoc(context, doc),
        ...nodes.flatMap((node) => usesOfFunction(context, node)),
        ...usesOfInputs(context, call),
      ],
      name,
    ),
    keptDigest: "",
  };
}

/** Reads a const spec: `declare const`, a function or arrow whose body is `magic(...)`, or `= magic(...)` itself. */
export function readConst(context: ReadContext, part: TopLevel): Spec {
  const { parsed, tokenizer } = context;
  const { node, name, declaration, statement } = part;
  const whole = nodesIn(declaration["declarations"]).length > 1 ? node : statement;
  const doc = readDoc(part.comment);
  const init = unwrapped(node["init"]);
  const call = init === undefined ? undefined : markerBody(init, context.markers);
  const isFunction = init !== undefined && !context.markers.isCall(init);
  const body = isFunction ? (init["body"] as SyntaxNode) : init;
  const id = node["id"] as SyntaxNode;
  const span = { start: id.start, end: isFunction ? (body?.start ?? node.end) : id.end };
  const signature = plainText(parsed.text, parsed.comments, span).replace(/\s*=>$/, "");
  return {
    ref: refOf(context, name),
    name,
    kind: "const",
    form: call === undefined ? "declare" : "magic",
    spans: [{ start: whole.start, end: whole.end }],
    ...bodySpanOf(body),
    signature: `const ${signature}`,
    signatureDigest: signatureDigest([signatureTokens(tokenizer, span, id.start)]),
    doc: doc.text,
    prompts: doc.prompts,
    examples: doc.examples,
    ...propertiesOf(doc),
    members: [],
    uses: distinctUses(
      [
        ...usesOfDoc(context, doc),
        ...usesIn(context, [id["typeAnnotation"] as SyntaxNode | null], "signature"),
        ...(isFunction ? usesOfFunction(context, init) : []),
        ...usesOfInputs(context, call),
      ],
      name,
    ),
    keptDigest: "",
  };
}

/** Uses of a function's or method's own signature: types, and default values apart. */
export function usesOfFunction(context: ReadContext, node: SyntaxNode): readonly Use[] {
  const defaults = nodesIn(node["params"]).flatMap(defaultsIn);
  const except = new Set([...defaults, ...nodesIn(node["body"])]);
  const inTypes = usesIn(context, [node], "signature", { except });
  return defaults.length === 0 ? inTypes : [...inTypes, ...usesIn(context, defaults, "default")];
}

/** Every default value of a parameter, those inside a pattern included. */
function defaultsIn(parameter: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  if (parameter.type === "Identifier") return found;
  visitNodes([parameter], (node, parent, key) => {
    if (parent?.type !== "AssignmentPattern" || key !== "right") return true;
    found.push(node);
    return false;
  });
  return found;
}

function unwrapped(value: unknown): SyntaxNode | undefined {
  const node = nodesIn(value)[0];
  return isOfType(node, "ParenthesizedExpression") ? unwrapped(node["expression"]) : node;
}

function bodyStart(node: SyntaxNode): number | undefined {
  return nodesIn(node["body"])[0]?.start;
}

function nameAt(node: SyntaxNode): number {
  return nodesIn(node["id"])[0]?.start ?? node.start;
}

function bodySpanOf(body: unknown): Pick<Spec, "bodySpan"> {
  const [node] = nodesIn(body);
  return node === undefined ? {} : { bodySpan: { start: node.start, end: node.end } };
}

function withoutDeclare(signature: string): string {
  return signature.replace(/^(?:export\s+)?(?:declare\s+)?/, "");
}

function mergeDocs(docs: readonly SpecDoc[]): SpecDoc {
  const [first] = docs;
  if (first !== undefined && docs.length === 1) return first;
  return {
    text: docs
      .map((doc) => doc.text)
      .filter((text) => text !== "")
      .join("\n\n"),
    links: docs.flatMap((doc) => doc.links),
    mentions: docs.flatMap((doc) => doc.mentions),
    prompts: docs.flatMap((doc) => doc.prompts),
    examples: docs.flatMap((doc) => doc.examples),
    properties: docs.flatMap((doc) => doc.properties),
  };
}
