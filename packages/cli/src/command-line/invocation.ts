/** Options that every command understands, before or after its name. */
export interface GlobalOptions {
  /** As given; undefined means to search upward from the current directory. */
  readonly root: string | undefined;
  readonly json: boolean;
  /** Whether standard output carries every event, and the report last. */
  readonly events: boolean;
  readonly debug: boolean;
  readonly targets: readonly string[];
  readonly exclude: readonly string[];
}

export interface InitOptions {
  readonly layout: "src" | "flat" | undefined;
  readonly provider: string | undefined;
  readonly example: boolean;
  readonly yes: boolean;
}

export interface BuildCommandOptions {
  readonly force: boolean;
  readonly jobs: number | undefined;
  readonly offline: boolean;
  readonly cache: boolean;
  readonly batch: boolean;
  readonly resume: boolean;
  readonly retryFailed: boolean;
  /** As given, relative to the current directory. */
  readonly record: string | undefined;
  readonly dryRun: boolean;
}

export interface TestCommandOptions extends Pick<BuildCommandOptions, "force" | "jobs" | "offline" | "cache"> {
  /** False tests what is built as it stands. */
  readonly build: boolean;
  /** At most so many mutants in each module. */
  readonly mutants: number | undefined;
  /** Arguments of the project's runner. */
  readonly args: readonly string[];
}

export interface WatchCommandOptions extends Pick<BuildCommandOptions, "jobs" | "offline" | "cache"> {
  /** Whether to run the tests that a round touched. */
  readonly test: boolean;
}

export interface CheckCommandOptions {
  /** A git revision, as given. */
  readonly since: string | undefined;
}

export interface LintCommandOptions {
  readonly strict: boolean;
}

export interface CleanCommandOptions {
  readonly dryRun: boolean;
  readonly orphans: boolean;
  readonly yes: boolean;
}

/** Whose form guidance for agents is written in. */
export type SkillFormat = "agents" | "claude" | "cursor" | "copilot";

export const skillFormats: readonly SkillFormat[] = Object.freeze(["agents", "claude", "cursor", "copilot"]);

export interface SkillOptions {
  /** Without repetition, in the order asked for. */
  readonly formats: readonly SkillFormat[];
  /** As given, relative to the current directory; undefined for the project. */
  readonly dest: string | undefined;
  /** Whether to install the guard, too. */
  readonly guard: boolean;
  readonly force: boolean;
  readonly dryRun: boolean;
}

/** What is to be done with the cache. */
export type CacheCall =
  | { readonly action: "info" }
  | { readonly action: "clear"; readonly yes: boolean }
  | { readonly action: "prune"; readonly olderThanMs: number | undefined; readonly maxBytes: number | undefined };

/** One command with its own options, as asked for. */
export type CommandCall =
  | { readonly command: "init"; readonly options: InitOptions }
  | { readonly command: "build"; readonly options: BuildCommandOptions }
  | { readonly command: "test"; readonly options: TestCommandOptions }
  | { readonly command: "watch"; readonly options: WatchCommandOptions }
  | { readonly command: "clean"; readonly options: CleanCommandOptions }
  | { readonly command: "cache"; readonly cache: CacheCall }
  | { readonly command: "why"; readonly module: string }
  | { readonly command: "doctor" }
  | { readonly command: "mcp" }
  | { readonly command: "skill"; readonly options: SkillOptions }
  | { readonly command: "instructions" }
  | { readonly command: "guard"; readonly mode: "claude" | "git" }
  | { readonly command: "check"; readonly options: CheckCommandOptions }
  | { readonly command: "lint"; readonly options: LintCommandOptions }
  | { readonly command: "sync" | "status" | "plan" };

/** What a command line asks for. */
export type Invocation =
  | { readonly kind: "run"; readonly call: CommandCall; readonly globals: GlobalOptions }
  | { readonly kind: "help"; readonly text: string }
  | { readonly kind: "version" };
