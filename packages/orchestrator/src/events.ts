import type { Diagnostic, ModuleId, Usage } from "@jaunt/core";
import type { Spliced } from "./generate/splice.ts";

export type ModuleOutcome = "built" | "restamped" | "failed" | "blocked" | "skipped" | "interrupted";

/** What happens in a run, in order. Every reporter, the JSON stream and the MCP server consume this one union. */
export type RunEvent =
  | { readonly type: "run-start"; readonly command: string; readonly root: string }
  | { readonly type: "warning"; readonly message: string; readonly hint?: string; readonly module?: ModuleId }
  | { readonly type: "backend-chosen"; readonly provider: string; readonly model: string; readonly why: string }
  /** `total` modules are to be generated; the rest is already good. */
  | { readonly type: "plan-end"; readonly modules: number; readonly total: number; readonly order: readonly ModuleId[] }
  | { readonly type: "file-write"; readonly path: string; readonly kind: "build" | "placeholder" | "facade" | "failed" }
  | { readonly type: "file-remove"; readonly path: string }
  | { readonly type: "module-start"; readonly module: ModuleId; readonly reasons: readonly string[] }
  | {
      readonly type: "attempt-start";
      readonly module: ModuleId;
      readonly attempt: number;
      readonly maxAttempts: number;
      readonly promptCharacters: number;
    }
  | {
      readonly type: "attempt-progress";
      readonly module: ModuleId;
      readonly attempt: number;
      readonly outputCharacters: number;
    }
  /** A transport retry is not an attempt. */
  | {
      readonly type: "call-retry";
      readonly module: ModuleId;
      readonly attempt: number;
      readonly why: string;
      readonly waitMs: number;
    }
  | {
      readonly type: "attempt-end";
      readonly module: ModuleId;
      readonly attempt: number;
      readonly accepted: boolean;
      readonly cached: boolean;
      readonly usage: Usage;
      readonly diagnostics: readonly Diagnostic[];
    }
  | {
      readonly type: "module-end";
      readonly module: ModuleId;
      readonly outcome: ModuleOutcome;
      readonly attempts: number;
      readonly usage: Usage;
      readonly durationMs: number;
      readonly diagnostics: readonly Diagnostic[];
      /** For `failed` and `blocked`: one sentence. */
      readonly message?: string;
      /** For `built`: what was not asked for and stayed byte for byte. */
      readonly spliced?: Spliced;
    }
  | { readonly type: "run-end"; readonly ok: boolean; readonly durationMs: number };

/** Receives events as they happen; must not throw and must not block. */
export type EventListener = (event: RunEvent) => void;
