import type { Digest } from "../nouns/digest.ts";
import type { ModuleId, SpecRef } from "../nouns/spec.ts";
import type { Generator, ParsedFile } from "../header/header.ts";

export type ModuleState = "unbuilt" | "current" | "stale" | "outdated" | "edited" | "orphaned" | "failed" | "blocked";

/** Why a module is in its state. `part` is a header part name; digests are the 16 hex digits of `parts`. */
export type Reason =
  | { readonly kind: "never_built" }
  | { readonly kind: "placeholder" }
  | { readonly kind: "spec_added" | "spec_removed"; readonly part: string }
  | {
      readonly kind: "spec_changed" | "context_changed";
      readonly part: string;
      readonly old: string;
      readonly new: string;
    }
  | {
      readonly kind: "dependency_changed";
      readonly ref: SpecRef;
      readonly part: string;
      readonly old: string;
      readonly new: string;
    }
  | { readonly kind: "dependency_added" | "dependency_removed"; readonly ref: SpecRef; readonly part: string }
  | { readonly kind: "body_edited" }
  | { readonly kind: "header_damaged"; readonly detail: string }
  | { readonly kind: "model_changed" | "prompts_changed"; readonly old: string; readonly new: string }
  | { readonly kind: "check_failed"; readonly detail: string }
  | { readonly kind: "generation_failed"; readonly detail: string }
  | { readonly kind: "dependency_failed"; readonly module: ModuleId }
  | { readonly kind: "source_missing" }
  | { readonly kind: "forced" };

/** Digests of one module as its spec says they should be. */
export interface ModuleDigests {
  readonly module: ModuleId;
  readonly moduleDigest: Digest;
  /** Part name to first 16 hex digits; exactly what goes into the header. */
  readonly parts: Readonly<Record<string, string>>;
  /** Contract digest by spec and member ref. */
  readonly contracts: Readonly<Record<SpecRef, Digest>>;
}

/** What is on disk at a module's generated path. `bodyDigest` is recomputed from the text, not taken from the header. */
export interface GeneratedFile {
  readonly path: string;
  readonly parsed: ParsedFile;
  readonly bodyDigest: Digest;
}

export interface PlannedModule {
  readonly id: ModuleId;
  readonly state: ModuleState;
  readonly reasons: readonly Reason[];
  /** Modules whose specs it needs, in code-unit order. */
  readonly dependsOn: readonly ModuleId[];
  /** Digest of the module as its spec says it should be; absent where it has none. */
  readonly digest?: Digest;
  /** Path of its generated file, where one exists or should. */
  readonly generatedPath: string;
}

/** The state of every module and the order in which they can be built. */
export interface Plan {
  readonly modules: readonly PlannedModule[];
  /** Dependencies first. Modules of a module cycle stand together. */
  readonly order: readonly ModuleId[];
  readonly generator?: Generator;
}
