import type { ModuleId, SpecRef } from "@jaunt/core";
import type { ModuleState } from "@jaunt/core/plan";
import type { TestResult } from "../suite/test-result.ts";

/** A module that the code under test needs, directly or through others, and what speaks against it. */
export interface DependencyFacts {
  readonly module: ModuleId;
  /** `contract`: since the code under test was built. `body`: since the last commit, while the code under test stayed. */
  readonly changed?: "contract" | "body";
  /** Tests of its own that fail in the same run. */
  readonly ownFailures: number;
  /** Failed tests in this run that need it, those of its own aside. */
  readonly sharedFailures: number;
}

/** What is known of a failed test without asking a model. */
export interface BlameFacts {
  readonly kind: TestResult["kind"];
  /** The failed test spec, or the spec whose example or property failed. */
  readonly ref: SpecRef;
  /** The module under test: of code. */
  readonly module: ModuleId;
  readonly state: ModuleState;
  /** What the author's words say against the failed example, as the end of a sentence. */
  readonly contradiction?: string;
  /** How the same test ends with an earlier text of the generated file. */
  readonly earlier?: { readonly from: string; readonly passes: boolean };
  readonly dependencies: readonly DependencyFacts[];
  /** How the author's other examples and properties of the specs under test ended in this run. */
  readonly authored: { readonly passed: number; readonly failed: number };
}
