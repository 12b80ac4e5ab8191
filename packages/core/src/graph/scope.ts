import type { Declaration, ImportBinding, Outline, ReExport } from "../nouns/outline.ts";
import type { Spec, SpecModule } from "../nouns/spec.ts";

/** A hand-written declaration and the file it stands in; one object per declaration, so identity compares. */
export interface DeclarationNode {
  readonly path: string;
  readonly declaration: Declaration;
}

/** What a chain of names leads to. `rest` is what remains of the chain behind a spec: member names. */
export type Target =
  | { readonly kind: "spec"; readonly spec: Spec; readonly rest: readonly string[] }
  | { readonly kind: "declaration"; readonly node: DeclarationNode }
  | { readonly kind: "namespace"; readonly path: string }
  | { readonly kind: "external" }
  | { readonly kind: "unresolved" };

/** What `export *` of a file passes on. */
export interface StarIndex {
  /** File that exports each name explicitly. */
  readonly homes: ReadonlyMap<string, string>;
  /** Whether names may come from outside the project. */
  readonly external: boolean;
}

/** The names of one file, and what was found out about them. */
export class Scope {
  readonly path: string;
  readonly module: SpecModule | undefined;
  /** Specifiers of `export *`, in source order. */
  readonly stars: readonly string[];
  /** The file that each specifier means. */
  readonly resolved: Map<string, string | undefined> = new Map();
  /** What each name means that was asked for. */
  readonly locals: Map<string, Target> = new Map();
  starIndex: StarIndex | undefined;
  readonly #outline: Outline;
  readonly #nodes: Map<string, DeclarationNode> = new Map();
  #declarations: Index<Declaration> | undefined;
  #imports: Index<ImportBinding> | undefined;
  #reexports: Index<ReExport> | undefined;

  constructor(path: string, outline: Outline, module?: SpecModule) {
    this.path = path;
    this.module = module;
    this.#outline = outline;
    this.stars = outline.reexports.filter(isStar).flatMap(({ specifier }) => specifier ?? []);
  }

  spec(name: string): Spec | undefined {
    return this.module?.specs.findLast((spec) => spec.name === name);
  }

  declaration(name: string): DeclarationNode | undefined {
    const known = this.#nodes.get(name);
    if (known !== undefined) return known;
    this.#declarations ??= indexBy(this.#outline.declarations, (declaration) => declaration.name);
    const declaration = this.#declarations(name);
    if (declaration === undefined) return undefined;
    const node = { path: this.path, declaration };
    this.#nodes.set(name, node);
    return node;
  }

  import(name: string): ImportBinding | undefined {
    this.#imports ??= indexBy(this.#outline.imports, (binding) => binding.local);
    return this.#imports(name);
  }

  /** What is passed on under a name of its own. */
  reexport(name: string): ReExport | undefined {
    this.#reexports ??= indexBy(this.#outline.reexports, (reexport) => reexport.exported);
    return name === "*" ? undefined : this.#reexports(name);
  }

  *explicitExports(): Iterable<string> {
    for (const { name } of this.module?.specs ?? []) yield name;
    for (const { name, exported } of this.#outline.declarations) if (exported) yield name;
    for (const reexport of this.#outline.reexports) if (!isStar(reexport)) yield reexport.exported;
  }
}

type Index<Item> = (name: string) => Item | undefined;

/** Most files name few things, for which a map of each kind would take more memory than all else that is known of them. */
const fewItems = 8;

function indexBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): Index<Item> {
  if (items.length <= fewItems) return (name) => items.findLast((item) => nameOf(item) === name);
  const byName = new Map(items.map((item) => [nameOf(item), item]));
  return (name) => byName.get(name);
}

function isStar({ exported }: ReExport): boolean {
  return exported === "*";
}
