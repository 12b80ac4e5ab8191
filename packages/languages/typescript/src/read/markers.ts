import { nodesIn, type SyntaxNode } from "../syntax/walk.ts";

/** Recognises calls of `magic` and `test` that come from `@jaunt/spec`, under whatever name the file gives them. */
export interface Markers {
  /** False for a file that imports no marker. */
  readonly any: boolean;
  /** The names it gives them, each of which stands in the text once for its import and once for each call. */
  readonly locals: readonly string[];
  isCall(node: unknown): node is SyntaxNode;
}

const markerPackage = "@jaunt/spec";
const markerNames: ReadonlySet<string> = new Set(["magic", "test"]);

/** Finds out under which names a file's statements import the markers. */
export function findMarkers(body: readonly SyntaxNode[]): Markers {
  const direct = new Set<string>();
  const namespaces = new Set<string>();
  for (const statement of body) {
    if (statement.type !== "ImportDeclaration" || nameOf(statement["source"], "value") !== markerPackage) continue;
    for (const specifier of nodesIn(statement["specifiers"])) {
      const local = nameOf(specifier["local"]);
      if (specifier.type === "ImportNamespaceSpecifier") namespaces.add(local);
      else if (markerNames.has(nameOf(specifier["imported"]))) direct.add(local);
    }
  }
  return {
    any: direct.size + namespaces.size > 0,
    locals: [...direct, ...namespaces],
    isCall(node): node is SyntaxNode {
      if (!isOfType(node, "CallExpression")) return false;
      const { callee } = node;
      if (isOfType(callee, "Identifier")) return direct.has(nameOf(callee));
      if (!isOfType(callee, "MemberExpression") || callee["computed"] === true) return false;
      return namespaces.has(nameOf(callee["object"])) && markerNames.has(nameOf(callee["property"]));
    },
  };
}

const functions: ReadonlySet<string> = new Set([
  "ArrowFunctionExpression",
  "FunctionDeclaration",
  "FunctionExpression",
]);

/** The marker call that a function, arrow or initialiser consists of; undefined when it is hand-written. */
export function markerBody(node: SyntaxNode, markers: Markers): SyntaxNode | undefined {
  if (node.type === "ParenthesizedExpression") return markerBody(node["expression"] as SyntaxNode, markers);
  const call: unknown = node;
  if (markers.isCall(call)) return call;
  if (!functions.has(node.type)) return undefined;
  const body = node["body"] as SyntaxNode | null;
  if (body === null) return undefined;
  if (body.type !== "BlockStatement") return markerBody(body, markers);
  const statements = nodesIn(body["body"]);
  const last = statements.at(-1);
  const leading = statements.slice(0, -1);
  if (last === undefined || leading.length > 1 || !leading.every(isSuperCall)) return undefined;
  const value =
    last.type === "ReturnStatement"
      ? last["argument"]
      : last.type === "ExpressionStatement"
        ? last["expression"]
        : undefined;
  return markers.isCall(value) ? value : undefined;
}

/** The marker calls that Jaunt replaces in a top-level declaration: its own, or those of a class's members. */
export function markerBodies(node: SyntaxNode, markers: Markers): readonly SyntaxNode[] {
  if (!markers.any) return [];
  const holders =
    node.type === "ClassDeclaration"
      ? nodesIn(nodesIn(node["body"])[0]?.["body"]).flatMap((member) =>
          member.type === "MethodDefinition" ? nodesIn(member["value"]) : [],
        )
      : nodesIn(node.type === "VariableDeclarator" ? node["init"] : node);
  return holders.map((holder) => markerBody(holder, markers)).filter((call) => call !== undefined);
}

function isSuperCall(statement: SyntaxNode): boolean {
  const { expression } = statement;
  return isOfType(expression, "CallExpression") && isOfType(expression["callee"], "Super");
}

/** True for a node of the given type. */
export function isOfType(value: unknown, type: string): value is SyntaxNode {
  return typeof value === "object" && value !== null && (value as Partial<SyntaxNode>).type === type;
}

/** The name, or another text property, of a node; empty when it has none. */
export function nameOf(node: unknown, property = "name"): string {
  const name =
    typeof node === "object" && node !== null
      ? ((node as SyntaxNode)[property] ?? (node as SyntaxNode)["value"])
      : undefined;
  return typeof name === "string" ? name : "";
}
