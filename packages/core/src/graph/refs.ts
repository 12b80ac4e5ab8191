import type { ModuleId, SpecRef } from "../nouns/spec.ts";

/** The module of a spec or member ref: `src/lru` of `src/lru:Lru.get`. */
export function moduleOfRef(ref: SpecRef): ModuleId {
  const colon = ref.indexOf(":");
  return colon === -1 ? ref : ref.slice(0, colon);
}

/** The spec that a ref is about: `src/lru:Lru` of `src/lru:Lru.get`, and of itself. */
export function specOfRef(ref: SpecRef): SpecRef {
  const dot = ref.indexOf(".", ref.indexOf(":"));
  return dot === -1 ? ref : ref.slice(0, dot);
}
