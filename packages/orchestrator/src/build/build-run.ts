import type { Diagnostic, ModuleId, SpecSource, Usage } from "@jaunt/core";
import type { ModuleOutcome } from "../events.ts";
import type { BuildBackend } from "../generate/open-backend.ts";
import type { Spliced } from "../generate/splice.ts";
import { addUsage, noUsage } from "../generate/usage.ts";
import type { ExampleCount } from "../generate/verify-examples.ts";
import type { LoadedProject } from "../loaded-project.ts";
import type { BuildOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { PromptBuilder } from "../render/prompt-builder.ts";
import type { BuildFailure, ModuleSpending, ExampleTotals, RestampedModule, SplicedModule } from "../reports.ts";
import type { TaskResult } from "../schedule/run-schedule.ts";

/** What the tasks of one build share. */
export interface BuildRun {
  readonly context: ProjectContext;
  readonly options: BuildOptions;
  readonly project: LoadedProject;
  readonly prompts: PromptBuilder;
  readonly backend: BuildBackend;
  /** Aborts with the project's own signal, and when the build cannot go on. */
  readonly signal: AbortSignal;
  /** Spec files as they were planned; what is written is stamped with their digests. */
  readonly sources: ReadonlyMap<ModuleId, SpecSource>;
  /** Errors in the spec files themselves, which no reply can mend. */
  readonly specErrors: ReadonlyMap<ModuleId, readonly Diagnostic[]>;
  readonly tally: Tally;
  /** Absent where nobody interferes. */
  readonly control?: RunControl;
}

/** How a watch steers a run that is under way. */
export interface RunControl {
  /** Once aborted no more modules start; those that run go on. */
  readonly pause: AbortSignal;
  /** Modules that an earlier run is still building, with how they will end. */
  readonly adopted: ReadonlyMap<ModuleId, Promise<TaskResult>>;
  /** Aborts with the run, and when this one module is no longer wanted as it was asked for. */
  signalOf(module: ModuleId): AbortSignal;
  /** Told of every module that starts, with how it will end. */
  onStart(module: ModuleId, end: Promise<TaskResult>): void;
}

/** What came of a build so far. */
export interface Tally {
  readonly generated: ModuleId[];
  readonly restamped: ModuleId[];
  readonly failed: BuildFailure[];
  readonly spliced: SplicedModule[];
  readonly restamps: RestampedModule[];
  readonly spent: Record<ModuleId, ModuleSpending>;
  readonly written: string[];
  readonly diagnostics: Diagnostic[];
  usage: Usage;
  examples: ExampleTotals;
}

/** A tally of nothing. */
export function emptyTally(): Tally {
  return {
    generated: [],
    restamped: [],
    failed: [],
    spliced: [],
    restamps: [],
    spent: {},
    written: [],
    diagnostics: [],
    usage: noUsage,
    examples: { passed: 0, not_run: 0 },
  };
}

/** How one module ended. */
export interface ModuleEnd {
  readonly module: ModuleId;
  readonly outcome: ModuleOutcome;
  readonly attempts: number;
  readonly usage: Usage;
  /** Dollars; undefined where nobody knows the price. */
  readonly cost?: number | undefined;
  /** `performance.now()` at its start. */
  readonly startedAt: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly message?: string;
  readonly artifact?: string;
  readonly spliced?: Spliced | undefined;
  /** Of what was built or kept. */
  readonly examples?: ExampleCount;
}

/** Counts how a module ended, and says so. */
export function endModule({ context, tally }: Pick<BuildRun, "context" | "tally">, end: ModuleEnd): void {
  const { module, outcome, attempts, usage, cost, startedAt, diagnostics, message, artifact, spliced, examples } = end;
  tally.usage = addUsage(tally.usage, usage);
  if (attempts > 0) tally.spent[module] = { attempts, usage, cost: cost ?? null };
  if (outcome === "built") tally.generated.push(module);
  else if (outcome === "restamped") {
    tally.restamped.push(module);
    const passed = examples?.passed ?? 0;
    tally.restamps.push({ module, evidence: passed > 0 ? "examples" : "types", examples: passed });
  } else if (outcome !== "skipped") {
    tally.failed.push({
      module,
      outcome,
      message: message ?? "",
      attempts,
      diagnostics,
      ...(artifact === undefined ? {} : { artifact }),
    });
  }
  if (examples !== undefined) {
    const { passed, not_run: notRun } = tally.examples;
    tally.examples = { passed: passed + examples.passed, not_run: notRun + examples.notRun };
  }
  if (spliced !== undefined) {
    const { asked, kept, savedOutputTokens } = spliced;
    tally.spliced.push({ module, asked, kept, saved_output_tokens: savedOutputTokens });
  }
  if (outcome === "built" || outcome === "restamped") tally.diagnostics.push(...diagnostics);
  const durationMs = Math.round(performance.now() - startedAt);
  context.emit({
    type: "module-end",
    module,
    outcome,
    attempts,
    usage,
    ...(cost === undefined ? {} : { cost }),
    durationMs,
    diagnostics,
    ...(message === undefined ? {} : { message }),
    ...(spliced === undefined ? {} : { spliced }),
  });
}
