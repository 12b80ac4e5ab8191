import type { ModuleId, Spec, SpecRef, Use } from "@jaunt/core";
import type { ParsedSource } from "../syntax/parse-source.ts";
import { nodesIn, type SyntaxNode } from "../syntax/walk.ts";
import { collectUses, type CollectOptions } from "./collect-uses.ts";
import type { Markers } from "./markers.ts";
import type { FileScope } from "./outline.ts";
import type { SpecDoc } from "./read-doc.ts";

/** What reading one declaration of a spec file needs to know of the file. */
export interface ReadContext extends FileScope {
  readonly id: ModuleId;
  readonly parsed: ParsedSource;
  readonly markers: Markers;
}

/** Ref of a top-level name. */
export function refOf(context: ReadContext, name: string): SpecRef {
  return `${context.id}:${name}`;
}

/** The properties in docs, as a part of a spec. */
export function propertiesOf(...docs: readonly SpecDoc[]): Pick<Spec, "properties"> {
  const properties = docs.flatMap((doc) => doc.properties);
  return properties.length === 0 ? {} : { properties };
}

/** Uses of a doc comment: links as written, whether they lead anywhere or not, and mentions of names in scope. */
export function usesOfDoc(context: ReadContext, doc: SpecDoc): readonly Use[] {
  const links = doc.links.map((path): Use => ({ path, via: "link" }));
  const mentions = doc.mentions.filter(([first]) => first !== undefined && context.names.has(first));
  return [...links, ...mentions.map((path): Use => ({ path, via: "doc" }))];
}

/** Uses of a marker call's arguments. */
export function usesOfInputs(context: ReadContext, call: SyntaxNode | undefined): readonly Use[] {
  return call === undefined ? [] : usesIn(context, nodesIn(call["arguments"]), "input");
}

/** Uses of the file's names below nodes; holes and absent nodes are allowed. */
export function usesIn(
  context: ReadContext,
  nodes: readonly (SyntaxNode | null | undefined)[],
  via: Use["via"],
  options: Pick<CollectOptions, "except"> = {},
): readonly Use[] {
  const present = nodes.filter((node) => node !== null && node !== undefined);
  return collectUses(present, via, context.names, { ...options, locals: context.locals });
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
