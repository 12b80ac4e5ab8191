import { PassThrough, Writable } from "node:stream";
import type { Terminal, TerminalInput, TerminalOutput } from "../terminal.ts";

/** A stream that remembers what was written; a screen when it has columns. */
export interface RecordedOutput extends TerminalOutput {
  text(): string;
  isTTY?: boolean;
  columns?: number;
  rows?: number;
}

/** A terminal of plain memory, with a clock and an interrupt that tests move. */
export interface FakeTerminal extends Terminal {
  readonly stdin: TerminalInput & PassThrough;
  readonly stdout: RecordedOutput;
  readonly stderr: RecordedOutput;
  /** What the first SIGINT does. */
  interrupt(): void;
}

export interface FakeTerminalOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Columns of a screen; undefined for a pipe. */
  readonly columns?: number;
  readonly now?: () => number;
}

/** A terminal without a keyboard, environment or project, unless options give them. */
export function createFakeTerminal({
  cwd = "/nowhere",
  env = {},
  columns,
  now = () => 0,
}: FakeTerminalOptions = {}): FakeTerminal {
  const controller = new AbortController();
  const stdin = new PassThrough();
  return {
    env,
    cwd,
    nodeVersion: "v20.19.0",
    stdin: columns === undefined ? stdin : Object.assign(stdin, { isTTY: true, setRawMode: () => {} }),
    stdout: createRecordedOutput(columns),
    stderr: createRecordedOutput(columns),
    signal: controller.signal,
    now,
    isAlive: () => false,
    interrupt: () => controller.abort(),
  };
}

/** An output that keeps its text. */
export function createRecordedOutput(columns?: number): RecordedOutput {
  let written = "";
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  const screen = columns === undefined ? {} : { isTTY: true, columns, rows: 24 };
  return Object.assign(stream, screen, { text: () => written });
}
