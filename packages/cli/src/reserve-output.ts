import { Writable } from "node:stream";
import type { TerminalOutput } from "./terminal.ts";

/** An output that only its holder can write to. */
export interface ReservedOutput {
  readonly output: Writable;
  /** Gives it back to everybody. */
  restore(): void;
}

/** Keeps `stdout` for one writer: what anything else prints there, a plug-in for example, goes to `stderr`. */
export function reserveOutput(stdout: TerminalOutput, stderr: TerminalOutput): ReservedOutput {
  const shared = stdout.write;
  const write = shared.bind(stdout) as (chunk: Buffer, encoding: BufferEncoding, done: () => void) => boolean;
  stdout.write = stderr.write.bind(stderr) as typeof stdout.write;
  return {
    output: new Writable({
      write: (chunk: Buffer, encoding, done) => void write(chunk, encoding, done),
    }),
    restore() {
      stdout.write = shared;
    },
  };
}
