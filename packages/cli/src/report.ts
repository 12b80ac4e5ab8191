import type {
  BuildReport,
  CacheReport,
  CheckReport,
  CleanReport,
  LintReport,
  PlanReport,
  StatusReport,
  SyncReport,
  TestReport,
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

/** A file that `skill export` looked at. `unchanged`: it says already what it should. */
export interface SkillFile {
  /** Posix path relative to `dest`; a git hook may lie elsewhere, then it starts with `../` or is absolute. */
  readonly path: string;
  readonly action: "create" | "update" | "unchanged";
  /** `file`: all of it is Jaunt's. `section`: only what stands between its marks. `entry`: one entry of a settings file. */
  readonly kind: "file" | "section" | "entry";
}

export interface SkillReport {
  readonly schema: "jaunt.skill/1";
  readonly command: "skill";
  /** The version that the guidance is of. */
  readonly version: string;
  readonly provider: string;
  /** Absolute native path. */
  readonly dest: string;
  readonly dry_run: boolean;
  readonly formats: readonly ("agents" | "claude" | "cursor" | "copilot")[];
  readonly guard: boolean;
  readonly files: readonly SkillFile[];
  /** What is left for a person to do. */
  readonly notes: readonly string[];
}

/** What an agent should know of a project, as facts and as text to put into its context. */
export interface InstructionsReport {
  readonly schema: "jaunt.instructions/1";
  readonly command: "instructions";
  readonly version: string;
  /** Null where there is no jaunt.toml. */
  readonly project: {
    /** Absolute native path. */
    readonly root: string;
    /** As jaunt.toml names them; an empty model is the provider's default. */
    readonly provider: string;
    readonly model: string;
    readonly source_roots: readonly string[];
    readonly test_roots: readonly string[];
    readonly generated_dir: string;
    readonly counts: StatusReport["counts"];
  } | null;
  /** The command to run next. */
  readonly next: string;
  /** The primer, in Markdown. */
  readonly text: string;
}

/** A staged change of a generated file that `guard --git` refuses. */
export interface GuardRefusal {
  /** Posix path relative to the root. */
  readonly path: string;
  readonly reason: "edited" | "damaged" | "deleted";
  /** The spec file to edit instead, posix and relative to the root; null when none is known. */
  readonly spec: string | null;
  readonly message: string;
  /** The command that mends it. */
  readonly fix: string;
}

export interface GuardReport {
  readonly schema: "jaunt.guard/1";
  readonly command: "guard";
  readonly ok: boolean;
  /** How many staged generated files were looked at. */
  readonly checked: number;
  readonly refused: readonly GuardRefusal[];
  /** Generated files that a merge changed and that no build wrote: a build mends them. */
  readonly merged: readonly string[];
}

/** What `--help` prints with `--json`. */
export interface HelpDocument {
  readonly schema: "jaunt.help/1";
  /** The command that it is of, or `jaunt`. */
  readonly command: string;
  readonly text: string;
}

/** What any command ends with; `command` tells them apart. */
export type Report =
  | BuildReport
  | CacheReport
  | CheckReport
  | CleanReport
  | DoctorReport
  | GuardReport
  | InitReport
  | LintReport
  | InstructionsReport
  | PlanReport
  | SkillReport
  | StatusReport
  | SyncReport
  | TestReport
  | VersionReport
  | WatchReport
  | WhyReport;
