import type { Layout, SpecSource } from "@jaunt/core";
import { applyEdits } from "../compose/edits.ts";
import { importsOf, type ImportRequest } from "../compose/imports.ts";
import { movedPaths } from "../compose/moved-paths.ts";
import { isRegistration } from "../compose/registration.ts";
import { freeNames } from "../compose/references.ts";
import { declarationOf, declaredNames, type SpecFile } from "../compose/spec-file.ts";
import { place } from "../layout/place.ts";
import { moveSpecifier } from "../layout/specifier.ts";
import { parseSource, type ParsedSource } from "../syntax/parse-source.ts";
import { isNode, type SyntaxNode } from "../syntax/walk.ts";

/** A top-level declaration with the comments before it and the one on its last line. */
export interface Chunk {
  readonly names: readonly string[];
  readonly text: string;
  /** What stands between it and the next chunk: white space only, or undefined where something else was. */
  readonly gap: string | undefined;
  /** Names that it uses without declaring them. */
  readonly uses: ReadonlySet<string>;
}

/** Declarations of a source in their order, and the imports that came with them, as a spec file would write them. */
export interface Chunks {
  readonly chunks: readonly Chunk[];
  readonly imports: readonly ImportRequest[];
}

/**
 * Takes a built file apart into the code that a model wrote, with paths as if it stood beside the spec file. Imports, re-exports and
 * copied types are left out, for composing adds them anew, and so is what is exported and no spec any more.
 * Undefined when it holds what cannot be told apart: syntax errors, loose statements, several specs in one declaration.
 */
export function takeApartBuilt(source: SpecSource, file: SpecFile, built: string, layout: Layout): Chunks | undefined {
  const { module } = source;
  const { generated } = place(module, layout);
  const parsed = parseSource(generated, built.replaceAll("\r\n", "\n"));
  const specs = new Set(module.specs.map(({ name }) => name));
  const isOurs = (statement: SyntaxNode): boolean => {
    const names = declaredNames(statement);
    const exported = statement.type === "ExportNamedDeclaration";
    return !(exported && !names.some((name) => specs.has(name))) && !names.every((name) => file.handWritten.has(name));
  };
  const taken = takeApart(parsed, file.prologue, isOurs);
  if (
    taken === undefined ||
    taken.chunks.some(({ names }) => names.length > 1 && names.some((name) => specs.has(name)))
  )
    return undefined;
  const back = (specifier: string): string => moveSpecifier(specifier, generated, module.path);
  const known = new Set(file.imports.map(({ local }) => local));
  return {
    chunks: rewritePaths(parsed, taken.chunks, generated, module.path),
    imports: taken.imports
      .filter(({ local }) => local !== "" && !known.has(local) && !file.handWritten.has(local))
      .map((request) => ({ ...request, specifier: back(request.specifier) })),
  };
}

/** Takes a reply apart; undefined when it holds syntax errors or loose statements, which only checking can explain. */
export function takeApartReply(parsed: ParsedSource): Chunks | undefined {
  return takeApart(parsed, [], () => true);
}

interface Place extends Chunk {
  readonly start: number;
  readonly end: number;
}

function takeApart(
  parsed: ParsedSource,
  prologue: readonly string[],
  isOurs: (statement: SyntaxNode) => boolean,
): { readonly chunks: readonly Place[]; readonly imports: readonly ImportRequest[] } | undefined {
  if (parsed.problems.length > 0) return undefined;
  const { text } = parsed;
  const chunks: Place[] = [];
  let at = 0;
  let lastTaken = -1;
  for (const statement of parsed.body) {
    const start = at;
    at =
      statement.end +
      (/^[ \t]*(?:;|\/\/.*|\/\*[^\n]*?\*\/(?=[ \t]*(?:\n|$)))?/.exec(text.slice(statement.end))?.[0].length ?? 0);
    if (isBookkeeping(statement, text)) continue;
    const names = declaredNames(statement);
    if (names.length === 0) return undefined;
    if (!isOurs(statement)) continue;
    const begin = skip(text, start, prologue);
    const previous = chunks.at(-1);
    if (previous !== undefined && lastTaken === start)
      chunks[chunks.length - 1] = { ...previous, gap: text.slice(start, begin) };
    chunks.push({
      names,
      start: begin,
      end: at,
      text: text.slice(begin, at),
      gap: undefined,
      uses: new Set(freeNames([statement]).keys()),
    });
    lastTaken = at;
  }
  return { chunks, imports: parsed.body.flatMap((statement) => importsOf(statement, text)) };
}

/** Imports, directives, what hands tests to a runner, and exports of what is declared elsewhere. */
function isBookkeeping(statement: SyntaxNode, text: string): boolean {
  if (statement.type === "ImportDeclaration" || importsOf(statement, text).length > 0) return true;
  if (isRegistration(statement, text)) return true;
  if (statement.type === "ExportAllDeclaration" || typeof statement["directive"] === "string") return true;
  return (
    statement.type === "ExportNamedDeclaration" &&
    !isNode(statement["declaration"]) &&
    declarationOf(statement) === statement
  );
}

/** Past white space and the lines that composing puts at the top of a file. */
function skip(text: string, start: number, prologue: readonly string[]): number {
  let at = start;
  for (let moved = true; moved;) {
    at += /^\s*/.exec(text.slice(at))?.[0].length ?? 0;
    const line = prologue.find((each) => text.startsWith(each, at));
    moved = line !== undefined;
    at += line?.length ?? 0;
  }
  return at;
}

function rewritePaths(parsed: ParsedSource, chunks: readonly Place[], from: string, to: string): readonly Chunk[] {
  const edits = movedPaths(parsed, from, to);
  return edits.length === 0
    ? chunks
    : chunks.map((chunk) => ({ ...chunk, text: applyEdits(parsed.text, edits, chunk.start, chunk.end) }));
}
