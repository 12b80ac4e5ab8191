import type { Span } from "@jaunt/core";
import { literalText, regexText, templateText } from "./literal-text.ts";
import { isSpaceContainer, jsxAttributeText, jsxSpace, jsxTextTokens } from "./jsx-text.ts";
import type { ParsedSource } from "./parse-source.ts";
import { isLeaf, isNode, nodesIn, type SyntaxNode } from "./walk.ts";

/** What the tree says about the tokens of a text, by offset. Marks are tokens without width. */
export interface TokenPlan {
  /** Which of the other fields have something at an offset: bits of `flag`. Most offsets have nothing. */
  readonly flags: Uint8Array;
  /** Stretches cut whole: literals, pieces of templates, JSX text; comments, which give no token at all. */
  readonly atoms: ReadonlyMap<number, Atom>;
  /** How many brackets open before the token at an offset, and how many close after the one that ends there. */
  readonly opens: ReadonlyMap<number, number>;
  readonly closes: ReadonlyMap<number, number>;
  /** How many statements or members end at an offset: every one of them, whether or not a `;` is written. */
  readonly ends: ReadonlyMap<number, number>;
  /** Words before the token at an offset, for what dropped punctuation would have said. */
  readonly labels: ReadonlyMap<number, string>;
}

/** `dropped` is punctuation that a formatter puts in or takes out; `before` and `after` say on which side of an offset marks stand. */
export const flag: { readonly atom: 1; readonly dropped: 2; readonly before: 4; readonly after: 8 } = {
  atom: 1,
  dropped: 2,
  before: 4,
  after: 8,
};

/** A stretch of text and the tokens it gives. */
export interface Atom {
  readonly end: number;
  readonly texts: readonly string[];
}

interface MutablePlan extends TokenPlan {
  readonly text: string;
  readonly atoms: Map<number, Atom>;
  readonly opens: Map<number, number>;
  readonly closes: Map<number, number>;
  readonly ends: Map<number, number>;
  readonly labels: Map<number, string>;
}

/** Looks at every node of a tree once, without recursion. Parentheses are transparent: children see the node around them. */
export function planTokens({ text, body, comments }: ParsedSource): TokenPlan {
  const plan: MutablePlan = {
    text,
    flags: new Uint8Array(text.length + 1),
    atoms: new Map(),
    opens: new Map(),
    closes: new Map(),
    ends: new Map(),
    labels: new Map(),
  };
  if (text.startsWith("#!")) planHashbang(plan);
  for (const comment of comments) putAtom(comment, [], plan);
  planList(body, plan);
  // Three stacks in step: an object for every node would cost more than the visit.
  const stack: SyntaxNode[] = [...body];
  const parents: (SyntaxNode | undefined)[] = body.map(() => undefined);
  const keys: string[] = body.map(() => "body");
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const outer = parents.pop();
    const outerKey = keys.pop() ?? "";
    if (planAtom(node, outer, outerKey, plan) || isLeaf(node)) continue;
    const transparent = node.type === "ParenthesizedExpression" || node.type === "TSParenthesizedType";
    if (transparent) drop(plan, node.start, node.end - 1);
    else planNode(node, outer, plan);
    for (const key in node) {
      const value = node[key];
      if (typeof value !== "object" || value === null) continue;
      for (const child of nodesIn(value)) {
        stack.push(child);
        parents.push(transparent ? outer : node);
        keys.push(transparent ? outerKey : key);
      }
    }
  }
  return plan;
}

function planHashbang(plan: MutablePlan): void {
  const end = plan.text.search(/[\r\n]/);
  const line = end < 0 ? plan.text : plan.text.slice(0, end);
  putAtom({ start: 0, end: line.length }, [line.trimEnd()], plan);
}

/** Cuts a node that is one stretch of text. True when nothing below it is to be looked at. */
function planAtom(node: SyntaxNode, parent: SyntaxNode | undefined, key: string, plan: MutablePlan): boolean {
  const texts = atomTexts(node, parent, key, plan);
  if (texts === undefined) return false;
  putAtom(node, texts, plan);
  return true;
}

function atomTexts(
  node: SyntaxNode,
  parent: SyntaxNode | undefined,
  key: string,
  plan: MutablePlan,
): readonly string[] | undefined {
  const raw = (): string => plan.text.slice(node.start, node.end);
  switch (node.type) {
    case "Literal":
      if (typeof node["regex"] === "object") return [regexText(raw())];
      return [parent?.type === "JSXAttribute" ? jsxAttributeText(node, parent) : literalText(node, parent, key, raw())];
    case "TemplateElement":
      return [templateText(raw())];
    case "JSXText":
      return jsxTextTokens(raw());
    case "JSXExpressionContainer":
      return parent?.type !== "JSXAttribute" && isSpaceContainer(node) ? [jsxSpace] : undefined;
    default:
      return undefined;
  }
}

/** Nodes whose extent only parentheses or precedence tell. A chain of calls and members needs no bracket: it reads left to right. */
const bracketed: ReadonlySet<string> = new Set([
  "ArrowFunctionExpression",
  "AssignmentExpression",
  "AwaitExpression",
  "BinaryExpression",
  "ChainExpression",
  "ConditionalExpression",
  "LogicalExpression",
  "NewExpression",
  "SequenceExpression",
  "TSAsExpression",
  "TSConditionalType",
  "TSConstructorType",
  "TSFunctionType",
  "TSInferType",
  "TSIntersectionType",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
  "TSTypeOperator",
  "TSTypeQuery",
  "TSUnionType",
  "UnaryExpression",
  "UpdateExpression",
  "YieldExpression",
]);

function planNode(node: SyntaxNode, parent: SyntaxNode | undefined, plan: MutablePlan): void {
  if (bracketed.has(node.type) && !isFlattened(node, parent)) bracket(node, plan);
  switch (node.type) {
    case "BlockStatement":
    case "ClassBody":
    case "StaticBlock":
    case "TSModuleBlock":
      return planList(nodesIn(node["body"]), plan);
    case "SwitchCase":
      return planList(nodesIn(node["consequent"]), plan);
    case "TSInterfaceBody":
      return planMembers(nodesIn(node["body"]), plan);
    case "TSTypeLiteral":
      return planMembers(nodesIn(node["members"]), plan);
    case "IfStatement":
      return planList([...nodesIn(node["consequent"]), ...nodesIn(node["alternate"])], plan, true);
    case "ForStatement":
      planForHeader(node, plan);
      return planList(nodesIn(node["body"]), plan, true);
    case "DoWhileStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "LabeledStatement":
    case "WhileStatement":
    case "WithStatement":
      return planList(nodesIn(node["body"]), plan, true);
    case "ArrayExpression":
    case "ArrayPattern":
      return planHoles(node, plan);
    case "ArrowFunctionExpression":
      return planArrow(node, plan);
    case "NewExpression":
      return planNew(node, plan);
    case "TSUnionType":
    case "TSIntersectionType":
      if (plan.text[node.start] === "|" || plan.text[node.start] === "&") drop(plan, node.start);
      return;
    case "JSXExpressionContainer":
      if (isRedundantContainer(node, parent)) drop(plan, node.start, node.end - 1);
      return;
    default:
      return;
  }
}

/** `a && (b && c)` and `A | (B | C)` mean what they mean without parentheses, and `| A` is `A`. */
function isFlattened(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (node.type === "LogicalExpression") return parent?.type === node.type && parent["operator"] === node["operator"];
  if (node.type !== "TSUnionType" && node.type !== "TSIntersectionType") return false;
  return parent?.type === node.type || nodesIn(node["types"]).length === 1;
}

function bracket({ start, end }: Span, plan: MutablePlan): void {
  countAt(plan.opens, start);
  countAt(plan.closes, end);
  raise(plan, start, flag.before);
  raise(plan, end, flag.after);
}

function endAt(end: number, plan: MutablePlan): void {
  countAt(plan.ends, end);
  raise(plan, end, flag.after);
}

function countAt(counts: Map<number, number>, offset: number): void {
  counts.set(offset, (counts.get(offset) ?? 0) + 1);
}

function label(start: number, text: string, plan: MutablePlan): void {
  plan.labels.set(start, text);
  raise(plan, start, flag.before);
}

function putAtom({ start, end }: Span, texts: readonly string[], plan: MutablePlan): void {
  plan.atoms.set(start, { end, texts });
  raise(plan, start, flag.atom);
}

function drop(plan: MutablePlan, ...offsets: readonly number[]): void {
  for (const offset of offsets) raise(plan, offset, flag.dropped);
}

function raise({ flags }: MutablePlan, offset: number, bit: number): void {
  flags[offset] = (flags[offset] ?? 0) | bit;
}

/** An empty statement counts only where it is the whole body of another: `while (step());`. */
function planList(statements: readonly SyntaxNode[], plan: MutablePlan, asBody = false): void {
  for (const statement of statements) {
    if (asBody ? statement.type !== "BlockStatement" : statement.type !== "EmptyStatement") endAt(statement.end, plan);
  }
}

/** Members of a type end with `;`, `,` or a line break alike. */
function planMembers(members: readonly SyntaxNode[], plan: MutablePlan): void {
  for (const member of members) {
    endAt(member.end, plan);
    if (plan.text[member.end - 1] === ",") drop(plan, member.end - 1);
    else dropNext(",", member.end, plan);
  }
}

/** The semicolons of the header are dropped like all others, so each part says which one it is. */
function planForHeader(node: SyntaxNode, plan: MutablePlan): void {
  for (const part of ["init", "test", "update"]) {
    const value = node[part];
    if (isNode(value)) label(value.start, `for-${part}`, plan);
  }
}

/** A comma after the last element is a formatter's choice, one after a hole is an element. */
function planHoles(node: SyntaxNode, plan: MutablePlan): void {
  const elements = node["elements"];
  if (!Array.isArray(elements) || !elements.includes(null)) return;
  const holes = elements.flatMap((element, index) => (element === null ? [index] : []));
  label(node.start, `holes ${holes.join(" ")} of ${elements.length}`, plan);
}

/** `(x) => x` is `x => x`. */
function planArrow(node: SyntaxNode, plan: MutablePlan): void {
  const [parameter, ...rest] = nodesIn(node["params"]);
  if (parameter?.type !== "Identifier" || rest.length > 0 || node["typeParameters"] || node["returnType"]) return;
  if (parameter["typeAnnotation"] || parameter["optional"] === true) return;
  const open = previous(parameter.start, node.start, plan);
  if (open === undefined || plan.text[open] !== "(") return;
  drop(plan, open);
  const comma = dropNext(",", parameter.end, plan);
  dropNext(")", comma ?? parameter.end, plan);
}

/** `new A` is `new A()`. Without those parentheses only a bracket tells where what is called ends. */
function planNew(node: SyntaxNode, plan: MutablePlan): void {
  const callee = node["callee"];
  if (!isNode(callee)) return;
  if (callee.type !== "Identifier") bracket(callee, plan);
  if (nodesIn(node["arguments"]).length > 0) return;
  const typeArguments = node["typeArguments"];
  const open = dropNext("(", isNode(typeArguments) ? typeArguments.end : callee.end, plan);
  if (open !== undefined && open <= node.end) dropNext(")", open, plan);
}

/** `a={"b"}` is `a="b"`, and a container of comments is none. */
function isRedundantContainer(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  const { expression } = node;
  if (!isNode(expression)) return false;
  if (expression.type === "JSXEmptyExpression") return true;
  const { value } = expression;
  return (
    parent?.type === "JSXAttribute" &&
    expression.type === "Literal" &&
    typeof value === "string" &&
    !value.includes("&")
  );
}

/** Drops `character` when it is the next one after white space and comments; returns the offset behind it. */
function dropNext(character: string, from: number, plan: MutablePlan): number | undefined {
  const { text } = plan;
  let at = from;
  while (at < text.length) {
    if (isComment(at, plan)) at = plan.atoms.get(at)?.end ?? at + 1;
    else if (isSpace(text, at)) at += 1;
    else break;
  }
  if (text[at] !== character) return undefined;
  drop(plan, at);
  return at + 1;
}

/** Offset of the last character before `from` that is neither white space nor in a comment, not before `least`. */
function previous(from: number, least: number, plan: MutablePlan): number | undefined {
  let found: number | undefined;
  for (let at = least; at < from; at += 1) {
    if (isComment(at, plan)) at = (plan.atoms.get(at)?.end ?? at + 1) - 1;
    else if (!isSpace(plan.text, at)) found = at;
  }
  return found;
}

function isComment(at: number, { flags, atoms }: MutablePlan): boolean {
  return ((flags[at] ?? 0) & flag.atom) !== 0 && atoms.get(at)?.texts.length === 0;
}

function isSpace(text: string, at: number): boolean {
  return /\s/.test(text.charAt(at));
}
