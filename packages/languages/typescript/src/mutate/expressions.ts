import { nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { changeOf, type Change, type Code, type Operator } from "./change.ts";
import { ancestors, argumentsOf, bare, child, holderOf, isFunction, methodOf, steersLoop } from "./nodes.ts";
import { isTextual } from "./text-values.ts";

const comparisons: Readonly<Record<string, string>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
  "==": "!=",
  "!=": "==",
};

const arithmetic: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "**": "*",
  "&": "|",
  "|": "&",
  "<<": ">>",
  ">>": "<<",
  ">>>": "<<",
};

/** Changes of comparisons and of arithmetic. What joins strings stays, for that is another operator. */
export function changeBinary(node: SyntaxNode, code: Code): readonly Change[] {
  const operator = String(node["operator"]);
  const comparison = comparisons[operator];
  if (comparison !== undefined) {
    const { holder, held } = holderOf(node, code);
    // To swap the branches is the same.
    if (operator.includes("=") && !/[<>]/.test(operator) && isTest(holder, held, "ConditionalExpression")) return [];
    return swapOperator(node, "comparison", operator, comparison, code);
  }
  const other = arithmetic[operator];
  if (other === undefined || isTextual(node, code)) return [];
  for (const each of ancestors(node, code)) {
    if (isFunction(each)) break;
    if (each.type === "AssignmentExpression" && steersLoop(each, child(each, "left"), code)) return [];
  }
  return swapOperator(node, "arithmetic", operator, other, code);
}

function isTest(holder: SyntaxNode | undefined, held: SyntaxNode, type: string): boolean {
  return holder?.type === type && holder["test"] === held;
}

function swapOperator(
  node: SyntaxNode,
  kind: Operator,
  operator: string,
  replacement: string,
  code: Code,
): readonly Change[] {
  const [left, right] = [child(node, "left"), child(node, "right")];
  const start = left === undefined ? -1 : code.bare.indexOf(operator, left.end);
  if (start === -1 || right === undefined || start >= right.start) return [];
  const end = start + operator.length;
  // `a+-b` must not become `a--b`.
  const text = code.text[end] === replacement.at(-1) ? `${replacement} ` : replacement;
  return [changeOf(kind, code, node, { start, end }, text)];
}

/** `&&` to `||` and back, `??` to `||` unless that comes to the same. */
export function changeLogical(node: SyntaxNode, code: Code): readonly Change[] {
  const operator = String(node["operator"]);
  const [left, right] = [child(node, "left"), child(node, "right")];
  if (left === undefined || right === undefined || (operator === "??" && isEmpty(bare(right)))) return [];
  const start = code.bare.indexOf(operator, left.end);
  const replacement = operator === "||" ? "&&" : "||";
  const swapped =
    code.text.slice(left.start, start) + replacement + code.text.slice(start + operator.length, right.end);
  const { description } = changeOf("logic", code, node, { start, end: start + operator.length }, replacement);
  // Its neighbours may bind otherwise now, or may not be mixed with it.
  return [{ operator: "logic", start: node.start, end: node.end, text: `(${swapped})`, description }];
}

/** What a falsy value or any other may fall back to without a difference that matters. */
function isEmpty({ type, value }: SyntaxNode): boolean {
  return (
    (type === "Literal" && !value) ||
    type === "ArrayExpression" ||
    type === "ObjectExpression" ||
    type === "NewExpression"
  );
}

/** `!x` and `-x` to `x`. */
export function changeUnary(node: SyntaxNode, code: Code): readonly Change[] {
  const operand = child(node, "argument");
  if (operand === undefined || (node["operator"] !== "!" && node["operator"] !== "-")) return [];
  const isNot = node["operator"] === "!";
  const shown = isNot ? node : (code.parentOf(node) ?? node);
  return [changeOf(isNot ? "logic" : "number", code, shown, node, code.text.slice(operand.start, operand.end))];
}

/** `++` to `--` and back, but where a loop would then not end. */
export function changeUpdate(node: SyntaxNode, code: Code): readonly Change[] {
  const target = child(node, "argument");
  const parent = code.parentOf(node);
  if (target === undefined || parent?.type === "ForStatement" || steersLoop(node, target, code)) return [];
  const replacement = node["operator"] === "++" ? "--" : "++";
  const start = node["prefix"] === true ? node.start : node.end - 2;
  return [changeOf("arithmetic", code, node, { start, end: start + 2 }, replacement)];
}

const assignments: Readonly<Record<string, string>> = {
  "+=": "-=",
  "-=": "+=",
  "*=": "/=",
  "/=": "*=",
  "&&=": "||=",
  "||=": "&&=",
  "??=": "=",
};

/** The other way of adding to a variable; of strings, the last piece alone. */
export function changeAssignment(node: SyntaxNode, code: Code): readonly Change[] {
  const operator = String(node["operator"]);
  const [target, value] = [child(node, "left"), child(node, "right")];
  const other = assignments[operator];
  if (other === undefined || target === undefined || steersLoop(node, target, code)) return [];
  const joins = operator === "+=" && (isTextual(target, code) || isTextual(value, code));
  return swapOperator(node, "arithmetic", operator, joins ? "=" : other, code);
}

/** The branches of `a ? b : c` swapped. */
export function changeConditional(node: SyntaxNode, code: Code): readonly Change[] {
  const [yes, no] = [child(node, "consequent"), child(node, "alternate")];
  if (yes === undefined || no === undefined) return [];
  const { text } = code;
  const swapped = text.slice(no.start, no.end) + text.slice(yes.end, no.start) + text.slice(yes.start, yes.end);
  return [changeOf("branch", code, node, { start: yes.start, end: no.end }, swapped)];
}

const swaps: Readonly<Record<string, string>> = {
  ceil: "floor",
  endsWith: "startsWith",
  every: "some",
  floor: "ceil",
  indexOf: "lastIndexOf",
  lastIndexOf: "indexOf",
  max: "min",
  min: "max",
  pop: "shift",
  push: "unshift",
  round: "floor",
  shift: "pop",
  some: "every",
  startsWith: "endsWith",
  trunc: "round",
  unshift: "push",
};

const ofMath: ReadonlySet<string> = new Set(["ceil", "floor", "max", "min", "round", "trunc"]);

const droppable: ReadonlySet<string> = new Set([
  "filter",
  "normalize",
  "reverse",
  "sort",
  "toLowerCase",
  "toReversed",
  "toSorted",
  "toUpperCase",
  "trim",
  "trimEnd",
  "trimStart",
]);

const cutting: ReadonlySet<string> = new Set(["slice", "subarray", "substring"]);

/** Methods taken for their counterparts, left out, or given bounds that are off by one. */
export function changeCall(node: SyntaxNode, code: Code): readonly Change[] {
  const method = methodOf(node);
  if (method === undefined) return [];
  const { name, property, object } = method;
  const isMath = object.type === "Identifier" && object["name"] === "Math";
  const swap = ofMath.has(name) === isMath && Object.hasOwn(swaps, name) ? swaps[name] : undefined;
  const isStatement = holderOf(node, code).holder?.type === "ExpressionStatement";
  const { text } = code;
  return [
    ...(swap === undefined ? [] : [changeOf("call", code, node, property, swap)]),
    ...(droppable.has(name) && !isStatement
      ? [changeOf("call", code, node, { start: object.end, end: node.end }, "")]
      : []),
    ...(cutting.has(name)
      ? argumentsOf(node).flatMap((argument, index) =>
          isOffset(argument)
            ? [changeOf("number", code, node, argument, `${wrapped(argument, text)} ${index === 0 ? "+" : "-"} 1`)]
            : [],
        )
      : []),
  ];
}

/** A bound that the changes of numbers and of arithmetic do not reach. */
function isOffset(node: SyntaxNode): boolean {
  const { type } = bare(node);
  return type === "Identifier" || type === "CallExpression" || (type === "MemberExpression" && !isLength(node));
}

function wrapped({ start, end, type }: SyntaxNode, text: string): string {
  const code = text.slice(start, end);
  return /^(?:Identifier|Literal|CallExpression|MemberExpression|ParenthesizedExpression)$/.test(type)
    ? code
    : `(${code})`;
}

/** `.length` less one, and indexes of counting loops plus one. */
export function changeMember(node: SyntaxNode, code: Code): readonly Change[] {
  const { holder, held } = holderOf(node, code);
  if (isLength(node)) {
    if (holder === undefined || isTarget(holder, held) || !isMeasured(holder, held)) return [];
    return [changeOf("number", code, node, node, `(${code.text.slice(node.start, node.end)} - 1)`)];
  }
  const index = child(node, "property");
  if (node["computed"] !== true || index?.type !== "Identifier" || !countsUp(node, String(index["name"]), code))
    return [];
  if (holder !== undefined && isTarget(holder, held)) return [];
  return [changeOf("number", code, node, index, `${String(index["name"])} + 1`)];
}

function isLength(node: SyntaxNode): boolean {
  return (
    node.type === "MemberExpression" && node["computed"] !== true && child(node, "property")?.["name"] === "length"
  );
}

function isTarget(holder: SyntaxNode, held: SyntaxNode): boolean {
  if (holder.type === "UpdateExpression" || (holder.type === "UnaryExpression" && holder["operator"] === "delete"))
    return true;
  return (holder.type === "AssignmentExpression" && holder["left"] === held) || holder.type === "ChainExpression";
}

/** Compared, counted with or handed on, and not with a number written out, whose own change is the same. */
function isMeasured(holder: SyntaxNode, held: SyntaxNode): boolean {
  if (holder.type === "BinaryExpression") {
    const other = bare(holder["left"] === held ? child(holder, "right") : child(holder, "left"));
    return other?.type !== "Literal";
  }
  return ["CallExpression", "NewExpression", "ReturnStatement", "VariableDeclarator", "AssignmentExpression"].includes(
    holder.type,
  );
}

/** Whether a `for` around a node starts by giving the name a number. */
function countsUp(node: SyntaxNode, name: string, code: Code): boolean {
  for (const each of ancestors(node, code)) {
    if (each.type !== "ForStatement") continue;
    const declared = nodesIn(child(each, "init")?.["declarations"]);
    if (
      declared.some((one) => child(one, "id")?.["name"] === name && typeof child(one, "init")?.["value"] === "number")
    )
      return true;
  }
  return false;
}
