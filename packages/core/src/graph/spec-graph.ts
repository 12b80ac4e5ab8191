import type { Digest } from "../nouns/digest.ts";
import type { ModuleId, SpecRef } from "../nouns/spec.ts";
import type { UseVia } from "../nouns/outline.ts";

/** One spec depends on another symbol. `to` is a spec ref, or a member ref `module:Class.member`. */
export interface Edge {
  readonly from: SpecRef;
  readonly to: SpecRef;
  /** Strongest reason: `link` and `input` are explicit, the rest is inferred. */
  readonly via: UseVia;
}

/** A project type declaration that a signature reaches, directly or through other types. */
export interface ReachedType {
  /** `path#Name`, for example `src/types.ts#Options`. */
  readonly name: string;
  readonly digest: Digest;
}

/** A name that looked like a dependency and led nowhere. Shown under `--verbose`, never an error. */
export interface UnresolvedUse {
  readonly from: SpecRef;
  readonly name: string;
}

/** What some specs need. Self edges are dropped; edges are in code-unit order. */
export interface SpecLinks {
  readonly edges: readonly Edge[];
  /** Per spec ref: the types its signature reaches. A spec without any has no entry. */
  readonly types: ReadonlyMap<SpecRef, readonly ReachedType[]>;
}

/** All specs of a project and what they need. Arrays are in code-unit order. */
export interface SpecGraph extends SpecLinks {
  readonly modules: readonly ModuleId[];
  readonly unresolved: readonly UnresolvedUse[];
  /** Every file that was looked into besides the spec files, so that caches know what to watch. */
  readonly consulted: readonly string[];
}
