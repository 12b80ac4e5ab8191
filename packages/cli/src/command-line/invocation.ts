/** Options that every command understands, before or after its name. */
export interface GlobalOptions {
  /** As given; undefined means to search upward from the current directory. */
  readonly root: string | undefined;
  readonly json: boolean;
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
  /** As given, relative to the current directory. */
  readonly record: string | undefined;
  readonly dryRun: boolean;
}

export type WatchCommandOptions = Pick<BuildCommandOptions, "jobs" | "offline" | "cache">;

export interface CheckCommandOptions {
  /** A git revision, as given. */
  readonly since: string | undefined;
}

export interface CleanCommandOptions {
  readonly dryRun: boolean;
  readonly orphans: boolean;
  readonly yes: boolean;
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
  | { readonly command: "watch"; readonly options: WatchCommandOptions }
  | { readonly command: "clean"; readonly options: CleanCommandOptions }
  | { readonly command: "cache"; readonly cache: CacheCall }
  | { readonly command: "why"; readonly module: string }
  | { readonly command: "doctor" }
  | { readonly command: "mcp" }
  | { readonly command: "check"; readonly options: CheckCommandOptions }
  | { readonly command: "sync" | "status" | "plan" };

/** What a command line asks for. */
export type Invocation =
  | { readonly kind: "run"; readonly call: CommandCall; readonly globals: GlobalOptions }
  | { readonly kind: "help"; readonly text: string }
  | { readonly kind: "version" };
