export {
  backendConformance,
  conformanceLabel,
  type BackendHarness,
  type ConformanceCase,
  type FailureKind,
} from "./backend-conformance.ts";
