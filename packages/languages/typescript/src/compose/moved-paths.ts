import { moveSpecifier } from "../layout/specifier.ts";
import type { ParsedSource } from "../syntax/parse-source.ts";
import { isNode, nodesIn, walk, type SyntaxNode } from "../syntax/walk.ts";
import type { Edit } from "./edits.ts";

/** Edits that make the paths inside code of file `from` right in file `to`: `import("./x")` types and calls, `require("./x")`. */
export function movedPaths({ body }: ParsedSource, from: string, to: string): readonly Edit[] {
  const edits: Edit[] = [];
  for (const { node } of walk(body)) {
    const path = pathIn(node);
    if (path === undefined || typeof path["value"] !== "string") continue;
    const moved = moveSpecifier(path["value"], from, to);
    if (moved !== path["value"]) edits.push({ start: path.start, end: path.end, text: JSON.stringify(moved) });
  }
  return edits;
}

function pathIn(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type === "TSImportType" || node.type === "ImportExpression")
    return isNode(node["source"]) ? node["source"] : undefined;
  const callee = node["callee"];
  if (node.type !== "CallExpression" || !isNode(callee) || callee["name"] !== "require") return undefined;
  return nodesIn(node["arguments"])[0];
}
