import type { Position } from "./source.ts";
import type { Expectation, SpecRef } from "./spec.ts";

/** An author's example as a test: a call and what it must come to. */
export interface Case {
  readonly ref: SpecRef;
  /** The example as written. */
  readonly text: string;
  /** Statements that run before the call, in order. */
  readonly setup: readonly string[];
  readonly call: string;
  readonly expectation: Expectation;
  /** The spec file. */
  readonly file: string;
  /** Where the example begins, when that was found. */
  readonly start?: Position;
}
