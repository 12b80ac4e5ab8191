import { digest } from "../digest/digest.ts";
import type { Declaration, ImportBinding, Outline, ReExport, Use, UseVia } from "../nouns/outline.ts";
import type { Spec, SpecMember, SpecModule } from "../nouns/spec.ts";
import { linkModules } from "./link-modules.ts";
import type { GraphLookup } from "./name-resolver.ts";
import type { Edge, SpecGraph } from "./spec-graph.ts";

/** A use as `via:a.b.c`. */
function use(text: string): Use {
  const colon = text.indexOf(":");
  return { via: text.slice(0, colon) as UseVia, path: text.slice(colon + 1).split(".") };
}

/** An import as `local < imported from specifier`, or `name from specifier`. */
function bind(text: string): ImportBinding {
  const [names = "", specifier = ""] = text.split(" from ");
  const [local = "", imported = local] = names.split(" < ");
  return { local, imported, specifier, typeOnly: false };
}

/** A re-export as `exported < imported from specifier`; without ` from ` it passes on a name of its own file. */
function pass(text: string): ReExport {
  const [names = "", specifier] = text.split(" from ");
  const [exported = "", imported = exported] = names.split(" < ");
  return { exported, imported, typeOnly: false, ...(specifier === undefined ? {} : { specifier }) };
}

export function declare(name: string, uses: readonly string[] = [], overrides: Partial<Declaration> = {}): Declaration {
  const value = digest("test", [name]);
  return { name, kind: "type", exported: true, digest: value, typeDigest: value, uses: uses.map(use), ...overrides };
}

export function declareValue(name: string, uses: readonly string[] = []): Declaration {
  return declare(name, uses, { kind: "value", typeDigest: "" });
}

export interface OutlineText {
  readonly imports?: readonly string[];
  readonly reexports?: readonly string[];
  readonly declarations?: readonly Declaration[];
}

function outline(text: OutlineText): Outline {
  return {
    imports: (text.imports ?? []).map(bind),
    reexports: (text.reexports ?? []).map(pass),
    declarations: text.declarations ?? [],
  };
}

export function member(name: string, overrides: Partial<SpecMember> = {}): SpecMember {
  return {
    name,
    kind: "method",
    visibility: "public",
    generated: true,
    span: { start: 0, end: 0 },
    doc: "",
    signatureDigest: digest("test", ["member", name]),
    ...overrides,
  };
}

export function spec(name: string, uses: readonly string[] = [], overrides: Partial<Spec> = {}): Spec {
  return {
    ref: name,
    name,
    kind: "function",
    form: "declare",
    spans: [],
    signature: "",
    signatureDigest: digest("test", ["signature", name]),
    doc: "",
    prompts: [],
    examples: [],
    members: [],
    uses: uses.map(use),
    keptDigest: "",
    ...overrides,
  };
}

export function module(id: string, specs: readonly Spec[], text: OutlineText = {}): SpecModule {
  return {
    id,
    path: `${id}.jaunt.ts`,
    language: "typescript",
    role: "build",
    specs: specs.map((item) => ({ ...item, ref: `${id}:${item.name}` })),
    outline: outline(text),
  };
}

export interface TestLookup extends GraphLookup {
  readonly calls: { resolve: number; outline: number };
}

/** A project of spec modules and hand-written files, with `@/` as an alias of `src/`. */
export function lookupOf(
  modules: readonly SpecModule[],
  files: Readonly<Record<string, OutlineText>> = {},
): TestLookup {
  const owners = new Map<string, string>();
  for (const { id, path } of modules) {
    const slash = id.lastIndexOf("/") + 1;
    const generated = `${id.slice(0, slash)}__generated__/${id.slice(slash)}.ts`;
    for (const known of [path, `${id}.ts`, generated]) owners.set(known, id);
  }
  const calls = { resolve: 0, outline: 0 };
  return {
    calls,
    resolve(specifier, from) {
      calls.resolve += 1;
      const base = specifier.startsWith("@/")
        ? `src/${specifier.slice(2)}`
        : specifier.startsWith(".")
          ? join(from, specifier)
          : undefined;
      const path = base?.replace(/\.js$/, ".ts");
      return path !== undefined && (owners.has(path) || Object.hasOwn(files, path)) ? path : undefined;
    },
    moduleAt: (path) => owners.get(path),
    module: (id) => modules.find((module) => module.id === id),
    outline(path) {
      calls.outline += 1;
      const text = files[path];
      return text === undefined ? undefined : outline(text);
    },
  };
}

export function link(
  modules: readonly SpecModule[],
  files: Readonly<Record<string, OutlineText>> = {},
  inferDependencies: boolean = true,
): SpecGraph {
  return linkModules(modules, lookupOf(modules, files), { inferDependencies });
}

export function show(edges: readonly Edge[]): readonly string[] {
  return edges.map((edge) => `${edge.from} -${edge.via}-> ${edge.to}`);
}

/** A graph from edges as `a:x -> b:y`. */
export function graphOf(...arrows: readonly string[]): SpecGraph {
  const edges = arrows.map((arrow): Edge => {
    const [from = "", to = ""] = arrow.split(" -> ");
    return { from, to, via: "signature" };
  });
  edges.sort((left, right) => (left.from < right.from ? -1 : left.from > right.from ? 1 : left.to < right.to ? -1 : 1));
  const modules = [
    ...new Set(edges.flatMap((edge) => [edge.from, edge.to]).map((ref) => ref.slice(0, ref.indexOf(":")))),
  ];
  return { modules: modules.sort(), edges, types: new Map(), unresolved: [], consulted: [] };
}

function join(from: string, specifier: string): string {
  const segments = from.split("/").slice(0, -1);
  for (const segment of specifier.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== ".") segments.push(segment);
  }
  return segments.join("/");
}
