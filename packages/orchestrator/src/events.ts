import type { BatchState, Diagnostic, ModuleId, Usage } from "@jaunt/core";
import type { ModuleState } from "@jaunt/core/plan";
import type { Spliced } from "./generate/splice.ts";
import type { TestCounts, TestResult } from "./suite/test-result.ts";
import type { FileChange } from "./watch/file-change.ts";

export type ModuleOutcome = "built" | "restamped" | "failed" | "blocked" | "skipped" | "interrupted" | "over_budget";

/** What happens in a run, in order. Every reporter, the JSON stream and the MCP server consume this one union. */
export type RunEvent =
  | { readonly type: "run-start"; readonly command: string; readonly root: string }
  | { readonly type: "warning"; readonly message: string; readonly hint?: string; readonly module?: ModuleId }
  | { readonly type: "backend-chosen"; readonly provider: string; readonly model: string; readonly why: string }
  /** `total` modules are to be generated; the rest is already good. */
  | { readonly type: "plan-end"; readonly modules: number; readonly total: number; readonly order: readonly ModuleId[] }
  | {
      readonly type: "file-write";
      readonly path: string;
      readonly kind: "build" | "placeholder" | "facade" | "test" | "failed";
    }
  | { readonly type: "file-remove"; readonly path: string }
  | { readonly type: "module-start"; readonly module: ModuleId; readonly reasons: readonly string[] }
  | {
      readonly type: "attempt-start";
      readonly module: ModuleId;
      readonly attempt: number;
      readonly maxAttempts: number;
      readonly promptCharacters: number;
    }
  | {
      readonly type: "attempt-progress";
      readonly module: ModuleId;
      readonly attempt: number;
      readonly outputCharacters: number;
    }
  /** A transport retry is not an attempt. */
  | {
      readonly type: "call-retry";
      readonly module: ModuleId;
      readonly attempt: number;
      readonly why: string;
      readonly waitMs: number;
    }
  /**
   * The first attempts of these modules are with the provider as one batch; `resumed`: an earlier build submitted it. `left` more wait until
   * it is known what this one cost, for the budget does not allow all at once.
   */
  | {
      readonly type: "batch-submit";
      readonly batch: string;
      readonly modules: readonly ModuleId[];
      readonly resumed: boolean;
      readonly left: number;
    }
  /** How far a batch is, as often as its provider is asked; the last time its state is no longer `running`. */
  | {
      readonly type: "batch-progress";
      readonly batch: string;
      readonly state: BatchState["state"];
      readonly running: number;
      readonly succeeded: number;
      readonly failed: number;
    }
  /** The provider's limits allow so many calls at once from now on, and the next no sooner than after the pause. */
  | { readonly type: "limit-change"; readonly limit: number; readonly pauseMs: number }
  | {
      readonly type: "attempt-end";
      readonly module: ModuleId;
      readonly attempt: number;
      readonly accepted: boolean;
      readonly cached: boolean;
      readonly usage: Usage;
      readonly diagnostics: readonly Diagnostic[];
    }
  | {
      readonly type: "module-end";
      readonly module: ModuleId;
      readonly outcome: ModuleOutcome;
      readonly attempts: number;
      readonly usage: Usage;
      /** Dollars; absent where nobody knows the price. */
      readonly cost?: number;
      readonly durationMs: number;
      readonly diagnostics: readonly Diagnostic[];
      /** For `failed` and `blocked`: one sentence. */
      readonly message?: string;
      /** For `built`: what was not asked for and stayed byte for byte. */
      readonly spliced?: Spliced;
    }
  /** The project's runner starts on so many files. */
  | { readonly type: "test-run-start"; readonly runner: "vitest" | "node:test"; readonly files: number }
  | { readonly type: "test-result"; readonly result: TestResult }
  | { readonly type: "test-run-end"; readonly counts: TestCounts; readonly durationMs: number }
  /** So many mutants of built code have been run, and no test noticed `survived` of them. */
  | { readonly type: "mutation-progress"; readonly done: number; readonly total: number; readonly survived: number }
  /** From now on changes are seen. The first build follows. */
  | { readonly type: "watch-ready"; readonly folders: readonly string[] }
  /** Files changed: `modules` are built because of it, or it shows in what is reported next, or nothing follows from it. */
  | {
      readonly type: "watch-change";
      /** Milliseconds since the epoch. */
      readonly at: number;
      readonly changes: readonly FileChange[];
      readonly effect: "build" | "report" | "none";
      readonly modules: readonly ModuleId[];
    }
  /** What is wrong with the project and was not said before. */
  | { readonly type: "watch-problems"; readonly diagnostics: readonly Diagnostic[] }
  /** What would have stopped a build; the watch goes on. */
  | {
      readonly type: "watch-error";
      readonly code: string;
      readonly message: string;
      readonly hint?: string;
      readonly diagnostics: readonly Diagnostic[];
    }
  /** How the tests went that a green round touched. `ungenerated`: test modules that could not be written. */
  | {
      readonly type: "watch-tests";
      readonly counts: TestCounts;
      readonly failed: readonly TestResult[];
      readonly ungenerated: readonly ModuleId[];
    }
  /** Nothing runs any more, until something changes. */
  | {
      readonly type: "watch-idle";
      readonly modules: number;
      readonly states: Readonly<Partial<Record<ModuleState, number>>>;
    }
  | { readonly type: "run-end"; readonly ok: boolean; readonly durationMs: number };

/** Receives events as they happen; must not throw and must not block. */
export type EventListener = (event: RunEvent) => void;
