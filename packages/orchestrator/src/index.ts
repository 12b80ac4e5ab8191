export type { PruneLimits } from "./cache/prune-replies.ts";
export type {
  CacheClearReport,
  CacheInfoReport,
  CachePruneReport,
  CacheReport,
  RemoteCacheReport,
} from "./cache-reports.ts";
export type { ContractChange } from "./contract/contract-change.ts";
export type { ErrorReport } from "./error-report.ts";
export type { EventListener, ModuleOutcome, RunEvent } from "./events.ts";
export { openProject } from "./open-project.ts";
export type {
  BuildOptions,
  CheckOptions,
  CleanOptions,
  Language,
  LintOptions,
  PlanOptions,
  Project,
  ProjectCache,
  ProjectOptions,
  Selection,
  TestOptions,
  WatchOptions,
} from "./project.ts";
export { estimateTokens } from "./render/estimate-tokens.ts";
export type {
  BuildFailure,
  BuildReport,
  CheckProblem,
  CheckReport,
  CleanReport,
  ModuleStatus,
  ExampleTotals,
  LintReport,
  ModulePart,
  ModuleText,
  PlannedBuild,
  PlanReport,
  RestampedModule,
  SpecInfoReport,
  StatusReport,
  SyncReport,
  TestReport,
  WhyReport,
} from "./reports.ts";
export type { TestResult } from "./suite/test-result.ts";
export type { FileChange } from "./watch/file-change.ts";
export type { WatchReport, WatchRound } from "./watch/watch-report.ts";
