export { backendConformance, type BackendHarness, type ConformanceCase } from "./backend-conformance.ts";
export { conformanceLabel } from "./calls.ts";
export { httpConformance, type HttpBackend } from "./http-conformance.ts";
export { batchConformance, type BatchingBackend } from "./batch-conformance.ts";
