import type { SuiteTest } from "@jaunt/core";

/** A place in a file, lines and columns from 1; the file as a stack trace gives it. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What a runner says of an error. */
export interface RunnerError {
  readonly message: string;
  /** Expected and received side by side, where the message does not have it. */
  readonly diff?: string;
  readonly stack?: string;
  /** Places of the stack in the sources, innermost first, where the runner knows them. */
  readonly places?: readonly Place[];
}

/** One line of the programs `vitest-driver` and `node-reporter`. `file` is an absolute native path, absent where only one file runs. */
export type RunnerEvent =
  | { readonly event: "begin"; readonly file?: string; readonly name: string }
  | {
      readonly event: "test";
      readonly file?: string;
      readonly name: string;
      readonly outcome: SuiteTest["outcome"];
      readonly durationMs: number;
      readonly error?: RunnerError;
    }
  /** Something went wrong outside of any test; without a file, for the whole run. */
  | { readonly event: "problem"; readonly file?: string; readonly error: RunnerError }
  /** Everything of a file was reported. */
  | { readonly event: "end"; readonly file?: string }
  /** The project has no vitest, or one of a version that cannot be used. */
  | { readonly event: "missing"; readonly version?: string }
  /** Nothing happened for too long. */
  | { readonly event: "stuck"; readonly milliseconds: number };

/** The events in what a program wrote to its channel; undefined when there is anything else in it. */
export function runnerEvents(channel: string): readonly RunnerEvent[] | undefined {
  const lines = channel.split("\n").filter((line) => line !== "");
  try {
    const events = lines.map((line) => JSON.parse(line) as Partial<RunnerEvent> | null);
    return events.every((each): each is RunnerEvent => typeof each?.event === "string") ? events : undefined;
  } catch {
    return undefined;
  }
}
