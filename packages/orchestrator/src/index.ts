export type { ContractChange } from "./contract/explain-changes.ts";
export type { EventListener, ModuleOutcome, RunEvent } from "./events.ts";
export { openProject } from "./open-project.ts";
export type {
  BuildOptions,
  CheckOptions,
  CleanOptions,
  Language,
  Project,
  ProjectOptions,
  Selection,
} from "./project.ts";
export { estimateTokens } from "./render/estimate-tokens.ts";
export type {
  BuildFailure,
  BuildReport,
  CheckProblem,
  CheckReport,
  CleanReport,
  ModuleStatus,
  PlanReport,
  StatusReport,
  SyncReport,
  WhyReport,
} from "./reports.ts";
