import type { Diagnostic, ExitCode } from "@jaunt/core";

/** What takes the place of a report when an error stopped a command. */
export interface ErrorReport {
  readonly schema: "jaunt.error/1";
  /** The subcommand, or `jaunt` when it is not known. */
  readonly command: string;
  readonly error: {
    readonly code: string;
    readonly message: string;
    /** What it comes from, as texts of the errors behind it without what the message says already; keys are taken out. */
    readonly cause: string | null;
    readonly hint: string;
    readonly exit_code: ExitCode;
    /** The exact command, or call of a tool, that helps on; null when that is nothing one can run. */
    readonly next: string | null;
    readonly diagnostics?: readonly Diagnostic[];
    /** Only with `--debug`. */
    readonly stack?: string;
  };
}
