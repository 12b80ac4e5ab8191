import type { ParsedSource } from "../syntax/parse-source.ts";
import { visitNodes, type SyntaxNode } from "../syntax/walk.ts";
import type { Change, Code } from "./change.ts";
import type { CodeUnit } from "./code-units.ts";
import {
  changeAssignment,
  changeBinary,
  changeCall,
  changeConditional,
  changeLogical,
  changeMember,
  changeUnary,
  changeUpdate,
} from "./expressions.ts";
import { changeLiteral, changeTemplate } from "./literals.ts";
import { changeArrow, changeReturn } from "./returns.ts";
import { changeExpressionStatement, changeIf, changeJump, changeLoop, changeThrow } from "./statements.ts";
import { textNames } from "./text-values.ts";

type Changer = (node: SyntaxNode, code: Code) => readonly Change[];

const changers: Readonly<Record<string, Changer>> = {
  ArrowFunctionExpression: changeArrow,
  AssignmentExpression: changeAssignment,
  BinaryExpression: changeBinary,
  BreakStatement: changeJump,
  CallExpression: changeCall,
  ConditionalExpression: changeConditional,
  ContinueStatement: changeJump,
  ExpressionStatement: changeExpressionStatement,
  ForStatement: changeLoop,
  IfStatement: changeIf,
  Literal: changeLiteral,
  LogicalExpression: changeLogical,
  MemberExpression: changeMember,
  ReturnStatement: changeReturn,
  TemplateLiteral: changeTemplate,
  ThrowStatement: changeThrow,
  UnaryExpression: changeUnary,
  UpdateExpression: changeUpdate,
  WhileStatement: changeLoop,
};

/** A parsed file as the operators look at it. */
export function readCode({ text, body, comments }: ParsedSource): Code {
  const parents = new Map<SyntaxNode, SyntaxNode | undefined>();
  visitNodes(body, (node, parent) => void parents.set(node, parent));
  const texts = textNames(body);
  let bare = "";
  let at = 0;
  for (const { start, end } of comments) {
    bare += text.slice(at, start) + " ".repeat(end - start);
    at = end;
  }
  bare += text.slice(at);
  return { text, bare, parentOf: (node) => parents.get(node), isText: (name) => texts.has(name) };
}

/** Every small mistake that could be made in a unit, by place. Types are left alone. */
export function findChanges(unit: CodeUnit, code: Code): readonly Change[] {
  const changes: Change[] = [];
  visitNodes([unit.code], (node, _parent, key) => {
    if (isType(node, key) || unit.signature.includes(node)) return false;
    if (Object.hasOwn(changers, node.type)) changes.push(...(changers[node.type]?.(node, code) ?? []));
    return true;
  });
  return changes.toSorted((left, right) => left.start - right.start || left.end - right.end);
}

/** What is no code at run time. `a as T` and its like are looked into; their types are not. */
function isType(node: SyntaxNode, key: string): boolean {
  if (typeKeys.has(key)) return true;
  return node.type.startsWith("TS") && !wrappers.has(node.type);
}

const typeKeys: ReadonlySet<string> = new Set([
  "implements",
  "returnType",
  "superTypeArguments",
  "typeAnnotation",
  "typeArguments",
  "typeParameters",
]);

const wrappers: ReadonlySet<string> = new Set([
  "TSAsExpression",
  "TSInstantiationExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
]);
