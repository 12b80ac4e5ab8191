import type {
  BatchState,
  Diagnostic,
  ModuleId,
  Role,
  Spec,
  SpecKind,
  SpecMember,
  SpecModule,
  SpecRef,
  Usage,
} from "@jaunt/core";
import type { ModuleState, Reason } from "@jaunt/core/plan";
import type { TaskKind } from "./build/task-kind.ts";
import type { ContractChange } from "./contract/contract-change.ts";
import type { Refusal } from "./cost/budget.ts";
import type { SpendingRecord } from "./cost/spending-record.ts";
import type { Price } from "./cost/prices.ts";
import type { TestCounts, TestResult } from "./suite/test-result.ts";

/** One module in a report: its state with machine-readable reasons, and its digest once it is known. */
export interface ModuleStatus {
  readonly status: ModuleState;
  readonly reasons: readonly Reason[];
  /** First reason as a sentence; absent for current modules. */
  readonly reason?: string;
  readonly digest?: string;
  /** `.jaunt/failed/<module>.md`, for `failed`. */
  readonly artifact?: string;
}

export interface StatusReport {
  readonly schema: "jaunt.status/1";
  readonly command: "status";
  readonly modules: Readonly<Record<ModuleId, ModuleStatus>>;
  readonly counts: Readonly<Partial<Record<ModuleState, number>>>;
  readonly diagnostics: readonly Diagnostic[];
  readonly duration_seconds: number;
}

export interface SyncReport {
  readonly schema: "jaunt.sync/1";
  readonly command: "sync";
  readonly written: readonly string[];
  readonly unchanged: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly duration_seconds: number;
}

export interface BuildFailure {
  readonly module: ModuleId;
  /** `over_budget`: left for another build, because this one may not spend more. */
  readonly outcome: "failed" | "blocked" | "interrupted" | "edited" | "over_budget";
  readonly message: string;
  readonly attempts: number;
  readonly diagnostics: readonly Diagnostic[];
  /** `.jaunt/failed/<module>.md`, for `failed`. */
  readonly artifact?: string;
}

/** A generated module of which only some specs were asked for; the code of the others stayed byte for byte. */
export interface SplicedModule {
  readonly module: ModuleId;
  readonly asked: readonly string[];
  readonly kept: readonly string[];
  /** Estimate of what the code that stayed would have cost to write again. */
  readonly saved_output_tokens: number;
}

/** A module that stays as it is under a changed dependency, and what says that it still may. */
export interface RestampedModule {
  readonly module: ModuleId;
  /** `examples` when types and at least one example, property or test passed. */
  readonly evidence: "types" | "examples";
  /** How many examples, properties and tests passed. */
  readonly examples: number;
}

/** What was asked for one module. Replies from a cache cost nothing; those of a batch are booked with the batch. */
export interface ModuleSpending {
  readonly attempts: number;
  readonly usage: Usage;
  /** Dollars; null when nobody knows the price. */
  readonly cost: number | null;
}

/** Examples of the modules that a build wrote or restamped. */
export interface ExampleTotals {
  readonly passed: number;
  /** Those that could not be run, or cannot be checked at all. */
  readonly not_run: number;
}

/** One batch that a build submitted or waited for. `running`: it goes on at the provider. */
export interface BatchSummary {
  /** The provider's id of it. */
  readonly id: string;
  readonly requests: number;
  readonly succeeded: number;
  /** Those without an answer, which were then asked for without a batch. */
  readonly failed: number;
  readonly state: BatchState["state"];
}

export interface BuildReport {
  readonly schema: "jaunt.build/1";
  readonly command: "build";
  /** Module ids that were generated, restamped, left alone because current, and not built. */
  readonly generated: readonly ModuleId[];
  readonly restamped: readonly ModuleId[];
  readonly skipped: readonly ModuleId[];
  readonly failed: readonly BuildFailure[];
  /** Those of `generated` that were written only in part. */
  readonly spliced: readonly SplicedModule[];
  /** By what evidence each of `restamped` was kept. */
  readonly restamps: readonly RestampedModule[];
  readonly examples: ExampleTotals;
  readonly written: readonly string[];
  readonly calls: number;
  readonly cache_hits: number;
  /** Those of `cache_hits` that came from `[cache] remote`. */
  readonly remote_hits: number;
  readonly usage: Usage;
  /** By module, for those that were asked for. */
  readonly spent: Readonly<Record<ModuleId, ModuleSpending>>;
  /** Dollars spent; null when nobody knows the model's price. */
  readonly cost: number | null;
  /** What all builds of this project on this machine came to, this one included. */
  readonly cost_to_date: SpendingRecord;
  /** The model that answered, as the config or the provider names it; empty before any answer. */
  readonly model: string;
  /** Present in a build by batch. */
  readonly batches?: readonly BatchSummary[];
  /** True when the budget stopped the build. */
  readonly budget_reached: boolean;
  /** The call that it refused: the most it could have taken, and what was left. */
  readonly budget_refused: Refusal | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly interrupted: boolean;
  readonly duration_seconds: number;
}

/** How much the tests of one spec pin down: mutants of its built code that they noticed. */
export interface MutationScore {
  readonly ref: SpecRef;
  readonly mutants: number;
  readonly killed: number;
  /** Those that no test noticed. */
  readonly survivors: readonly { readonly description: string; readonly file: string; readonly line: number }[];
  /** Mutants that were left out to keep the run short. */
  readonly left_out: number;
}

export interface TestReport {
  readonly schema: "jaunt.test/1";
  readonly command: "test";
  readonly runner: "vitest" | "node:test";
  /** What the build that went first did; absent with `--no-build`. */
  readonly build?: Pick<BuildReport, "generated" | "restamped" | "skipped" | "failed" | "calls" | "usage" | "cost">;
  /** Test modules, as modules in a build. */
  readonly generated: readonly ModuleId[];
  readonly restamped: readonly ModuleId[];
  readonly skipped: readonly ModuleId[];
  readonly failed: readonly BuildFailure[];
  readonly written: readonly string[];
  readonly calls: number;
  readonly cache_hits: number;
  readonly usage: Usage;
  /** Dollars spent on tests; null when nobody knows the model's price. */
  readonly cost: number | null;
  /** Every test that ran, in the order of files and of tests within them. */
  readonly tests: readonly TestResult[];
  readonly counts: TestCounts;
  /** Present with `--mutants`. */
  readonly mutation?: readonly MutationScore[];
  readonly diagnostics: readonly Diagnostic[];
  readonly interrupted: boolean;
  readonly duration_seconds: number;
}

/** How much of one spec is checked. Of a test spec only `targets` says something. */
export interface SpecLint {
  readonly ref: SpecRef;
  readonly kind: SpecKind;
  readonly examples_checked: number;
  readonly examples_unchecked: number;
  readonly properties_checked: number;
  readonly properties_unchecked: number;
  /** How many test specs have it as their target. */
  readonly tests: number;
  /** Sentences of its docs that promise behaviour, and those of them that nothing shows. */
  readonly promises: number;
  readonly promises_uncovered: number;
  /** Examples and properties that are documentation only, and why, as half a sentence. */
  readonly unchecked: readonly {
    readonly kind: "example" | "property";
    readonly text: string;
    readonly reason: string;
  }[];
  /** Of a test spec: the specs that it tests. */
  readonly targets?: readonly SpecRef[];
}

export interface ModuleLint {
  readonly role: Role;
  readonly specs: readonly SpecLint[];
}

export interface LintReport {
  readonly schema: "jaunt.lint/1";
  readonly command: "lint";
  /** False when `strict`, and something is a warning. */
  readonly ok: boolean;
  readonly strict: boolean;
  readonly modules: Readonly<Record<ModuleId, ModuleLint>>;
  /** Over the specs of code. `specs_without` have no example and no property that is checked. */
  readonly totals: {
    readonly specs: number;
    readonly specs_without: number;
    readonly examples: number;
    readonly examples_checked: number;
    readonly properties: number;
    readonly properties_checked: number;
    readonly promises: number;
    readonly promises_uncovered: number;
  };
  /** What could be better: `lint/…`, each a warning or an info, in the order of modules. */
  readonly findings: readonly Diagnostic[];
  /** What is wrong with the project itself. */
  readonly diagnostics: readonly Diagnostic[];
  readonly duration_seconds: number;
}

export interface CheckProblem {
  readonly module: ModuleId;
  readonly status: ModuleState;
  readonly message: string;
  /** The command that mends it. */
  readonly fix: string;
}

export interface CheckReport {
  readonly schema: "jaunt.check/1";
  readonly command: "check";
  readonly ok: boolean;
  readonly checked: number;
  /** With `--since`: what it was limited to. */
  readonly since?: {
    readonly revision: string;
    /** The commit where the branch left the revision. */
    readonly base: string;
    readonly changed_files: number;
    /** A changed file that concerns every module, so that every one was checked. */
    readonly everything_because?: string;
  };
  readonly problems: readonly CheckProblem[];
  /** Modules that are merely `outdated`. */
  readonly warnings: readonly CheckProblem[];
  readonly diagnostics: readonly Diagnostic[];
  readonly duration_seconds: number;
}

export interface CleanReport {
  readonly schema: "jaunt.clean/1";
  readonly command: "clean";
  readonly dry_run: boolean;
  /** Posix paths relative to the root, removed or, in a dry run, to be removed. */
  readonly removed: readonly string[];
  /** Files in generated folders or facades that are not ours byte for byte, with the reason they stay. */
  readonly kept: readonly { readonly path: string; readonly reason: string }[];
  readonly duration_seconds: number;
}

export interface WhyReport {
  readonly schema: "jaunt.why/1";
  readonly command: "why";
  readonly module: ModuleId;
  /** The symbol that the answer was narrowed to. */
  readonly ref?: SpecRef;
  readonly status: ModuleState;
  readonly reasons: readonly Reason[];
  /** One sentence per reason. */
  readonly explanations: readonly string[];
  /** What the reasons come from, with old and new texts as far as they are known here. */
  readonly changes: readonly ContractChange[];
  /** The command that mends it; null when nothing is to be done. */
  readonly next: string | null;
  /** What the last build left for a person to read, for `failed`. */
  readonly artifact?: string;
  readonly depends_on: readonly { readonly from: SpecRef; readonly to: SpecRef; readonly via: string }[];
  readonly dependents: readonly ModuleId[];
  readonly duration_seconds: number;
}

/** What one module promises, and what it stands on. Paths are posix, relative to the root. */
export interface SpecInfoReport {
  readonly schema: "jaunt.spec-info/1";
  readonly command: "spec_info";
  readonly module: ModuleId;
  readonly status: ModuleState;
  readonly language: string;
  readonly role: SpecModule["role"];
  readonly spec_path: string;
  readonly generated_path: string;
  readonly facade_path?: string;
  readonly specs: readonly (Pick<Spec, "ref" | "kind" | "form" | "signature" | "doc" | "prompts"> & {
    /** `checked`: run against every reply. */
    readonly examples: readonly { readonly text: string; readonly checked: boolean }[];
    readonly members: readonly Pick<SpecMember, "name" | "kind" | "generated">[];
    /** Digest of its contract: what dependents of it see. */
    readonly contract: string;
  })[];
  readonly depends_on: WhyReport["depends_on"];
  readonly dependents: readonly ModuleId[];
  readonly duration_seconds: number;
}

/** The texts that belong to a module; the last two are what its last failed build left. */
export type ModulePart = "spec" | "generated" | "failure" | "prompt";

/** One text that belongs to a module, and where it lies, posix and relative to the root. */
export interface ModuleText {
  readonly module: ModuleId;
  readonly part: ModulePart;
  readonly path: string;
  readonly text: string;
}

/** One module that a build would do something about. Tokens are estimates, costs are in dollars. */
export interface PlannedBuild {
  readonly module: ModuleId;
  readonly status: ModuleState;
  /** `verify` first sees whether what is built still passes, which is free, and generates only when it does not. */
  readonly action: TaskKind;
  /** The first reason as a sentence. */
  readonly reason: string;
  readonly reasons: readonly Reason[];
  /** One sentence per reason. */
  readonly explanations: readonly string[];
  /** Names of the specs to write anew, when the code of the others can stay. */
  readonly asked?: readonly string[];
  readonly estimated_input_tokens: number;
  readonly estimated_output_tokens: number;
  /** Of the first attempt; null when the price is unknown. */
  readonly cost: number | null;
  /** True when the reply cache on this machine already holds the answer: then nothing is sent. */
  readonly cached: boolean;
}

export interface PlanTotals {
  readonly generate: number;
  readonly verify: number;
  /** Of first attempts that are not cached; those of `verify` count, for they may be needed. */
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** Dollars; null when the price is unknown and something would be sent. */
  readonly cost: number | null;
}

export interface PlanReport {
  readonly schema: "jaunt.plan/1";
  readonly command: "plan";
  /** What a build would do, in a possible order: dependencies first. */
  readonly build: readonly PlannedBuild[];
  readonly totals: PlanTotals;
  /** Present when costs are those of a build by batch. */
  readonly batch?: true;
  /** As in the configuration; empty for the provider's default. */
  readonly model: string;
  /** Dollars per million tokens of that model, and where they come from; null when unknown. */
  readonly price: {
    readonly input: number;
    readonly cached: number;
    readonly output: number;
    readonly source: Price["source"];
  } | null;
  /** Modules that a build would leave alone: their files were edited by hand. */
  readonly edited: readonly ModuleId[];
  /** Modules that a build would not come to, for a module that they need failed and is not built again. */
  readonly blocked: readonly ModuleId[];
  readonly skipped: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly duration_seconds: number;
}
