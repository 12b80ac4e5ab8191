import type { Backend, ModuleId, SpecReader, SpecRef, Target } from "@jaunt/core";
import type { Config } from "@jaunt/core/config";
import type { PruneLimits } from "./cache/prune-replies.ts";
import type { CacheClearReport, CacheInfoReport, CachePruneReport, RemoteCacheReport } from "./cache-reports.ts";
import type { EventListener } from "./events.ts";
import type {
  BuildReport,
  CheckReport,
  CleanReport,
  LintReport,
  ModulePart,
  ModuleText,
  PlanReport,
  SpecInfoReport,
  StatusReport,
  SyncReport,
  TestReport,
  WhyReport,
} from "./reports.ts";
import type { WatchReport } from "./watch/watch-report.ts";

/** A language is two plug-ins. The target is made on first need, for it may own a process. */
export interface Language {
  readonly reader: SpecReader;
  createTarget(config: Config): Target | Promise<Target>;
}

export interface ProjectOptions {
  readonly languages: readonly Language[];
  /** Called once, and only when a model call is really due. */
  readonly createBackend: (config: Config) => Promise<Backend>;
  /** Identifies the generator before any backend exists: `provider/model` for `outdated`; undefined when unknown. */
  readonly generatorModel?: (config: Config) => string | undefined;
  readonly toolVersion: string;
  readonly onEvent?: EventListener;
  readonly signal?: AbortSignal;
  /** Environment of child processes; provider keys are removed from it. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Bearer token for `[cache] remote`. A secret. */
  readonly cacheToken?: string | undefined;
  /** Overrules keys of `[llm]` in jaunt.toml. */
  readonly llm?: Partial<Config["llm"]>;
}

/** Which modules a command is about, as selectors: ids, refs, globs, spec files, `state:NAME`, `+x` and `x+`. No target means all. */
export interface Selection {
  readonly targets?: readonly string[];
  /** What to leave out of that, in the same words. */
  readonly exclude?: readonly string[];
}

export interface CheckOptions extends Selection {
  /** A git revision: only what differs from where the branch left it, and what that may have broken. */
  readonly since?: string;
}

export interface LintOptions extends Selection {
  /** Warnings count as failures. */
  readonly strict?: boolean;
}

export interface PlanOptions extends Selection, Pick<BuildOptions, "retryFailed"> {
  /** As of a build: also what is current, and of what is selected even what was edited by hand. */
  readonly force?: boolean;
  /** As of a build by batch: costs at its prices. */
  readonly batch?: boolean;
}

export interface BuildOptions extends Selection {
  /** Generate selected modules even when current. Edited files need it, and keep a copy under `.jaunt/`. */
  readonly force?: boolean;
  readonly jobs?: number;
  readonly noCache?: boolean;
  /** Nothing but the response cache; a miss is an error of that module. */
  readonly offline?: boolean;
  /** First attempts go to the provider as batches, at half the price and within a day. */
  readonly batch?: boolean;
  /** With `batch`: there must be one that an earlier build submitted. */
  readonly resume?: boolean;
  /** Of the selected modules only those that failed, and those that these hold up. */
  readonly retryFailed?: boolean;
  /** Folder, absolute, that gets every reply as a recording. */
  readonly record?: string;
  /** Folder, absolute, that gets every rendered prompt. */
  readonly dumpPrompts?: string;
}

export interface TestOptions extends BuildOptions {
  /** False tests what is built as it stands. */
  readonly build?: boolean;
  /** Further arguments of the project's test runner, after those of `[test] args`. */
  readonly args?: readonly string[];
  /** Plants mutants in built code, at most so many in each module, and counts which the tests notice. */
  readonly mutants?: number;
}

export interface WatchOptions extends Selection, Pick<BuildOptions, "jobs" | "noCache" | "offline" | "dumpPrompts"> {
  /** Runs the tests that a round touched once it is green, and generates those that are due. */
  readonly test?: boolean;
}

export interface CleanOptions extends Selection {
  readonly dryRun?: boolean;
  /** Only generated files whose spec is gone. */
  readonly orphans?: boolean;
}

/** What the project keeps to avoid paying twice. */
export interface ProjectCache {
  info(): Promise<CacheInfoReport>;
  /** Whether the shared cache answers; null when none is configured. */
  probe(): Promise<RemoteCacheReport | null>;
  clear(): Promise<CacheClearReport>;
  prune(limits?: PruneLimits): Promise<CachePruneReport>;
}

/** One opened project: the facade that the command line, the MCP server and other tools stand on. */
export interface Project {
  /** Absolute native path. */
  readonly root: string;
  readonly config: Config;
  plan(options?: PlanOptions): Promise<PlanReport>;
  sync(selection?: Selection): Promise<SyncReport>;
  build(options?: BuildOptions): Promise<BuildReport>;
  test(options?: TestOptions): Promise<TestReport>;
  status(selection?: Selection): Promise<StatusReport>;
  check(options?: CheckOptions): Promise<CheckReport>;
  lint(options?: LintOptions): Promise<LintReport>;
  clean(options?: CleanOptions): Promise<CleanReport>;
  /** `module` is its id, or a ref of one of its symbols, which narrows the answer to that. */
  why(module: ModuleId | SpecRef): Promise<WhyReport>;
  /** Specs, contracts and edges of one module, by its exact id. */
  describe(module: ModuleId): Promise<SpecInfoReport>;
  /** One text of a module, by its exact id. */
  read(module: ModuleId, part: ModulePart): Promise<ModuleText>;
  readonly cache: ProjectCache;
  /** Builds, and again whenever a file changes, until the project's signal aborts. */
  watch(options?: WatchOptions): Promise<WatchReport>;
  close(): Promise<void>;
}
