import type { Position } from "./source.ts";

export type Severity = "error" | "warning" | "info";

/** A problem as data. Reporters render it; nothing throws it. */
export interface Diagnostic {
  /** `area/problem`, for example `conformance/signature`, `types/2322`, `spec/default-export`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Posix path relative to the root; for a problem of a model's reply, the reply's virtual path. */
  readonly file?: string;
  readonly start?: Position;
  readonly end?: Position;
  /** What to do about it. */
  readonly hint?: string;
}
