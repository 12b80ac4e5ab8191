import type { Diagnostic, Span } from "@jaunt/core";
import { locate } from "../syntax/position.ts";
import type { ParsedSource } from "../syntax/parse-source.ts";
import { nodesIn, visitNodes, type SyntaxNode } from "../syntax/walk.ts";
import { collectUses } from "./collect-uses.ts";
import { isOfType, markerBody, nameOf, type Markers } from "./markers.ts";
import type { TopLevel } from "./top-level.ts";

/** What cannot work in a spec file, each problem at its place. `specs` and `context` split the file's declarations. */
export function findRefusals(
  parsed: ParsedSource,
  markers: Markers,
  specs: readonly TopLevel[],
  context: readonly TopLevel[],
): readonly Diagnostic[] {
  return [
    ...defaultExports(parsed),
    ...duplicates(parsed, specs, context),
    ...hiddenSpecs(parsed, specs),
    ...ambientMistakes(parsed, specs),
    ...partialMagic(parsed, markers),
    ...contextUsingSpecs(parsed, specs, context),
    ...hiddenValues(parsed, markers, specs, context),
  ].toSorted((a, b) => (a.start?.offset ?? 0) - (b.start?.offset ?? 0));
}

/** Merge markers, found in a text that does not parse: then what the parser says of them only misleads. */
export function mergeMarkers(path: string, text: string): readonly Diagnostic[] {
  return [...text.matchAll(/^(?:<{7}|>{7})(?: .*)?$/gm)].map((match) => ({
    code: "spec/merge-conflict",
    severity: "error",
    message: "The file holds merge markers.",
    hint: "Resolve the merge conflict first.",
    ...locate(path, text, { start: match.index, end: match.index + match[0].length }),
  }));
}

function problem(parsed: ParsedSource, span: Span, code: string, message: string, hint: string): Diagnostic {
  return { code: `spec/${code}`, severity: "error", message, hint, ...locate(parsed.path, parsed.text, span) };
}

function defaultExports(parsed: ParsedSource): readonly Diagnostic[] {
  return parsed.body.flatMap((node) => {
    if (node.type === "TSExportAssignment") {
      return [problem(parsed, head(node), "export-assignment", "A spec file cannot use `export =`.", "Export by name.")];
    }
    const isDefault =
      node.type === "ExportDefaultDeclaration" ||
      (node.type === "ExportNamedDeclaration" && nodesIn(node["specifiers"]).some((specifier) => nameOf(specifier["exported"]) === "default"));
    if (!isDefault) return [];
    return [problem(parsed, head(node), "default-export", "A spec file cannot have a default export: the facade passes on names.", "Export it by name.")];
  });
}

/** The first line of a node. */
function head(node: SyntaxNode): Span {
  return { start: node.start, end: Math.min(node.end, node.start + 40) };
}

function duplicates(parsed: ParsedSource, specs: readonly TopLevel[], context: readonly TopLevel[]): readonly Diagnostic[] {
  const seen = new Map<string, TopLevel>();
  const found: Diagnostic[] = [];
  for (const part of specs) {
    const first = seen.get(part.name);
    if (first === undefined) seen.set(part.name, part);
    else if (!isFunction(first) || !isFunction(part) || !isOverload(first, part)) found.push(duplicate(parsed, part));
  }
  return [...found, ...context.filter((part) => part.name !== "" && seen.has(part.name)).map((part) => duplicate(parsed, part))];
}

function isFunction(part: TopLevel): boolean {
  return part.node.type === "FunctionDeclaration" || part.node.type === "TSDeclareFunction";
}

function isOverload(first: TopLevel, next: TopLevel): boolean {
  return first.ambient === next.ambient && nodesIn(first.node["body"]).length === 0;
}

function duplicate(parsed: ParsedSource, part: TopLevel): Diagnostic {
  return problem(parsed, nameSpan(part), "duplicate", `${part.name} is declared twice.`, "Give one of the two another name.");
}

function nameSpan(part: TopLevel): Span {
  return nodesIn(part.node["id"])[0] ?? part.node;
}

function hiddenSpecs(parsed: ParsedSource, specs: readonly TopLevel[]): readonly Diagnostic[] {
  return specs
    .filter((part) => !part.exported)
    .map((part) => problem(parsed, nameSpan(part), "not-exported", `${part.name} is a spec that nobody can import.`, "Add `export`."));
}

/** TS1040, TS1221 and TS2371, which the parser does not report. */
function ambientMistakes(parsed: ParsedSource, specs: readonly TopLevel[]): readonly Diagnostic[] {
  return specs
    .filter((part) => part.ambient)
    .flatMap(({ node, name }) => [node, ...nodesIn(nodesIn(node["body"])[0]?.["body"])].flatMap((part) => ambientMistake(parsed, part, name)));
}

function ambientMistake(parsed: ParsedSource, node: SyntaxNode, name: string): readonly Diagnostic[] {
  const callable = nodesIn(node["value"])[0] ?? node;
  const hint = "Take it away, or write the spec with a `magic(...)` body.";
  const wrong: Diagnostic[] = [];
  if (callable["async"] === true) wrong.push(problem(parsed, head(node), "declare-async", `\`declare\` of ${name} cannot be \`async\` (TS1040).`, `${hint} A Promise in the return type says enough.`));
  if (callable["generator"] === true) wrong.push(problem(parsed, head(node), "declare-generator", `\`declare\` of ${name} cannot be a generator (TS1221).`, `${hint} A Generator in the return type says enough.`));
  for (const parameter of nodesIn(callable["params"])) {
    if (isOfType(parameter, "AssignmentPattern")) wrong.push(problem(parsed, parameter, "declare-default", `\`declare\` of ${name} cannot have a default value (TS2371).`, "Make the parameter optional and say the default in the doc comment, or write the spec with a `magic(...)` body."));
  }
  return wrong;
}

/** A marker call that is not the whole of a body. */
function partialMagic(parsed: ParsedSource, markers: Markers): readonly Diagnostic[] {
  if (!markers.any) return [];
  const whole = new Set<SyntaxNode>();
  const calls: SyntaxNode[] = [];
  visitNodes(parsed.body, (node) => {
    const body = markerBody(node, markers);
    if (body !== undefined && body !== node) whole.add(body);
    if (node.type === "VariableDeclarator" && markers.isCall(node["init"])) whole.add(node["init"]);
    if (markers.isCall(node)) calls.push(node);
  });
  return calls
    .filter((call) => !whole.has(call))
    .map((call) => problem(parsed, call, "partial-magic", "`magic(...)` must be the whole body: Jaunt writes all of it or nothing.", "Move the hand-written part to a function of its own."));
}

function contextUsingSpecs(parsed: ParsedSource, specs: readonly TopLevel[], context: readonly TopLevel[]): readonly Diagnostic[] {
  const names = new Set(specs.map((part) => part.name));
  const declared = new Set([...specs, ...context].map((part) => part.statement));
  const loose = parsed.body.filter((node) => !declared.has(node) && !/^(?:Import|Export|TSImport|TSExport|TSNamespaceExport)/.test(node.type));
  const values = context.filter((part) => !part.ambient && !/^TS(?:Interface|TypeAlias)/.test(part.node.type)).map((part) => part.node);
  return [...values, ...loose].flatMap((node) =>
    collectUses([node], "body", names, { valuesOnly: true })
      .slice(0, 1)
      .map((use) =>
        problem(
          parsed,
          nodesIn(node["id"])[0] ?? head(node),
          "value-uses-spec",
          `Hand-written code here uses the spec ${use.path.join(".")} of its own file, where no built code ever runs.`,
          "Move it to its own file and import the facade.",
        ),
      ),
  );
}

function hiddenValues(
  parsed: ParsedSource,
  markers: Markers,
  specs: readonly TopLevel[],
  context: readonly TopLevel[],
): readonly Diagnostic[] {
  const hidden = new Set(context.filter((part) => !part.exported && !part.ambient && !/^TS(?:Interface|TypeAlias)/.test(part.node.type)).map((part) => part.name));
  if (hidden.size === 0) return [];
  return specs.flatMap((part) => {
    const within = part.ambient ? [part.node] : keptNodes(part.node, markers);
    return collectUses(within, "body", hidden).map((use) =>
      problem(parsed, nameSpan(part), "hidden-value", `${part.name} needs ${use.path[0] ?? ""}, which this file does not export.`, `Add \`export\` to ${use.path[0] ?? ""}: the generated file must import it.`),
    );
  });
}

/** What of a spec goes into the generated file as it is: everything but `magic` bodies. */
function keptNodes(node: SyntaxNode, markers: Markers): readonly SyntaxNode[] {
  if (node.type !== "ClassDeclaration") return ["params", "returnType", "typeParameters", "id"].flatMap((key) => nodesIn(node[key]));
  const members = nodesIn(nodesIn(node["body"])[0]?.["body"]).filter((member) => {
    const callable = nodesIn(member["value"])[0];
    return callable === undefined || markerBody(callable, markers) === undefined;
  });
  return [...nodesIn(node["superClass"]), ...nodesIn(node["decorators"]), ...members];
}
