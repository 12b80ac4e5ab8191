import { spawn, type ChildProcess } from "node:child_process";
import type { Wanted } from "./agent.ts";

export interface ProgramStart {
  /** Absolute native path. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Absolute native path of a folder that is removed even when nobody else is left to do it. */
  readonly leftovers: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly input: string;
  /** Ends the program. */
  readonly signal: AbortSignal;
  /** Told of every line of standard output; says whether more is wanted. */
  onLine(line: string): Wanted;
}

export interface ProgramEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it wrote to standard error. */
  readonly stderr: string;
  /** Whether it was stopped for printing more than an answer can be. */
  readonly flooded: boolean;
}

/** Beyond this no output is an answer to a prompt of ours. */
const largestOutput = 64 * 1024 * 1024;
const keptStderr = 16 * 1024;
/** How long a program may take to end after it was asked to, in milliseconds. */
const patienceMs = 1_000;

/**
 * Runs a program to its end without a shell's eye on its arguments. It and whatever it starts form one process group, which is asked to end on
 * an abort, killed a second later, and killed when this process ends, however that comes about.
 */
export function runProgram(start: ProgramStart): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const child = process.platform === "win32" ? startOnWindows(start) : startLeashed(start);
    let [stderr, printed, flooded] = ["", 0, false];
    let stopped: NodeJS.Timeout | undefined;

    const stop = (): void => {
      if (stopped !== undefined) return;
      endGroup(child, "SIGTERM");
      stopped = setTimeout(() => endGroup(child, "SIGKILL"), patienceMs);
    };
    let ending: NodeJS.Timeout | undefined;
    const lines = createLineReader((line) => {
      const wanted = start.onLine(line);
      if (wanted === "stop") stop();
      // It has said all there is to say; what it tidies up must not keep us.
      else if (wanted === "end") ending ??= setTimeout(stop, patienceMs);
    });
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      if (flooded) return;
      printed += text.length;
      flooded = printed > largestOutput;
      if (flooded) stop();
      else lines.push(text);
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr = `${stderr}${text}`.slice(-keptStderr);
    });
    // A program may end without reading its input.
    child.stdin?.on("error", () => {});
    child.stdin?.end(start.input);
    start.signal.addEventListener("abort", stop, { once: true });
    if (start.signal.aborted) stop();

    const done = (): void => {
      clearTimeout(stopped);
      clearTimeout(ending);
      start.signal.removeEventListener("abort", stop);
    };
    child.once("error", (error) => {
      done();
      reject(error);
    });
    child.once("exit", () => {
      // Whatever left the group may hold these open for ever.
      setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream?.destroy()), patienceMs).unref();
    });
    child.once("close", (exitCode, signal) => {
      done();
      lines.end();
      resolve({ exitCode, signal, stderr, flooded });
    });
  });
}

/**
 * A constant script: a guard that waits for the end of a pipe which only this process holds open, then tidies up and kills the group; and
 * the program itself, in place of the shell. The guard is deaf to the signals that ask the group to end.
 */
const leash =
  '(trap "" TERM INT HUP; read -r _; /bin/rm -rf -- "$0"; kill -KILL 0) <&3 >/dev/null 2>&1 3<&- & exec "$@" 3<&-';

function startLeashed({ program, args, cwd, leftovers, environment }: ProgramStart): ChildProcess {
  const child = spawn("/bin/sh", ["-c", leash, leftovers, program, ...args], {
    cwd,
    env: environment,
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    detached: true,
  });
  const pipe = child.stdio[3];
  pipe?.on("error", () => {});
  // What the program left running ends with it, and so does the guard.
  child.once("exit", () => pipe?.destroy());
  return child;
}

/** There, Node itself ties children to a job of the system that ends with this process. A script needs the system's own shell. */
function startOnWindows({ program, args, cwd, environment }: ProgramStart): ChildProcess {
  const options = { cwd, env: environment, windowsHide: true } as const;
  if (!program.toLowerCase().endsWith(".cmd")) return spawn(program, args, options);
  const line = [program, ...args].map((each) => `"${each}"`).join(" ");
  return spawn("cmd.exe", ["/d", "/s", "/c", `"${line}"`], { ...options, windowsVerbatimArguments: true });
}

function endGroup(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32")
      spawn("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore", windowsHide: true });
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** Cuts text into its lines, whatever the pieces it arrives in. */
function createLineReader(take: (line: string) => void): { push(text: string): void; end(): void } {
  let rest: string[] = [];
  const end = (): void => {
    const line = rest.join("");
    rest = [];
    if (line.trim() !== "") take(line);
  };
  return {
    push(text) {
      const [first = "", ...others] = text.split("\n");
      rest.push(first);
      for (const other of others) {
        end();
        rest.push(other);
      }
    },
    end,
  };
}
