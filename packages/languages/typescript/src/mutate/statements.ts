import { nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { changeOf, removalOf, type Change, type Code } from "./change.ts";
import { ancestors, bare, child, isFunction, isLoop, isTurnedAround, methodOf } from "./nodes.ts";

/** `if (a)` to `if (!(a))`. */
export function changeIf(node: SyntaxNode, code: Code): readonly Change[] {
  const test = child(node, "test");
  if (test === undefined || isTurnedAround(test)) return [];
  return [changeOf("logic", code, test, test, `!(${code.text.slice(test.start, test.end)})`)];
}

/** A loop that never runs. To turn its condition around might make one that never ends. */
export function changeLoop(node: SyntaxNode, code: Code): readonly Change[] {
  const test = child(node, "test");
  if (test === undefined || test.type === "Literal" || node.type === "DoWhileStatement") return [];
  return [changeOf("branch", code, test, test, "false")];
}

/** A call, or the setting of a property, left out. */
export function changeExpressionStatement(node: SyntaxNode, code: Code): readonly Change[] {
  const expression = bare(child(node, "expression"));
  const acted = expression?.type === "AwaitExpression" ? bare(child(expression, "argument")) : expression;
  const call = acted?.type === "ChainExpression" ? child(acted, "expression") : acted;
  if (call?.type === "AssignmentExpression")
    return call["operator"] === "=" && child(call, "left")?.type === "MemberExpression"
      ? [removalOf("statement", code, node)]
      : [];
  if (call?.type !== "CallExpression" || child(call, "callee")?.type === "Super") return [];
  // What is printed counts for nothing where tests run.
  const object = methodOf(call)?.object;
  return object?.["name"] === "console" ? [] : [removalOf("statement", code, node)];
}

/** An error that is not thrown: only where code goes on behind it. */
export function changeThrow(node: SyntaxNode, code: Code): readonly Change[] {
  return isGuarded(node, code) ? [removalOf("statement", code, node)] : [];
}

/** An early return that is not taken. */
export function skipReturn(node: SyntaxNode, code: Code): readonly Change[] {
  return isGuarded(node, code) && goesOn(node, code) ? [removalOf("statement", code, node)] : [];
}

/** `continue` to `break`, and back in loops that go on by themselves. */
export function changeJump(node: SyntaxNode, code: Code): readonly Change[] {
  const word = { start: node.start, end: node.start + (node.type === "BreakStatement" ? 5 : 8) };
  if (node.type === "ContinueStatement") return [changeOf("branch", code, node, word, "break")];
  for (const each of ancestors(node, code)) {
    if (each.type === "SwitchStatement" || isFunction(each) || child(node, "label") !== undefined) return [];
    if (!isLoop(each)) continue;
    const goesOnItself =
      each.type === "ForOfStatement" || each.type === "ForInStatement" || child(each, "update") !== undefined;
    return goesOnItself ? [changeOf("branch", code, node, word, "continue")] : [];
  }
  return [];
}

/** Directly in an `if` without an `else`. */
function isGuarded(node: SyntaxNode, code: Code): boolean {
  const parent = code.parentOf(node);
  const guard = parent?.type === "BlockStatement" ? code.parentOf(parent) : parent;
  return guard?.type === "IfStatement" && child(guard, "alternate") === undefined;
}

/** Whether a statement follows the `if` around a node. */
function goesOn(node: SyntaxNode, code: Code): boolean {
  let inner: SyntaxNode = node;
  for (const each of ancestors(node, code)) {
    if (isFunction(each)) return false;
    const siblings = each.type === "BlockStatement" ? nodesIn(each["body"]) : [];
    if (inner.type === "IfStatement" && siblings.length > 0 && siblings.at(-1) !== inner) return true;
    inner = each;
  }
  return false;
}
