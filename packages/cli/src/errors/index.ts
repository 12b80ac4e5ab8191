export { diagnosticFamilies, type DiagnosticFamily } from "./diagnostic-codes.ts";
export { errorCatalog } from "./error-catalog.ts";
export type { ErrorEntry } from "./error-entry.ts";
