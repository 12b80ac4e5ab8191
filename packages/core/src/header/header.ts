import type { Digest } from "../nouns/digest.ts";
import type { ModuleId, SpecRef } from "../nouns/spec.ts";

/** Kind of a generated file. */
export type HeaderKind = "build" | "placeholder" | "test";

/** Who wrote a body: shown as `outdated` when it drifts, never staleness by itself. */
export interface Generator {
  /** `provider/model`. */
  readonly model: string;
  /** First 12 hex digits of the digest of the prompt templates. */
  readonly prompt: string;
}

/** The machine-readable comment at the top of every generated file. Placeholders carry no digests and no generator. */
export interface Header {
  readonly toolVersion: string;
  readonly kind: HeaderKind;
  readonly sourceModule: ModuleId;
  /** Path of the spec file, for the human line. */
  readonly sourcePath: string;
  readonly moduleDigest?: Digest;
  /** Of the tokens below the header: an edit changes it, a formatter does not. */
  readonly bodyDigest?: Digest;
  /** First 32 hex digits of the SHA-256 of the text below the header. Where it still holds, nobody needs to look at the tokens. */
  readonly bodyBytes?: string;
  /** Part name to the first 16 hex digits of its digest: `context`, `spec:NAME`, `dep:REF`. */
  readonly parts?: Readonly<Record<string, string>>;
  readonly generator?: Generator;
  readonly specRefs: readonly SpecRef[];
}

/** A generated file taken apart. A damaged header has a `problem` and whatever fields could be read. */
export type ParsedFile =
  | { readonly header: Header; readonly body: string }
  | {
      readonly problem: "missing" | "damaged" | "merge-conflict";
      readonly detail: string;
      readonly sourceModule?: ModuleId;
    };
