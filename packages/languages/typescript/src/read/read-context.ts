import type { ModuleId, SpecRef, Use } from "@jaunt/core";
import type { ParsedSource } from "../syntax/parse-source.ts";
import type { Tokenizer } from "../syntax/tokens.ts";
import type { SyntaxNode } from "../syntax/walk.ts";
import { collectUses, type CollectOptions } from "./collect-uses.ts";
import type { Markers } from "./markers.ts";
import type { SpecDoc } from "./read-doc.ts";

/** What reading one declaration of a spec file needs to know of the file. */
export interface ReadContext {
  readonly id: ModuleId;
  readonly parsed: ParsedSource;
  readonly tokenizer: Tokenizer;
  readonly markers: Markers;
  /** Every imported and top-level name. */
  readonly names: ReadonlySet<string>;
}

/** Ref of a top-level name. */
export function refOf(context: ReadContext, name: string): SpecRef {
  return `${context.id}:${name}`;
}

/** Uses of a doc comment: links as written, whether they lead anywhere or not, and mentions of names in scope. */
export function usesOfDoc(context: ReadContext, doc: SpecDoc): readonly Use[] {
  const links = doc.links.map((path): Use => ({ path, via: "link" }));
  const mentions = doc.mentions.filter(([first]) => first !== undefined && context.names.has(first));
  return [...links, ...mentions.map((path): Use => ({ path, via: "doc" }))];
}

/** Uses of a marker call's arguments, parameters of `within` left out. */
export function usesOfInputs(context: ReadContext, call: SyntaxNode, within: readonly SyntaxNode[]): readonly Use[] {
  return usesIn(context, call["arguments"] as readonly SyntaxNode[], "input", { within });
}

/** Uses of the file's names below nodes; holes and absent nodes are allowed. */
export function usesIn(
  context: ReadContext,
  nodes: readonly (SyntaxNode | null | undefined)[],
  via: Use["via"],
  options: CollectOptions = {},
): readonly Use[] {
  const present = nodes.filter((node) => node !== null && node !== undefined);
  return collectUses(present, via, context.names, options);
}

/** Each use once per `via`, a spec's own name left out. */
export function distinctUses(uses: readonly Use[], ownName: string): readonly Use[] {
  const found = new Map<string, Use>();
  for (const use of uses) {
    if (use.path.length === 1 && use.path[0] === ownName) continue;
    found.set(`${use.via} ${use.path.join(".")}`, use);
  }
  return [...found.values()];
}
