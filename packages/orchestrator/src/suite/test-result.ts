import type { SpecRef } from "@jaunt/core";

/** How one test of the project's runner ended. `kind`: written by a model, or taken from the author's own words. */
export interface TestResult {
  readonly kind: "test" | "example" | "property";
  /** The test spec, or the spec whose example or property it is. */
  readonly ref: SpecRef;
  /** Name of the test spec; text of the example or property. */
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  /** The generated test file. */
  readonly file: string;
  readonly line?: number;
  readonly duration_ms: number;
  /** Of a failure, as the runner tells it. */
  readonly message?: string;
  /** Of a failure: what is likelier at fault, and why one may think so. */
  readonly hint?: string;
}

/** How many tests ended how. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
