import type { ExitCode } from "@jaunt/core";

/** What is to be known of an error by its code. Sentences in plain English; Markdown code spans allowed. */
export interface ErrorEntry {
  /** What went wrong. */
  readonly means: string;
  /** How it comes about. */
  readonly why: string;
  /** What to do; also the hint where an error brings none. */
  readonly mend: string;
  /** The exit codes that it ends a command with. */
  readonly exits: readonly ExitCode[];
  /** The command to run next where the hint names none; `again` is the same command line. Absent when it takes more than a command. */
  readonly next?: string;
}
