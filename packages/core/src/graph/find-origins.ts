import type { SpecModule, SpecSource } from "../nouns/spec.ts";
import { NameResolver, type GraphLookup } from "./name-resolver.ts";

/**
 * Tells for a module which imported names are hand-written values of other spec modules and where those have them, through
 * facades and barrels alike: what `SpecSource.definedIn` holds. Values of ordinary files are left out.
 */
export function findOrigins(
  modules: readonly SpecModule[],
  lookup: GraphLookup,
): (module: SpecModule) => NonNullable<SpecSource["definedIn"]> {
  const resolver = new NameResolver(modules, lookup);
  const specPaths = new Set(modules.map((module) => module.path));
  return (module) => {
    const origins: Record<string, { readonly path: string; readonly name: string }> = {};
    for (const { local, imported, typeOnly } of module.outline.imports) {
      if (typeOnly || imported === "*") continue;
      const target = resolver.resolve(module.path, [local]);
      if (target.kind !== "declaration" || target.node.declaration.kind === "type") continue;
      const { path, declaration } = target.node;
      if (declaration.exported && path !== module.path && specPaths.has(path))
        origins[local] = { path, name: declaration.name };
    }
    return origins;
  };
}
