import type { Diagnostic, ExitCode } from "@jaunt/core";
import type {
  BuildReport,
  CacheReport,
  CheckReport,
  CleanReport,
  PlanReport,
  StatusReport,
  SyncReport,
  WatchReport,
  WhyReport,
} from "@jaunt/orchestrator";

/** One thing `doctor` looked at. */
export interface DoctorCheck {
  /** Stable kebab-case name: `node`, `config`, `provider`, `key`. */
  readonly name: string;
  readonly status: "ok" | "warn" | "fail";
  readonly message: string;
  /** What mends it; present for `warn` and `fail`. */
  readonly fix?: string;
}

/** `ok` is false when any check failed; warnings leave it true. */
export interface DoctorReport {
  readonly schema: "jaunt.doctor/1";
  readonly command: "doctor";
  readonly ok: boolean;
  readonly checks: readonly DoctorCheck[];
  readonly duration_seconds: number;
}

export interface InitReport {
  readonly schema: "jaunt.init/1";
  readonly command: "init";
  /** Posix paths relative to the root. */
  readonly written: readonly string[];
  /** Files that were there already and stay as they are. */
  readonly kept: readonly string[];
  readonly source_roots: readonly string[];
  readonly test_roots: readonly string[];
  readonly provider: string;
  /** The command that installs what the project needs. */
  readonly install: string;
  /** Lines for the configuration of other tools, which `init` never edits. */
  readonly ignore_lines: readonly { readonly file: string; readonly line: string }[];
  readonly notes: readonly string[];
}

export interface VersionReport {
  readonly schema: "jaunt.version/1";
  readonly command: "version";
  readonly version: string;
}

/** What any command ends with; `command` tells them apart. */
export type Report =
  | BuildReport
  | CacheReport
  | CheckReport
  | CleanReport
  | DoctorReport
  | InitReport
  | PlanReport
  | StatusReport
  | SyncReport
  | VersionReport
  | WatchReport
  | WhyReport;

/** What `--json` prints in place of a report when an error stopped the command. */
export interface ErrorReport {
  readonly schema: "jaunt.error/1";
  /** The subcommand, or `jaunt` when it is not known. */
  readonly command: string;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly hint: string | null;
    readonly exit_code: ExitCode;
    readonly diagnostics?: readonly Diagnostic[];
    /** Only with `--debug`. */
    readonly stack?: string;
  };
}
