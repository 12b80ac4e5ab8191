import type { Use, UseVia } from "../nouns/outline.ts";
import type { Role, Spec, SpecModule, SpecRef } from "../nouns/spec.ts";
import { compareCodeUnits } from "../text/compare.ts";
import { findOrigins, type Origins } from "./find-origins.ts";
import { NameResolver, type GraphLookup } from "./name-resolver.ts";
import { refOf, shapesTypes, TypeWalker } from "./reached-types.ts";
import { specOfRef } from "./refs.ts";
import type { DeclarationNode, Target } from "./scope.ts";
import type { Edge, ReachedType, SpecLinks, UnresolvedUse } from "./spec-graph.ts";

export interface LinkOptions {
  /** False: only links in docs and inputs of `magic` make edges. May differ by role. */
  readonly inferDependencies: boolean | Readonly<Record<Role, boolean>>;
}

/** Links one module at a time; of the others it asks for those alone that names lead to. */
export interface Linker {
  link(module: SpecModule): LinkedModule;
  /** What `SpecSource.definedIn` holds for a module. */
  originsOf(module: SpecModule): Origins;
  /** Paths of the files whose outlines were asked for. */
  consulted(): readonly string[];
}

/** What the specs of one module need. Arrays are in code-unit order. */
export interface LinkedModule extends SpecLinks {
  readonly unresolved: readonly UnresolvedUse[];
}

/** A linker over a project that must not change meanwhile. */
export function openLinker(lookup: GraphLookup, { inferDependencies }: LinkOptions): Linker {
  const resolver = new NameResolver(lookup);
  const walk: Walk = { resolver, types: new TypeWalker(resolver), context: new Map() };
  return {
    link(module) {
      const infer = typeof inferDependencies === "boolean" ? inferDependencies : inferDependencies[module.role];
      const edges: Edge[] = [];
      const types = new Map<SpecRef, readonly ReachedType[]>();
      const unresolved: UnresolvedUse[] = [];
      for (const spec of module.specs) {
        const linked = linkSpec(spec, module.path, infer, walk);
        edges.push(...linked.edges);
        if (linked.types.length > 0) {
          types.set(spec.ref, linked.types);
          for (const [ref, reached] of linkMembers(spec, module.path, walk)) types.set(ref, reached);
        }
        unresolved.push(...linked.unresolved);
      }
      return {
        edges: edges.sort(
          (left, right) => compareCodeUnits(left.from, right.from) || compareCodeUnits(left.to, right.to),
        ),
        types,
        unresolved,
      };
    },
    originsOf: (module) => findOrigins(module, resolver, lookup),
    consulted: () => resolver.consulted,
  };
}

interface Walk {
  readonly resolver: NameResolver;
  readonly types: TypeWalker;
  /** Per hand-written declaration of a spec file: the specs that it uses, directly or through others of that file. */
  readonly context: Map<DeclarationNode, readonly SpecRef[]>;
}

interface LinkedSpec {
  readonly edges: readonly Edge[];
  readonly types: readonly ReachedType[];
  readonly unresolved: readonly UnresolvedUse[];
}

function linkSpec(spec: Spec, path: string, infer: boolean, walk: Walk): LinkedSpec {
  const needs = new Map<SpecRef, UseVia>();
  const types = new Set<DeclarationNode>();
  const unresolved = new Set<string>();
  const need = (ref: SpecRef, via: UseVia): void => {
    const known = needs.get(ref);
    if (specOfRef(ref) !== spec.ref && (known === undefined || strength(via) > strength(known))) needs.set(ref, via);
  };
  for (const use of spec.uses) {
    const explicit = isExplicit(use);
    if (!explicit && !infer && !shapesTypes(use.via)) continue;
    const target = walk.resolver.resolve(path, use.path);
    if (explicit && leadsNowhere(target, walk.resolver)) unresolved.add(use.path.join("."));
    if (explicit || infer) for (const ref of refsOf(target, walk.resolver)) need(ref, use.via);
    if (target.kind !== "declaration") continue;
    if (shapesTypes(use.via) && target.node.declaration.typeDigest !== "") types.add(target.node);
    if (infer && use.via !== "link" && target.node.path === path) {
      for (const ref of contextNeeds(target.node, walk)) need(ref, explicit ? "body" : use.via);
    }
  }
  const reached = walk.types.reach(types);
  if (infer) for (const ref of reached.specs) need(ref, "signature");
  return {
    edges: [...needs].filter(([ref]) => !isCovered(ref, needs)).map(([to, via]) => ({ from: spec.ref, to, via })),
    types: reached.types,
    unresolved: [...unresolved].map((name) => ({ from: spec.ref, name })),
  };
}

/** The types that the signature of each member reaches, overloads and accessors of one name together. */
function linkMembers(
  { ref, members }: Spec,
  path: string,
  { resolver, types }: Walk,
): readonly (readonly [SpecRef, readonly ReachedType[]])[] {
  const roots = new Map<string, Set<DeclarationNode>>();
  for (const { name, uses = [] } of members) {
    for (const use of uses) {
      const target = resolver.resolve(path, use.path);
      if (target.kind !== "declaration" || target.node.declaration.typeDigest === "") continue;
      const known = roots.get(name);
      if (known === undefined) roots.set(name, new Set([target.node]));
      else known.add(target.node);
    }
  }
  return [...roots].map(([name, nodes]) => [`${ref}.${name}`, types.reach(nodes).types]);
}

const weakestFirst: readonly UseVia[] = ["doc", "body", "default", "signature", "input", "link"];

function strength(via: UseVia): number {
  return weakestFirst.indexOf(via);
}

function isExplicit(use: Use): boolean {
  return use.via === "link" || use.via === "input";
}

function leadsNowhere(target: Target, resolver: NameResolver): boolean {
  return target.kind === "unresolved" || (target.kind === "namespace" && resolver.specsOf(target.path).length === 0);
}

function refsOf(target: Target, resolver: NameResolver): readonly SpecRef[] {
  if (target.kind === "spec") return [refOf(target.spec, target.rest)];
  return target.kind === "namespace" ? resolver.specsOf(target.path).map((spec) => spec.ref) : [];
}

/** The whole class is needed anyway, so a need of its member adds nothing. */
function isCovered(ref: SpecRef, needs: ReadonlyMap<SpecRef, UseVia>): boolean {
  const owner = specOfRef(ref);
  return owner !== ref && needs.has(owner);
}

/** Hand-written code of a spec file may use other modules' specs; who uses that code needs them too. */
function contextNeeds(root: DeclarationNode, walk: Walk): readonly SpecRef[] {
  const known = walk.context.get(root);
  if (known !== undefined) return known;
  const refs = new Set<SpecRef>();
  const seen = new Set([root]);
  // A set is iterated together with what is added on the way.
  for (const node of seen) {
    for (const use of node.declaration.uses) {
      if (use.via === "link" || use.via === "doc") continue;
      const target = walk.resolver.resolve(node.path, use.path);
      if (target.kind === "declaration" && target.node.path === root.path) seen.add(target.node);
      for (const ref of refsOf(target, walk.resolver)) refs.add(ref);
    }
  }
  const result = [...refs];
  walk.context.set(root, result);
  return result;
}
