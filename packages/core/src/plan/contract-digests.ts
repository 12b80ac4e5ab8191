import { digest, type Field } from "../digest/digest.ts";
import { foldDoc } from "../digest/fold-doc.ts";
import type { ReachedType, SpecLinks } from "../graph/spec-graph.ts";
import type { Digest } from "../nouns/digest.ts";
import type { Spec, SpecMember, SpecModule, SpecRef } from "../nouns/spec.ts";
import { compareCodeUnits } from "../text/compare.ts";

/**
 * What a dependent of each symbol sees of it, as digests, for all specs and their members: signature, doc, prompts, and the types that
 * the signature reaches; of a class also its public and protected members. The name and the place of a spec are not part of it.
 */
export function contractDigests(modules: readonly SpecModule[], graph: Pick<SpecLinks, "types">): Map<SpecRef, Digest> {
  const contracts = new Map<SpecRef, Digest>();
  // Modules that share a types file share the list of reached types; a large one is digested once.
  const typeDigests = new Map<readonly ReachedType[], Digest>();
  const typesOf = (ref: SpecRef): Digest => digestTypes(graph.types.get(ref) ?? noTypes, typeDigests);
  for (const module of modules) {
    for (const spec of module.specs) {
      contracts.set(spec.ref, digestSpec(spec, typesOf(spec.ref)));
      for (const [name, members] of membersByName(spec))
        contracts.set(`${spec.ref}.${name}`, digestMember(spec.name, name, members, typesOf(`${spec.ref}.${name}`)));
    }
  }
  return contracts;
}

const noTypes: readonly ReachedType[] = [];

/** Members under their names, overloads and getter with setter together, in code-unit order of the names. */
export function membersByName(spec: Spec): readonly (readonly [string, readonly SpecMember[]])[] {
  const byName = new Map<string, SpecMember[]>();
  for (const member of spec.members) {
    const known = byName.get(member.name);
    if (known === undefined) byName.set(member.name, [member]);
    else known.push(member);
  }
  return [...byName].sort((left, right) => compareCodeUnits(left[0], right[0]));
}

function digestTypes(types: readonly ReachedType[], known: Map<readonly ReachedType[], Digest>): Digest {
  let result = known.get(types);
  if (result === undefined) {
    result = digest("jaunt.types/2", typeFields(types));
    known.set(types, result);
  }
  return result;
}

/** A type is known by its bare name, so that it can move to another file; two of one name keep their paths. */
function typeFields(types: readonly ReachedType[]): readonly Field[] {
  const counts = new Map<string, number>();
  for (const { name } of types) counts.set(bareName(name), (counts.get(bareName(name)) ?? 0) + 1);
  const fields = types.map(({ name, digest: value }): readonly [string, Digest] => {
    const bare = bareName(name);
    return [counts.get(bare) === 1 ? bare : name, value];
  });
  return fields.sort((left, right) => compareCodeUnits(left[0], right[0]));
}

function bareName(name: string): string {
  return name.slice(name.lastIndexOf("#") + 1);
}

function digestSpec(spec: Spec, types: Digest): Digest {
  const members = membersByName(spec).flatMap(([name, all]): readonly Field[] => {
    const visible = all.filter((member) => member.visibility !== "private");
    return visible.length === 0 ? [] : [[name, visible.map((member) => member.signatureDigest)]];
  });
  return digest("jaunt.contract/2", [
    spec.kind,
    spec.signatureDigest,
    foldDoc(spec.doc),
    spec.prompts.map(foldDoc),
    types,
    members,
  ]);
}

function digestMember(className: string, name: string, members: readonly SpecMember[], types: Digest): Digest {
  return digest("jaunt.member-contract/2", [className, name, members.map((member) => member.signatureDigest), types]);
}
