import type { Diagnostic, Layout, ReadResult, Role, SourceFile, Spec } from "@jaunt/core";
import { parseSource, type ParsedSource } from "../syntax/parse-source.ts";
import { locate } from "../syntax/position.ts";
import { createTokenizer } from "../syntax/tokens.ts";
import { nodesIn } from "../syntax/walk.ts";
import { findMarkers, markerBody, type Markers } from "./markers.ts";
import { moduleIdOf } from "./module-id.ts";
import { importsOf, outlineOf } from "./outline.ts";
import { readClass } from "./read-class.ts";
import type { ReadContext } from "./read-context.ts";
import { readConst, readFunction } from "./read-function.ts";
import { findRefusals, mergeMarkers } from "./refusals.ts";
import { topLevelOf, type TopLevel } from "./top-level.ts";

/** Reads a spec file. Problems are diagnostics at their places; with an error among them there is no module. */
export function readSpecModule(file: SourceFile, layout: Layout): ReadResult {
  const { path, text } = file;
  if (text.includes("\0")) return { diagnostics: [unreadable(path, text)] };
  const parsed = parseSource(path, text);
  if (parsed.problems.length > 0) return { diagnostics: syntaxErrors(parsed) };
  const markers = findMarkers(parsed.body);
  const declarations = topLevelOf(parsed);
  const specs = withOverloads(declarations, markers);
  const context = declarations.filter((part) => !specs.includes(part));
  const refusals = findRefusals(parsed, markers, specs, context);
  if (refusals.length > 0) return { diagnostics: refusals };
  if (specs.length === 0) return { diagnostics: [noSpecs(path)] };
  const tokenizer = createTokenizer(parsed);
  const id = moduleIdOf(path) ?? path;
  const names = new Set([...importsOf(parsed.body).map((binding) => binding.local), ...declarations.map((part) => part.name)]);
  const readContext: ReadContext = { id, parsed, tokenizer, markers, names };
  const module = {
    id,
    path,
    language: "typescript",
    role: roleOf(path, layout),
    specs: groups(specs).map((parts) => readSpec(readContext, parts)),
    outline: outlineOf(parsed, context, tokenizer),
  };
  return { module, diagnostics: [] };
}

function readSpec(context: ReadContext, parts: readonly [TopLevel, ...TopLevel[]]): Spec {
  const [first] = parts;
  if (first.node.type === "ClassDeclaration") return readClass(context, first);
  return first.node.type === "VariableDeclarator" ? readConst(context, first) : readFunction(context, parts);
}

/** The declarations that are Jaunt's, an implementation's overloads included. */
function withOverloads(declarations: readonly TopLevel[], markers: Markers): readonly TopLevel[] {
  const own = new Set(declarations.filter((part) => isSpec(part, markers)));
  const functions = new Set([...own].filter((part) => part.node.type === "FunctionDeclaration").map((part) => part.name));
  return declarations.filter((part) => own.has(part) || (part.node.type === "TSDeclareFunction" && functions.has(part.name)));
}

const ambientKinds: ReadonlySet<string> = new Set(["TSDeclareFunction", "FunctionDeclaration", "ClassDeclaration", "VariableDeclarator"]);

/** Exported ambient declarations, and whatever has a marker for a body. */
function isSpec(part: TopLevel, markers: Markers): boolean {
  const { node } = part;
  if (part.name === "") return false;
  if (part.ambient) return part.exported && ambientKinds.has(node.type);
  if (node.type === "FunctionDeclaration") return markerBody(node, markers) !== undefined;
  if (node.type === "VariableDeclarator") return nodesIn(node["init"]).some((init) => markerBody(init, markers) !== undefined);
  if (node.type !== "ClassDeclaration") return false;
  return nodesIn(nodesIn(node["body"])[0]?.["body"]).some((member) => {
    const isCallable = member.type === "MethodDefinition";
    return isCallable && nodesIn(member["value"]).some((value) => markerBody(value, markers) !== undefined);
  });
}

function groups(specs: readonly TopLevel[]): readonly (readonly [TopLevel, ...TopLevel[]])[] {
  const byName = new Map<string, [TopLevel, ...TopLevel[]]>();
  for (const part of specs) {
    const group = byName.get(part.name);
    if (group === undefined) byName.set(part.name, [part]);
    else group.push(part);
  }
  return [...byName.values()];
}

/** The longest root that holds the path decides. */
function roleOf(path: string, { sourceRoots, testRoots }: Layout): Role {
  const longest = (roots: readonly string[]): number =>
    Math.max(-1, ...roots.filter((root) => root === "." || path.startsWith(`${root}/`)).map((root) => (root === "." ? 0 : root.length)));
  return longest(testRoots) > longest(sourceRoots) ? "test" : "build";
}

function syntaxErrors(parsed: ParsedSource): readonly Diagnostic[] {
  const conflicts = mergeMarkers(parsed.path, parsed.text);
  if (conflicts.length > 0) return conflicts.slice(0, 1);
  return parsed.problems.map((problem) => ({
    code: "spec/syntax",
    severity: "error",
    message: problem.message,
    ...(problem.hint === undefined ? {} : { hint: problem.hint }),
    ...locate(parsed.path, parsed.text, problem),
  }));
}

function unreadable(path: string, text: string): Diagnostic {
  const at = text.indexOf("\0");
  return {
    code: "spec/invalid-text",
    severity: "error",
    message: "The file holds a NUL character, so it is no text.",
    hint: "Save it as UTF-8.",
    ...locate(path, text, { start: at, end: at + 1 }),
  };
}

function noSpecs(path: string): Diagnostic {
  return {
    code: "spec/none",
    severity: "warning",
    message: "The file declares no spec.",
    hint: "Export a `declare` function, class or const, or one whose body is `magic(...)`; or take `.jaunt` out of the file's name.",
    file: path,
  };
}
