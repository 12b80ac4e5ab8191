import type { Diagnostic, Span } from "@jaunt/core";
import type { ParsedSource } from "../syntax/parse-source.ts";
import { locate } from "../syntax/position.ts";
import { nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import type { Locals } from "./find-locals.ts";
import type { Markers } from "./markers.ts";
import type { TopLevel } from "./top-level.ts";

/** A spec file taken apart: its declarations, split into specs and hand-written context. */
export interface SpecFileParts {
  readonly parsed: ParsedSource;
  readonly markers: Markers;
  readonly specs: readonly TopLevel[];
  readonly context: readonly TopLevel[];
  readonly locals: () => Locals;
}

/** A located error of a spec file. */
export function refusal(
  { path, text }: ParsedSource,
  span: Span,
  code: string,
  message: string,
  hint: string,
): Diagnostic {
  return { code: `spec/${code}`, severity: "error", message, hint, ...locate(path, text, span) };
}

/** The name of a declaration, or what there is of it. */
export function nameSpan(part: TopLevel): Span {
  return nodesIn(part.node["id"])[0] ?? firstLine(part.node);
}

/** The start of a node, short enough to point at. */
export function firstLine(node: SyntaxNode): Span {
  return { start: node.start, end: Math.min(node.end, node.start + 40) };
}
