import type { Digest } from "./digest.ts";
import type { Outline, Use } from "./outline.ts";
import type { Span } from "./source.ts";

/** Path of a spec file without its spec suffix, posix, relative to the project root: `src/email`. */
export type ModuleId = string;

/** `module:qualname`, for example `src/email:parseEmail` or `src/lru:Lru.get`. */
export type SpecRef = string;

/** What a root holds: specs of code, or specs of tests. */
export type Role = "build" | "test";

export type SpecKind = "function" | "class" | "const";

/** `declare`: the whole symbol is Jaunt's. `magic`: the marked bodies are, the rest is kept. */
export type SpecForm = "declare" | "magic";

/** What a call comes to, in the author's words. `prints`: the value, or the text that printing it gives. */
export interface Expectation {
  readonly kind: "returns" | "throws" | "resolves" | "rejects" | "prints";
  readonly value: string;
}

/** A piece of an `@example`: always documentation, checkable only when `call` and `expectation` were understood. */
export interface SpecExample {
  /** As written, comment included. */
  readonly text: string;
  /** Statements of the same example that run before the call, in order. */
  readonly setup?: readonly string[];
  readonly call?: string;
  readonly expectation?: Expectation;
}

/** A variable of a property, with a type of the language that says which values it takes. */
export interface PropertyVariable {
  readonly name: string;
  readonly type: string;
}

/** A piece of a `@property`: always documentation, checkable only when `invariant` was understood. */
export interface SpecProperty {
  /** As written. */
  readonly text: string;
  readonly variables?: readonly PropertyVariable[];
  /** Condition under which the invariant must hold. */
  readonly given?: string;
  readonly invariant?: string;
}

/** A member of a spec class. Its own ref is `module:Class.member`. */
export interface SpecMember {
  /** As written: `get`, `#size`, `constructor`, `[Symbol.iterator]`; statics are prefixed `static `. */
  readonly name: string;
  readonly kind: "method" | "getter" | "setter" | "constructor" | "field" | "index" | "block";
  readonly visibility: "public" | "protected" | "private";
  /** True when Jaunt writes its body. */
  readonly generated: boolean;
  /** Of the whole member, doc comment and decorators excluded. */
  readonly span: Span;
  /** Of what `magic` stands for: the block body. Absent for kept and for body-less members. */
  readonly bodySpan?: Span;
  readonly doc: string;
  /** Of the normalised signature tokens and the doc: what a dependent of this member sees, but for the types it reaches. */
  readonly signatureDigest: Digest;
  /** Identifier chains of its own signature and defaults: where the types begin that a dependent of this member sees. */
  readonly uses?: readonly Use[];
}

/** One thing Jaunt implements: an exported top-level function (with all overloads), class or const. */
export interface Spec {
  readonly ref: SpecRef;
  readonly name: string;
  readonly kind: SpecKind;
  readonly form: SpecForm;
  /** Of every declaration of it, overloads included, doc comments excluded; in source order. */
  readonly spans: readonly Span[];
  /** Of what `magic` stands for; absent for `declare` and for classes, whose members carry theirs. */
  readonly bodySpan?: Span;
  /** The public signature as text: no bodies, no doc comments, comment-free, as written otherwise. */
  readonly signature: string;
  /** Of the normalised signature token stream; equal for both forms of one signature. */
  readonly signatureDigest: Digest;
  /** Cleaned doc text: comment furniture removed, `\r\n` folded, tags kept. */
  readonly doc: string;
  /** `@prompt` instructions, in order. */
  readonly prompts: readonly string[];
  readonly examples: readonly SpecExample[];
  /** What `@property` says of it; absent when there is nothing. */
  readonly properties?: readonly SpecProperty[];
  readonly members: readonly SpecMember[];
  /** Every identifier chain of signature, defaults, docs, magic inputs and kept bodies, each once per `via`. */
  readonly uses: readonly Use[];
  /** Digest of kept code inside the spec (bodies, fields, decorators); empty string when there is none. */
  readonly keptDigest: Digest | "";
}

/** A spec file as plain data: what planning needs, without its text. */
export interface SpecModule {
  readonly id: ModuleId;
  readonly path: string;
  readonly language: string;
  readonly role: Role;
  readonly specs: readonly Spec[];
  /** Imports, re-exports and hand-written declarations of the file. Specs are not declarations. */
  readonly outline: Outline;
}

/** A spec module with the text its spans point into. */
export interface SpecSource {
  readonly module: SpecModule;
  readonly text: string;
  /**
   * Of the names that the file imports, by local name: those that are hand-written values of another spec module, and the spec
   * file and exported name that they have there. Generated code takes them from that file, which survives import cycles.
   */
  readonly definedIn?: Readonly<Record<string, { readonly path: string; readonly name: string }>>;
}
