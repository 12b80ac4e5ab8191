import type { Diagnostic, Layout, ReadResult, SourceFile, Spec } from "@jaunt/core";
import { roleOf } from "../layout/role-of.ts";
import { parseSource, type ParsedSource } from "../syntax/parse-source.ts";
import { locate } from "../syntax/position.ts";
import { findMarkers, markerBodies, type Markers } from "./markers.ts";
import { moduleIdOf } from "./module-id.ts";
import { looseCode } from "./loose-code.ts";
import { fileScope, outlineOf } from "./outline.ts";
import { readClass } from "./read-class.ts";
import type { ReadContext } from "./read-context.ts";
import { readConst, readFunction } from "./read-function.ts";
import { nameSpan } from "./refusal.ts";
import { findRefusals } from "./refusals.ts";
import { refuseTests } from "./refuse-tests.ts";
import { topLevelOf, type TopLevel } from "./top-level.ts";

/** Reads a spec file. Problems are diagnostics at their places; with an error among them there is no module. */
export function readSpecModule(file: SourceFile, layout: Layout): ReadResult {
  const { path, text } = file;
  const broken = /[\0\uFFFD]/.exec(text);
  if (broken !== null) return { diagnostics: [unreadable(path, text, broken.index)] };
  const parsed = parseSource(path, text);
  if (parsed.problems.length > 0) return { diagnostics: syntaxErrors(parsed) };
  const markers = findMarkers(parsed.body);
  const declarations = topLevelOf(parsed);
  const own = withOverloads(declarations, markers);
  const specs = declarations.filter((part) => own.has(part));
  const context = declarations.filter((part) => !own.has(part));
  const scope = fileScope(parsed, declarations);
  const refusals = findRefusals({ parsed, markers, specs, context, locals: scope.locals });
  if (refusals.length > 0) return { diagnostics: refusals };
  const role = roleOf(path, layout);
  const wrongTests = role === "test" ? refuseTests(parsed, specs) : [];
  if (wrongTests.length > 0) return { diagnostics: wrongTests };
  if (specs.length === 0) return { diagnostics: [noSpecs(path), ...ambientContext(parsed, context)] };
  const readContext: ReadContext = { ...scope, id: moduleIdOf(path) ?? path, parsed, markers };
  const loose = looseCode(parsed, scope.tokenizer);
  const module = {
    id: readContext.id,
    path,
    language: "typescript",
    role,
    specs: groups(specs).map((parts) => readSpec(readContext, parts)),
    outline: { ...outlineOf(parsed, context, readContext), ...(loose === "" ? {} : { loose }) },
  };
  return { module, diagnostics: ambientContext(parsed, context) };
}

function readSpec(context: ReadContext, parts: readonly [TopLevel, ...TopLevel[]]): Spec {
  const [first] = parts;
  if (first.node.type === "ClassDeclaration") return readClass(context, first);
  return first.node.type === "VariableDeclarator" ? readConst(context, first) : readFunction(context, parts);
}

/** The declarations that are Jaunt's, an implementation's overloads included. */
function withOverloads(declarations: readonly TopLevel[], markers: Markers): ReadonlySet<TopLevel> {
  const own = new Set(declarations.filter((part) => isSpec(part, markers)));
  const functions = new Set(
    [...own].filter((part) => part.node.type === "FunctionDeclaration").map((part) => part.name),
  );
  return new Set(
    declarations.filter(
      (part) => own.has(part) || (part.node.type === "TSDeclareFunction" && functions.has(part.name)),
    ),
  );
}

const specKinds: ReadonlySet<string> = new Set([
  "TSDeclareFunction",
  "FunctionDeclaration",
  "ClassDeclaration",
  "VariableDeclarator",
]);

/** Exported ambient declarations, and whatever has a marker for a body. */
function isSpec({ name, node, ambient, exported }: TopLevel, markers: Markers): boolean {
  if (name === "" || !specKinds.has(node.type)) return false;
  return ambient ? exported : markerBodies(node, markers).length > 0;
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

function syntaxErrors(parsed: ParsedSource): readonly Diagnostic[] {
  const conflict = mergeMarker(parsed);
  if (conflict !== undefined) return [conflict];
  return parsed.problems.map((problem) => ({
    code: "spec/syntax",
    severity: "error",
    message: problem.message,
    hint: problem.hint ?? "Mend it first: nothing can be built from a file that does not parse.",
    ...locate(parsed.path, parsed.text, problem),
  }));
}

/** Of a merge conflict, the parser's own complaints only mislead. */
function mergeMarker({ path, text }: ParsedSource): Diagnostic | undefined {
  const match = /^(?:<{7}|>{7})(?: .*)?$/m.exec(text);
  if (match === null) return undefined;
  return {
    code: "spec/merge-conflict",
    severity: "error",
    message: "The file holds merge markers.",
    hint: "Resolve the merge conflict first.",
    ...locate(path, text, { start: match.index, end: match.index + match[0].length }),
  };
}

function unreadable(path: string, text: string, at: number): Diagnostic {
  return {
    code: "spec/invalid-text",
    severity: "error",
    message:
      text[at] === "\0"
        ? "The file holds a NUL character, so it is no text."
        : "The file holds bytes that are no UTF-8.",
    hint: "Save it as UTF-8. A U+FFFD that is meant is written as an escape.",
    ...locate(path, text, { start: at, end: at + 1 }),
  };
}

/** Ambient declarations that are not exported say what is there already; some are specs that lack a word. */
function ambientContext(parsed: ParsedSource, context: readonly TopLevel[]): readonly Diagnostic[] {
  const ambient = context.filter((part) => part.ambient && part.name !== "" && specKinds.has(part.node.type));
  return ambient.map((part) => notBuilt(parsed, part));
}

function notBuilt({ path, text }: ParsedSource, part: TopLevel): Diagnostic {
  return {
    code: "spec/ambient-context",
    severity: "info",
    message: `${part.name} is declared but not exported, so it is taken to exist and is not built.`,
    hint: "Add `export` to make it a spec.",
    ...locate(path, text, nameSpan(part)),
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
