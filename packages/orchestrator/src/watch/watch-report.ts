import type { ModuleId, Usage } from "@jaunt/core";
import type { BuildFailure } from "../reports.ts";
import type { FileChange } from "./file-change.ts";

/** One round of a watch: from the changes that set it off to its last module. */
export interface WatchRound {
  /** When it began, as ISO 8601 in UTC. */
  readonly at: string;
  /** Empty for the build at the start. */
  readonly changes: readonly FileChange[];
  readonly generated: readonly ModuleId[];
  readonly restamped: readonly ModuleId[];
  /** Modules that were stopped because what they were built from changed, or because the watch ended. */
  readonly interrupted: readonly ModuleId[];
  readonly failed: readonly BuildFailure[];
  readonly written: readonly string[];
  readonly calls: number;
  readonly cache_hits: number;
  readonly usage: Usage;
  readonly duration_seconds: number;
}

export interface WatchReport {
  readonly schema: "jaunt.watch/1";
  readonly command: "watch";
  /** The last 1,000. */
  readonly rounds: readonly WatchRound[];
  /** Of all rounds; modules count as often as they were built. */
  readonly totals: {
    readonly rounds: number;
    readonly generated: number;
    readonly restamped: number;
    readonly failed: number;
    readonly calls: number;
    readonly cache_hits: number;
    readonly usage: Usage;
  };
  /** True when a build was running as the watch was stopped. */
  readonly interrupted: boolean;
  readonly duration_seconds: number;
}
