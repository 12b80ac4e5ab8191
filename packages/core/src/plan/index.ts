export { contractDigests } from "./contract-digests.ts";
export { digestModule } from "./digest-module.ts";
export { explainReason } from "./explain-reason.ts";
export type { GeneratedFile, ModuleDigests, ModuleState, Plan, PlannedModule, Reason } from "./plan.ts";
export { planModules, type PlanInput } from "./plan-modules.ts";
