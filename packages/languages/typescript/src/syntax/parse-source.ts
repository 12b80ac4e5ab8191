import { createRequire } from "node:module";
import type * as Parser from "oxc-parser";
import type { SyntaxNode } from "./walk.ts";

/** A comment with its furniture: `text.slice(start, end)`. */
export interface Comment {
  readonly type: "Line" | "Block";
  readonly start: number;
  readonly end: number;
}

/** A place where the text is no TypeScript. */
export interface SyntaxProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly hint?: string;
}

/** A parsed text: the statements of the module, all comments, and what is wrong with it. */
export interface ParsedSource {
  readonly path: string;
  readonly text: string;
  readonly body: readonly SyntaxNode[];
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
}

/** Parses TypeScript; the path's ending says which kind (`.ts`, `.tsx`, `.mts`, `.cts`, `.d.ts`). Never throws. */
export function parseSource(path: string, text: string): ParsedSource {
  const result = loadParser().parseSync(path, text, {
    lang: languageOf(path),
    sourceType: "module",
    astType: "ts",
    preserveParens: true,
  });
  const { node } = JSON.parse(result.program) as { readonly node: { readonly body: readonly SyntaxNode[] } };
  const problems = result.errors.filter((error) => error.severity === "Error").map(problemOf);
  return {
    path,
    text,
    body: node.body,
    comments: result.comments,
    problems,
  };
}

/** What a module imports and exports, statement by statement, without its tree. Never throws. */
export function parseImports(path: string, text: string): Parser.EcmaScriptModule {
  const result = loadParser().parseSync(path, text, { sourceType: "module" });
  // Until somebody takes the tree it lies in native memory, of which the garbage collector knows nothing.
  void result.program;
  return result.module;
}

/**
 * The parser below its JavaScript wrapper, which gives every result a hidden class of its own: that keeps each tree alive until the
 * next full collection, for twice the memory and half as much time again. The tree comes as JSON.
 */
interface NativeParser {
  parseSync(path: string, text: string, options: Parser.ParserOptions): NativeResult;
}

type NativeResult = Pick<Parser.ParseResult, "comments" | "errors" | "module"> & { readonly program: string };

let parser: NativeParser | undefined;

/** The parser is native code: it is loaded by the first parse, so that commands which parse nothing start at once. */
function loadParser(): NativeParser {
  parser ??= createRequire(import.meta.url)("oxc-parser/src-js/bindings") as NativeParser;
  return parser;
}

function languageOf(path: string): "ts" | "tsx" | "dts" {
  if (/\.d\.[mc]?ts$/.test(path)) return "dts";
  return path.endsWith("x") ? "tsx" : "ts";
}

function problemOf({ message, labels, helpMessage }: Parser.OxcError): SyntaxProblem {
  const place = { message, start: labels[0]?.start ?? 0, end: labels[0]?.end ?? 0 };
  return helpMessage === null ? place : { ...place, hint: helpMessage };
}
