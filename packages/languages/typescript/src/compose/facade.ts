import type { Diagnostic, Layout, SpecModule } from "@jaunt/core";
import { place } from "../layout/place.ts";
import { specifierOf, withoutEnding } from "../layout/specifier.ts";
import { resolveSpecifier } from "../read/resolve-specifier.ts";
import { parseSource } from "../syntax/parse-source.ts";
import { isNode, nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { nameOf } from "./imports.ts";

/** The file that consumers import: it passes on everything the generated file exports. */
export function facadeText(facade: string, generated: string, layout: Layout): string {
  return `export * from ${JSON.stringify(specifierOf(facade, generated, layout))};\n`;
}

/** An error when a facade that a person has changed or written does not pass on every spec of the generated file. */
export function checkFacade(module: SpecModule, text: string, layout: Layout): readonly Diagnostic[] {
  const { facade, generated } = place(module, layout);
  if (facade === undefined) return [];
  const parsed = parseSource(facade, text);
  const isGenerated = (specifier: string): boolean =>
    resolveSpecifier(specifier, facade, layout).some((file) => withoutEnding(file) === withoutEnding(generated));
  const passed = passedOn(parsed.body, isGenerated);
  const missing = module.specs.map((spec) => spec.name).filter((name) => !passed.has(name));
  if (passed.has("*") || (missing.length === 0 && module.specs.length > 0)) return [];
  const line = facadeText(facade, generated, layout).trimEnd();
  return [
    {
      code: "layout/facade",
      severity: "error",
      message:
        passed.size === 0
          ? `${facade} exists and does not export the generated module, so importers do not get what is built for ${module.path}.`
          : `${facade} does not export ${missing.join(", ")} of the generated module.`,
      file: facade,
      start: { line: 1, column: 1, offset: 0 },
      hint: `Add this line to ${facade}: ${line}`,
    },
  ];
}

/** Names that statements export from the generated module, directly or through an import; `*` for all. */
function passedOn(body: readonly SyntaxNode[], isGenerated: (specifier: string) => boolean): ReadonlySet<string> {
  const names = new Set<string>();
  const imported = new Map<string, string>();
  for (const statement of body) {
    const source = statement["source"];
    if (!isNode(source) || !isGenerated(String(source["value"])) || statement["exportKind"] === "type") continue;
    if (statement.type === "ExportAllDeclaration" && !isNode(statement["exported"])) names.add("*");
    if (statement.type === "ExportNamedDeclaration")
      for (const each of nodesIn(statement["specifiers"])) names.add(nameOf(each["exported"]));
    if (statement.type === "ImportDeclaration") {
      for (const each of nodesIn(statement["specifiers"]))
        imported.set(nameOf(each["local"]), nameOf(each["imported"]));
    }
  }
  for (const statement of body) {
    if (statement.type !== "ExportNamedDeclaration" || isNode(statement["source"])) continue;
    for (const each of nodesIn(statement["specifiers"]))
      if (imported.has(nameOf(each["local"]))) names.add(nameOf(each["exported"]));
  }
  return names;
}
