import type { Diagnostic } from "@jaunt/core";
import { nodesIn, visitNodes, type SyntaxNode } from "../syntax/walk.ts";
import { markerBodies, nameOf } from "./markers.ts";
import { refuseAmbient } from "./refuse-ambient.ts";
import { refuseDuplicates } from "./refuse-duplicates.ts";
import { refuseValues } from "./refuse-values.ts";
import { firstLine, nameSpan, refusal, type SpecFileParts } from "./refusal.ts";

/** What cannot work in a spec file, each problem at its place, in source order. */
export function findRefusals(file: SpecFileParts): readonly Diagnostic[] {
  return [
    ...defaultExports(file),
    ...hiddenSpecs(file),
    ...changingSpecs(file),
    ...partialMagic(file),
    ...refuseDuplicates(file),
    ...refuseAmbient(file),
    ...refuseValues(file),
  ].toSorted((a, b) => (a.start?.offset ?? 0) - (b.start?.offset ?? 0));
}

function defaultExports({ parsed }: SpecFileParts): readonly Diagnostic[] {
  return parsed.body.flatMap((node) => {
    if (node.type === "TSExportAssignment") {
      return [
        refusal(parsed, firstLine(node), "export-assignment", "A spec file cannot use `export =`.", "Export by name."),
      ];
    }
    if (!isDefaultExport(node)) return [];
    const message = "A spec file cannot have a default export: the facade passes on names.";
    return [refusal(parsed, firstLine(node), "default-export", message, "Export it by name.")];
  });
}

function isDefaultExport(node: SyntaxNode): boolean {
  if (node.type === "ExportDefaultDeclaration") return true;
  const specifiers = node.type === "ExportNamedDeclaration" ? nodesIn(node["specifiers"]) : [];
  return specifiers.some((specifier) => nameOf(specifier["exported"]) === "default");
}

function hiddenSpecs({ parsed, specs, context }: SpecFileParts): readonly Diagnostic[] {
  const renamed = new Map(parsed.body.flatMap(renamedExports));
  // An ambient declaration that is exported under another name was surely meant as a spec.
  const meant = context.filter((part) => part.ambient && renamed.has(part.name));
  return [...specs, ...meant].flatMap((part) => {
    const other = renamed.get(part.name);
    if (part.exported) return [];
    const span = nameSpan(part);
    if (other === undefined)
      return [refusal(parsed, span, "not-exported", `${part.name} is a spec that nobody can import.`, "Add `export`.")];
    const message = `${part.name} is exported as ${other}: a spec is exported under its own name.`;
    return [refusal(parsed, span, "renamed-export", message, `Call it ${other} here, or export it as ${part.name}.`)];
  });
}

function renamedExports(node: SyntaxNode): readonly (readonly [string, string])[] {
  if (node.type !== "ExportNamedDeclaration" || nodesIn(node["source"]).length > 0) return [];
  return nodesIn(node["specifiers"]).map((specifier) => [nameOf(specifier["local"]), nameOf(specifier["exported"])]);
}

function changingSpecs({ parsed, specs, context, markers }: SpecFileParts): readonly Diagnostic[] {
  const changing = specs.filter(
    ({ declaration: { type, kind } }) => type === "VariableDeclaration" && kind !== "const",
  );
  const patterns = context.filter(({ name, node }) => name === "" && markers.isCall(node["init"]));
  return [...changing, ...patterns].map((part) =>
    refusal(
      parsed,
      nameSpan(part),
      "not-const",
      "A spec that is neither a function nor a class is a `const` with one name.",
      "Write `const name: Type`.",
    ),
  );
}

/** A marker call that is not the whole body of a spec or of a member of one. */
function partialMagic({ parsed, markers, specs }: SpecFileParts): readonly Diagnostic[] {
  if (!markers.any) return [];
  const whole = new Set(specs.flatMap((part) => markerBodies(part.node, markers)));
  // The tree is searched only when the text names a marker more often than its import and these calls do.
  if (countOf(markers.locals, parsed.text) === markers.locals.length + whole.size) return [];
  const calls: SyntaxNode[] = [];
  visitNodes(parsed.body, (node) => {
    if (node.type === "CallExpression" && markers.isCall(node) && !whole.has(node)) calls.push(node);
  });
  return calls.map((call) =>
    refusal(
      parsed,
      call,
      "partial-magic",
      "`magic(...)` must be the whole body of an exported function, const or member: Jaunt writes all of it or nothing.",
      "Move the hand-written part to a function of its own.",
    ),
  );
}

function countOf(words: readonly string[], text: string): number {
  let count = 0;
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) count += 1;
  }
  return count;
}
