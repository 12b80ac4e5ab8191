export { changedSpecs, type ChangedSpecsOptions } from "./changed-specs.ts";
export { contractDigests } from "./contract-digests.ts";
export { digestModule } from "./digest-module.ts";
export { describeContext, describeContract, type ContractText } from "./describe-contract.ts";
export { explainReason } from "./explain-reason.ts";
export { moduleStates } from "./module-states.ts";
export type { GeneratedFile, ModuleDigests, ModuleState, Plan, PlannedModule, Reason } from "./plan.ts";
export { planModules, type PlanInput } from "./plan-modules.ts";
