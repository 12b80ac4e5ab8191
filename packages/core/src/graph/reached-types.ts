import type { Spec, SpecRef } from "../nouns/spec.ts";
import { compareCodeUnits } from "../text/compare.ts";
import type { NameResolver } from "./name-resolver.ts";
import type { DeclarationNode } from "./scope.ts";
import type { ReachedType } from "./spec-graph.ts";

/** What a set of types leads to: all project types, themselves included, and the specs at which the way ends. */
export interface Reached {
  readonly types: readonly ReachedType[];
  readonly specs: readonly SpecRef[];
}

/** Follows hand-written types to the types and specs they are made of. Equal roots give the same object, so results can be shared. */
export class TypeWalker {
  readonly #resolver: NameResolver;
  readonly #neighbours: Map<DeclarationNode, Neighbours> = new Map();
  readonly #numbers: Map<DeclarationNode, number> = new Map();
  readonly #reached: Map<string, Reached> = new Map();
  readonly #nodeNames: Map<DeclarationNode, ReachedType> = new Map();

  constructor(resolver: NameResolver) {
    this.#resolver = resolver;
  }

  reach(roots: ReadonlySet<DeclarationNode>): Reached {
    const key = [...roots]
      .map((root) => this.#numberOf(root))
      .sort((left, right) => left - right)
      .join();
    let reached = this.#reached.get(key);
    if (reached === undefined) {
      reached = this.#walk(roots);
      this.#reached.set(key, reached);
    }
    return reached;
  }

  #walk(roots: ReadonlySet<DeclarationNode>): Reached {
    const seen = new Set(roots);
    const specs = new Set<SpecRef>();
    // A set is iterated together with what is added on the way.
    for (const node of seen) {
      const neighbours = this.#neighboursOf(node);
      for (const type of neighbours.types) seen.add(type);
      for (const ref of neighbours.specs) specs.add(ref);
    }
    const types = [...seen].map((node) => this.#typeOf(node));
    types.sort((left, right) => compareCodeUnits(left.name, right.name));
    return { types, specs: [...specs].sort(compareCodeUnits) };
  }

  #neighboursOf(node: DeclarationNode): Neighbours {
    let neighbours = this.#neighbours.get(node);
    if (neighbours === undefined) {
      neighbours = this.#findNeighbours(node);
      this.#neighbours.set(node, neighbours);
    }
    return neighbours;
  }

  #findNeighbours(node: DeclarationNode): Neighbours {
    const types = new Set<DeclarationNode>();
    const specs = new Set<SpecRef>();
    for (const use of node.declaration.uses) {
      if (!shapesTypes(use.via)) continue;
      const target = this.#resolver.resolve(node.path, use.path);
      if (target.kind === "spec") specs.add(refOf(target.spec, target.rest));
      else if (target.kind === "declaration" && target.node.declaration.typeDigest !== "") types.add(target.node);
    }
    return { types: [...types], specs: [...specs] };
  }

  #numberOf(node: DeclarationNode): number {
    let number = this.#numbers.get(node);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(node, number);
    }
    return number;
  }

  #typeOf(node: DeclarationNode): ReachedType {
    let type = this.#nodeNames.get(node);
    if (type === undefined) {
      type = { name: `${node.path}#${node.declaration.name}`, digest: node.declaration.typeDigest };
      this.#nodeNames.set(node, type);
    }
    return type;
  }
}

interface Neighbours {
  readonly types: readonly DeclarationNode[];
  readonly specs: readonly SpecRef[];
}

/** Whether a use can change the type of what uses it: bodies and docs cannot. */
export function shapesTypes(via: string): boolean {
  return via === "signature" || via === "default";
}

/** The ref of a spec, or of its member when the chain goes on with the name of one; a static member is preferred. */
export function refOf(spec: Spec, rest: readonly string[]): SpecRef {
  const [first, second] = rest;
  if (first === undefined || spec.members.length === 0) return spec.ref;
  const names = first === "prototype" ? [second] : [`static ${first}`, first];
  const member = names.find((name) => spec.members.some((candidate) => candidate.name === name));
  return member === undefined ? spec.ref : `${spec.ref}.${member}`;
}
