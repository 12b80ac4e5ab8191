import { parseSource } from "../syntax/parse-source.ts";
import type { SyntaxNode } from "../syntax/walk.ts";

/**
 * Names of the tests that a file registers by a call with a plain name, at its top level or in a `describe` there. What is named at
 * run time (`test.each`) is not among them.
 */
export function registeredTests(path: string, text: string): readonly string[] {
  const { body } = parseSource(path, text);
  const functions = runnerFunctions(body);
  const names: string[] = [];
  const collect = (statements: readonly SyntaxNode[]): void => {
    for (const statement of statements) {
      const call = calledBy(statement);
      if (call === undefined) continue;
      const kind = functions.get(String(nodeAt(call, "callee")?.["name"]));
      const [first, ...others] = nodesAt(call, "arguments");
      if (kind === "test") names.push(...plainText(first));
      else if (kind === "describe") collect(others.flatMap(statementsOf));
    }
  };
  collect(body);
  return names;
}

type Kind = "test" | "describe";

const kinds: Readonly<Record<string, Kind>> = {
  test: "test",
  it: "test",
  describe: "describe",
  suite: "describe",
};

/** Local names of what the file imports from a runner. */
function runnerFunctions(body: readonly SyntaxNode[]): ReadonlyMap<string, Kind> {
  const imports = body.filter(
    (statement) =>
      statement.type === "ImportDeclaration" &&
      /^(?:vitest|node:test)$/.test(String(nodeAt(statement, "source")?.["value"])),
  );
  return new Map(
    imports
      .flatMap((statement) => nodesAt(statement, "specifiers"))
      .flatMap((specifier) => {
        // The default export of node:test is `test`.
        const imported = nodeAt(specifier, "imported")?.["name"] ?? "test";
        const kind = kinds[String(imported)];
        return kind === undefined ? [] : [[String(nodeAt(specifier, "local")?.["name"]), kind]];
      }),
  );
}

function calledBy(statement: SyntaxNode): SyntaxNode | undefined {
  if (statement.type !== "ExpressionStatement") return undefined;
  const expression = nodeAt(statement, "expression");
  const awaited = expression?.type === "AwaitExpression" ? nodeAt(expression, "argument") : expression;
  return awaited?.type === "CallExpression" ? awaited : undefined;
}

function plainText(node: SyntaxNode | undefined): readonly string[] {
  if (typeof node?.["value"] === "string") return [node["value"]];
  if (node?.type !== "TemplateLiteral" || nodesAt(node, "expressions").length > 0) return [];
  const [quasi] = nodesAt(node, "quasis");
  return [String((quasi?.["value"] as { readonly cooked?: unknown } | undefined)?.cooked)];
}

/** The statements of a function that a call is given. */
function statementsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const body = nodeAt(node, "body");
  return body === undefined ? [] : nodesAt(body, "body");
}

function nodeAt(node: SyntaxNode, key: string): SyntaxNode | undefined {
  const value = node[key];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as SyntaxNode) : undefined;
}

function nodesAt(node: SyntaxNode, key: string): readonly SyntaxNode[] {
  const value = node[key];
  return Array.isArray(value) ? (value as readonly SyntaxNode[]) : [];
}
