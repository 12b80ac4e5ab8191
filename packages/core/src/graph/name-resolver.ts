import type { Outline } from "../nouns/outline.ts";
import type { ModuleId, Spec, SpecModule } from "../nouns/spec.ts";
import { Scope, type StarIndex, type Target } from "./scope.ts";

/** What linking asks of a project. Every question is asked once per different argument. */
export interface GraphLookup {
  /** Path of the project file that a specifier means, be it hand-written or a module's facade, generated or spec path. */
  resolve(specifier: string, from: string): string | undefined;
  /** The module whose facade, generated or spec path this is. */
  moduleAt(path: string): ModuleId | undefined;
  /** A spec module. */
  module(id: ModuleId): SpecModule | undefined;
  /** Outline of a hand-written file. */
  outline(path: string): Outline | undefined;
}

/**
 * Follows names through imports, namespaces and re-exports to what they mean. Does not look at types or at bodies, and
 * follows chains of any length without recursion.
 */
export class NameResolver {
  readonly #lookup: GraphLookup;
  readonly #scopes: Map<string, Scope | undefined> = new Map();
  readonly #facades: Map<string, Scope | undefined> = new Map();
  readonly #exports: Map<string, Target> = new Map();
  readonly #consulted: Set<string> = new Set();

  constructor(lookup: GraphLookup) {
    this.#lookup = lookup;
  }

  /** Paths of the files whose outlines were asked for. */
  get consulted(): readonly string[] {
    return [...this.#consulted];
  }

  /** What `chain` means in the file at `path`. */
  resolve(path: string, chain: readonly string[]): Target {
    const scope = this.#scopeAt(path);
    const [first] = chain;
    if (scope === undefined || first === undefined) return unresolved;
    let target = scope.locals.get(first);
    if (target === undefined) {
      target = this.#follow(this.#localStep(scope, first));
      scope.locals.set(first, target);
    }
    let used = 1;
    while (target.kind === "namespace") {
      const name = chain[used];
      if (name === undefined) return target;
      target = this.#exportOf(target.path, name);
      used += 1;
    }
    return target.kind === "spec" ? { ...target, rest: chain.slice(used) } : target;
  }

  /** The specs of the module that a namespace stands for; empty when it is no spec module's. */
  specsOf(namespace: string): readonly Spec[] {
    return this.#scopeAt(namespace)?.module?.specs ?? [];
  }

  #exportOf(path: string, name: string): Target {
    const key = `${path}\0${name}`;
    let target = this.#exports.get(key);
    if (target === undefined) {
      target = this.#follow({ path, name });
      this.#exports.set(key, target);
    }
    return target;
  }

  /** Jumps from file to file until something is found. */
  #follow(first: Step | undefined): Target {
    const seen = new Set<string>();
    let step = first;
    while (step !== undefined) {
      if ("kind" in step) return step;
      const scope = this.#scopeAt(step.path);
      const key = `${step.path}\0${step.name}`;
      if (scope === undefined || seen.has(key)) return unresolved;
      seen.add(key);
      step =
        this.#exportStep(scope, step.name) ??
        this.#starStep(scope, step.name) ??
        this.#facadeStep(scope, step.path, step.name);
    }
    return unresolved;
  }

  #localStep(scope: Scope, name: string): Step | undefined {
    const spec = scope.spec(name);
    if (spec !== undefined) return { kind: "spec", spec, rest: [] };
    const node = scope.declaration(name);
    if (node !== undefined) return { kind: "declaration", node };
    const binding = scope.import(name);
    return binding === undefined ? undefined : this.#crossing(scope, binding.specifier, binding.imported);
  }

  #exportStep(scope: Scope, name: string): Step | undefined {
    const spec = scope.spec(name);
    if (spec !== undefined) return { kind: "spec", spec, rest: [] };
    const node = scope.declaration(name);
    if (node?.declaration.exported === true) return { kind: "declaration", node };
    const reexport = scope.reexport(name);
    if (reexport === undefined) return undefined;
    if (reexport.specifier === undefined) return this.#localStep(scope, reexport.imported) ?? unresolved;
    return this.#crossing(scope, reexport.specifier, reexport.imported);
  }

  #starStep(scope: Scope, name: string): Step | undefined {
    if (scope.stars.length === 0 || name === "default") return undefined;
    scope.starIndex ??= this.#indexStars(scope);
    const home = scope.starIndex.homes.get(name);
    if (home !== undefined) return { path: home, name };
    return scope.starIndex.external ? { kind: "external" } : undefined;
  }

  /** A facade belongs to its user, who may have renamed exports of the module or added some. */
  #facadeStep(module: Scope, path: string, name: string): Step | undefined {
    if (path === module.path) return undefined;
    if (!this.#facades.has(path)) {
      const outline = this.#outline(path);
      this.#facades.set(path, outline === undefined ? undefined : new Scope(path, outline));
    }
    const scope = this.#facades.get(path);
    return scope === undefined ? undefined : (this.#exportStep(scope, name) ?? this.#starStep(scope, name));
  }

  /** Where each name that `export *` passes on is exported explicitly; the first in source order wins. */
  #indexStars(root: Scope): StarIndex {
    const homes = new Map<string, string>();
    const seen = new Set<Scope>([root]);
    let external = false;
    const stack = root.stars.map((specifier) => ({ from: root, specifier })).reverse();
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const path = this.#resolveSpecifier(next.from, next.specifier);
      const scope = path === undefined ? undefined : this.#scopeAt(path);
      external ||= path === undefined && !isRelative(next.specifier);
      if (scope === undefined || seen.has(scope)) continue;
      seen.add(scope);
      for (const name of scope.explicitExports()) {
        if (!homes.has(name)) homes.set(name, scope.path);
      }
      for (const specifier of scope.stars.toReversed()) stack.push({ from: scope, specifier });
    }
    return { homes, external };
  }

  #crossing(scope: Scope, specifier: string, imported: string): Step {
    const path = this.#resolveSpecifier(scope, specifier);
    if (path === undefined) return isRelative(specifier) ? unresolved : { kind: "external" };
    return imported === "*" ? { kind: "namespace", path } : { path, name: imported };
  }

  #resolveSpecifier(scope: Scope, specifier: string): string | undefined {
    if (!scope.resolved.has(specifier)) scope.resolved.set(specifier, this.#lookup.resolve(specifier, scope.path));
    return scope.resolved.get(specifier);
  }

  #scopeAt(path: string): Scope | undefined {
    if (!this.#scopes.has(path)) this.#scopes.set(path, this.#createScopeAt(path));
    return this.#scopes.get(path);
  }

  #createScopeAt(path: string): Scope | undefined {
    const id = this.#lookup.moduleAt(path);
    const module = id === undefined ? undefined : this.#lookup.module(id);
    if (module !== undefined)
      return path === module.path ? new Scope(path, module.outline, module) : this.#scopeAt(module.path);
    const outline = this.#outline(path);
    return outline === undefined ? undefined : new Scope(path, outline);
  }

  #outline(path: string): Outline | undefined {
    this.#consulted.add(path);
    return this.#lookup.outline(path);
  }
}

const unresolved: Target = { kind: "unresolved" };

/** A target, or where to look on: the export `name` of the file at `path`. */
type Step = Target | { readonly path: string; readonly name: string };

function isRelative(specifier: string): boolean {
  return specifier.startsWith("./") || specifier.startsWith("../") || specifier === "." || specifier === "..";
}
