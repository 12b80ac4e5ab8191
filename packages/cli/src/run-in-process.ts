import { setMaxListeners } from "node:events";
import { printError, runCli } from "./run-cli.ts";
import { sizeHeap } from "./size-heap.ts";
import type { Terminal, TerminalOutput } from "./terminal.ts";

/** Runs the command line on this process's own streams, environment and signals, and ends the process with its exit code. */
export async function runInProcess(argv: readonly string[]): Promise<void> {
  sizeHeap();
  // Every running call listens to an interrupt; Node's warning about more than ten would go through the live display.
  setMaxListeners(0);
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      // The second one is an order: nothing that is still running is waited for.
      if (controller.signal.aborted) process.exit(130);
      controller.abort();
    });
  }
  for (const stream of [process.stdout, process.stderr]) stream.on("error", endWhenReaderIsGone);
  const terminal = terminalOfProcess(controller.signal);
  // What is thrown outside of any call, by a plug-in for example, is reported like any other bug.
  process.on("uncaughtException", (error) => void end(printError(error, argv, terminal)));
  await end(await runCli(argv, terminal));
}

/** Ends the process once all is printed: an idle connection or a compiler that is slow to end must not hold the shell. */
async function end(exitCode: number): Promise<void> {
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  process.exit(exitCode);
}

function terminalOfProcess(signal: AbortSignal): Terminal {
  return {
    env: process.env,
    cwd: process.cwd(),
    nodeVersion: process.version,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signal,
    now: () => performance.now(),
    isAlive,
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** `jaunt status | head -1` closes the pipe early, which is no error of ours. */
function endWhenReaderIsGone(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit();
  throw error;
}

function flushed(stream: TerminalOutput): Promise<void> {
  return new Promise((resolve) => {
    stream.write("", () => resolve());
  });
}
