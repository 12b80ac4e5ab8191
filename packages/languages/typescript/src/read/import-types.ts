import type { ImportBinding } from "@jaunt/core";
import type { ParsedSource } from "../syntax/parse-source.ts";
import { visitNodes, type SyntaxNode } from "../syntax/walk.ts";
import { nameOf } from "./markers.ts";

/**
 * The files that a source takes types from with `import("./x").T`, as imports of whole modules. Their local names are spelt like the
 * types, so that a chain of names can begin with one and no declaration can take it.
 */
export function importTypesOf({ text, body }: ParsedSource): readonly ImportBinding[] {
  // Hardly any file has one, and the tree is large.
  if (!/\bimport\s*(?:\/[/*]|\()/.test(text)) return [];
  const found = new Map<string, ImportBinding>();
  visitNodes(body, (node) => {
    if (node.type !== "TSImportType") return true;
    const local = importTypeName(node);
    found.set(local, { local, imported: "*", specifier: nameOf(node["source"], "value"), typeOnly: true });
    return true;
  });
  return [...found.values()];
}

/** The name under which `importTypesOf` lists the file of an import type. */
export function importTypeName(node: SyntaxNode): string {
  return `import(${JSON.stringify(nameOf(node["source"], "value"))})`;
}
