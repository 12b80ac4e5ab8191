export { checkStaged, type StagedCheck, type StagedCheckOptions, type StagedProblem } from "./check-staged.ts";
export { findGuarded, type GuardedFile } from "./find-guarded.ts";
