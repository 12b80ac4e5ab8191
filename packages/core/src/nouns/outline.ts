import type { Digest } from "./digest.ts";

/** `link`: a `{@link}` in a doc comment. `input`: an argument of `magic(...)`. `signature` alone also reaches types. */
export type UseVia = "signature" | "default" | "doc" | "link" | "input" | "body";

/** An identifier chain as written, for example `["ns", "sub", "Foo"]`. Only chains that start at a top-level or imported name. */
export interface Use {
  readonly path: readonly string[];
  readonly via: UseVia;
}

export interface ImportBinding {
  /** The name in this file. */
  readonly local: string;
  /** The exported name, `default`, or `*` for a namespace. */
  readonly imported: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

export interface ReExport {
  /** The name it is exported under, or `*` for all names. */
  readonly exported: string;
  /** The name in the source module, or `*`; with a named `exported`, `*` means `export * as name`. */
  readonly imported: string;
  /** Where from; absent for `export { local as exported }` of a name of this file. */
  readonly specifier?: string;
  readonly typeOnly: boolean;
}

/** A hand-written top-level declaration, merged over all its parts (interfaces, function + namespace). */
export interface Declaration {
  readonly name: string;
  /** `both` for classes and enums, which are a type and a value. */
  readonly kind: "type" | "value" | "both";
  readonly exported: boolean;
  /** Of its tokens: comments, trivia and separators aside. For `both`, see `typeDigest` for the type side alone. */
  readonly digest: Digest;
  /** Of the type side: the whole for a type, the public shape for a class or enum; empty string for a plain value. */
  readonly typeDigest: Digest | "";
  readonly uses: readonly Use[];
}

/** What a file declares and passes on: all that resolving a name through it needs. */
export interface Outline {
  readonly imports: readonly ImportBinding[];
  readonly reexports: readonly ReExport[];
  readonly declarations: readonly Declaration[];
  /**
   * Of a spec file: digest of what it says without a name and generated code copies or can see the effect of, such as imports for side
   * effects and loose statements. Absent when there is nothing of the kind.
   */
  readonly loose?: Digest;
}
