import type { SpecModule, SpecSource } from "../nouns/spec.ts";
import type { GraphLookup, NameResolver } from "./name-resolver.ts";

/** Where imported names come from, as `SpecSource.definedIn` holds it. */
export type Origins = NonNullable<SpecSource["definedIn"]>;

/**
 * Which imported names of a module are hand-written values of other spec modules and where those have them, through facades and
 * barrels alike. Values of ordinary files are left out.
 */
export function findOrigins(module: SpecModule, resolver: NameResolver, lookup: GraphLookup): Origins {
  const origins: Record<string, { readonly path: string; readonly name: string }> = {};
  for (const { local, imported, typeOnly } of module.outline.imports) {
    if (typeOnly || imported === "*") continue;
    const target = resolver.resolve(module.path, [local]);
    if (target.kind !== "declaration" || target.node.declaration.kind === "type") continue;
    const { path, declaration } = target.node;
    if (declaration.exported && path !== module.path && isSpecFile(path, lookup))
      origins[local] = { path, name: declaration.name };
  }
  return origins;
}

function isSpecFile(path: string, lookup: GraphLookup): boolean {
  const id = lookup.moduleAt(path);
  return id !== undefined && lookup.module(id)?.path === path;
}
