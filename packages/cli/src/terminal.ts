import type { Readable, Writable } from "node:stream";

/** An output stream that may be a screen. `columns` and `rows` change when the screen is resized. */
export interface TerminalOutput extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** An input stream that may be a keyboard. */
export interface TerminalInput extends Readable {
  readonly isTTY?: boolean;
}

/** Everything the command line takes from the process it runs in; nothing below the entry reads `process`. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute native path. */
  readonly cwd: string;
  /** For example `v20.19.0`. */
  readonly nodeVersion: string;
  readonly stdin: TerminalInput;
  readonly stdout: TerminalOutput;
  readonly stderr: TerminalOutput;
  /** Aborted by the first interrupt. */
  readonly signal: AbortSignal;
  /** Milliseconds from any fixed moment. */
  readonly now: () => number;
  /** Whether a process of this machine is alive. */
  readonly isAlive: (pid: number) => boolean;
}

/** Whether escape sequences may be written to a stream at all. */
export function allowsEscapes(output: TerminalOutput, env: Terminal["env"]): boolean {
  return output.isTTY === true && isUnset(env["NO_COLOR"]) && env["TERM"] !== "dumb";
}

/** Whether text on a stream is coloured: `NO_COLOR` beats `FORCE_COLOR`, which beats what the stream is. */
export function allowsColor(output: TerminalOutput, env: Terminal["env"]): boolean {
  if (!isUnset(env["NO_COLOR"])) return false;
  const forced = env["FORCE_COLOR"];
  if (!isUnset(forced)) return forced !== "0" && forced !== "false";
  return allowsEscapes(output, env);
}

/** Whether a build server, not a person, is watching. */
export function isContinuousIntegration(env: Terminal["env"]): boolean {
  const value = env["CI"];
  return !isUnset(value) && value !== "false" && value !== "0";
}

function isUnset(value: string | undefined): value is undefined | "" {
  return value === undefined || value === "";
}

/** Whether a person can be asked: both sides are a screen, and no build server. */
export function isInteractive({ stdin, stderr, env }: Terminal): boolean {
  return stdin.isTTY === true && stderr.isTTY === true && env["TERM"] !== "dumb" && !isContinuousIntegration(env);
}
