import type { Position } from "./source.ts";
import type { Expectation, PropertyVariable, SpecRef } from "./spec.ts";

interface CaseBase {
  readonly ref: SpecRef;
  /** As the author wrote it; for a test, its name. */
  readonly text: string;
  /** The spec file that it stands in. */
  readonly file: string;
  /** Where it begins, when that was found. */
  readonly start?: Position;
}

/** An author's example as a test: a call and what it must come to. */
export interface ExampleCase extends CaseBase {
  readonly kind: "example";
  /** Statements that run before the call, in order. */
  readonly setup: readonly string[];
  readonly call: string;
  readonly expectation: Expectation;
}

/** An author's law as a test: `invariant` holds for all values of the variables for which `given` holds. */
export interface PropertyCase extends CaseBase {
  readonly kind: "property";
  readonly variables: readonly PropertyVariable[];
  /** An expression; absent when every value counts. */
  readonly given?: string;
  /** An expression. */
  readonly invariant: string;
}

/** A generated test: an exported function of a generated test file, which fails by throwing or rejecting. */
export interface TestCase extends CaseBase {
  readonly kind: "test";
  /** The generated test file, posix, relative to the root. */
  readonly path: string;
  /** The name that it exports. */
  readonly name: string;
}

/** Something that code must pass, whoever wrote it down. */
export type Case = ExampleCase | PropertyCase | TestCase;
