import { digest, shortDigest, sortedFields, type Field } from "../digest/digest.ts";
import { edgesFrom } from "../graph/edges-from.ts";
import { moduleOfRef } from "../graph/refs.ts";
import type { SpecLinks } from "../graph/spec-graph.ts";
import type { Digest } from "../nouns/digest.ts";
import type { Declaration } from "../nouns/outline.ts";
import type { Spec, SpecModule, SpecRef } from "../nouns/spec.ts";
import { compareCodeUnits } from "../text/compare.ts";
import { membersByName } from "./contract-digests.ts";
import type { ModuleDigests } from "./plan.ts";

/** Package whose imports only mark specs: taking one up or dropping it changes the form of a spec, not its meaning. */
export const markerPackage: string = "@jaunt/spec";

/**
 * All that a module's generated code depends on, part by part: `context`, `spec:NAME` of its own specs, `dep:REF` of each symbol
 * of another module that they need. Where specs stand in the file and the order of imports do not count.
 */
export function digestModule(
  module: SpecModule,
  graph: Pick<SpecLinks, "edges">,
  contracts: ReadonlyMap<SpecRef, Digest>,
): ModuleDigests {
  const parts = new Map<string, Digest>([["context", digestContext(module)]]);
  const own: [SpecRef, Digest][] = [];
  for (const spec of module.specs) {
    const contract = contracts.get(spec.ref) ?? "";
    own.push([spec.ref, contract]);
    for (const [name] of membersByName(spec))
      own.push([`${spec.ref}.${name}`, contracts.get(`${spec.ref}.${name}`) ?? ""]);
    parts.set(`spec:${spec.name}`, digestOwnSpec(spec, contract));
    for (const edge of edgesFrom(graph, spec.ref)) {
      if (moduleOfRef(edge.to) !== module.id) parts.set(`dep:${edge.to}`, contracts.get(edge.to) ?? "");
    }
  }
  const sorted = [...parts].sort((left, right) => compareCodeUnits(left[0], right[0]));
  return {
    module: module.id,
    moduleDigest: digest("jaunt.module/1", sorted),
    // Of a module that is current nobody asks for more than its digest, and most are.
    get parts() {
      return Object.fromEntries(sorted.map(([name, value]) => [name, shortDigest(value)]));
    },
    get contracts() {
      return Object.fromEntries(own.sort((left, right) => compareCodeUnits(left[0], right[0])));
    },
  };
}

/**
 * Hand-written values count in source order, for they may run; types, imports, re-exports and kept bodies count as sets. Whether an
 * import is a type's alone does not count: generated code imports what it needs, as it needs it.
 */
function digestContext(module: SpecModule): Digest {
  const { imports, reexports, declarations, loose } = module.outline;
  const isType = ({ kind }: Declaration): boolean => kind === "type";
  return digest("jaunt.context/2", [
    asSet(declarations.filter(isType).map(declarationFields)),
    declarations.filter((declaration) => !isType(declaration)).map(declarationFields),
    asSet(
      imports
        .filter((binding) => binding.specifier !== markerPackage)
        .map((binding) => [binding.local, binding.imported, binding.specifier]),
    ),
    asSet(
      reexports.map((item) => [
        item.exported,
        item.imported,
        item.specifier === undefined ? [] : [item.specifier],
        String(item.typeOnly),
      ]),
    ),
    sortedFields(
      new Map(module.specs.filter((spec) => spec.keptDigest !== "").map((spec) => [spec.name, spec.keptDigest])),
    ),
    loose ?? "",
  ]);
}

function declarationFields({ name, kind, exported, digest: value }: Declaration): readonly Field[] {
  return [name, kind, String(exported), value];
}

function asSet(items: readonly (readonly Field[])[]): readonly Field[] {
  return sortedFields(new Map(items.map((item) => [JSON.stringify(item), item])));
}

/** Private members are no part of a contract, yet the module is built from them. */
function digestOwnSpec(spec: Spec, contract: Digest): Digest {
  const hidden = membersByName(spec).flatMap(([name, all]): readonly Field[] => {
    const members = all.filter((member) => member.visibility === "private");
    return members.length === 0 ? [] : [[name, members.map((member) => member.signatureDigest)]];
  });
  return hidden.length === 0 ? contract : digest("jaunt.spec/1", [contract, hidden]);
}
