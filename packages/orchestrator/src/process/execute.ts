import { spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import type { Readable } from "node:stream";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { JauntError, type ExecOptions, type ExecResult } from "@jaunt/core";
import { cleanEnvironment } from "./clean-environment.ts";
import { nativePath } from "../write/native-path.ts";
import { residentBytes } from "./resident-bytes.ts";
import { withTemporaryFiles } from "./temporary-files.ts";

export interface ExecuteContext {
  /** Absolute native path. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

const defaultTimeoutMs = 120_000;

/**
 * Runs a program without secrets in its environment, and with its children in one process group that is killed on timeout,
 * abort and at the end of this process, even when that is killed itself. No shell looks at the arguments. A program that ends
 * in failure is a result, not an error.
 * @throws {JauntError} when it cannot be started
 */
export async function execute(
  argv: readonly string[],
  options: ExecOptions,
  context: ExecuteContext,
): Promise<ExecResult> {
  const [command] = argv;
  if (command === undefined) throw new JauntError("Cannot run an empty command.", { code: "exec-empty", exitCode: 2 });
  const { files } = options;
  if (files === undefined) return start(argv, command, options, context);
  return withTemporaryFiles(context.root, files, () => start(argv, command, options, context));
}

async function start(
  argv: readonly string[],
  command: string,
  options: ExecOptions,
  context: ExecuteContext,
): Promise<ExecResult> {
  if (context.signal.aborted) return { exitCode: null, stdout: "", stderr: "", timedOut: false };
  const cwd = options.cwd === undefined ? context.root : nativePath(context.root, options.cwd);
  const clean = cleanEnvironment(context.environment);
  const setting: Start = {
    cwd,
    env: options.environment === "none" ? {} : clean,
    path: clean["PATH"] ?? "",
    stdio: options.channel === true ? ["pipe", "pipe", "pipe", "pipe", "pipe"] : ["pipe", "pipe", "pipe", "pipe"],
  };
  const child = process.platform === "win32" ? startOnWindows(argv, setting) : startLeashed(argv, setting);
  return settle(child, command, options, context.signal);
}

interface Start {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Where programs are looked for. */
  readonly path: string;
  /** Descriptor 3 holds the leash, 4 is the channel. */
  readonly stdio: ("pipe" | "ignore")[];
}

/** There, Node itself ties children to a job of the system that ends with this process. */
function startOnWindows([command = "", ...args]: readonly string[], { cwd, env, stdio }: Start): ChildProcess {
  return spawn(command, args, { cwd, env, stdio: stdio.toSpliced(3, 1, "ignore"), shell: false, windowsHide: true });
}

/**
 * A constant script: a guard that waits for the end of a pipe which only this process holds open, and then kills the group; and the
 * program itself, which takes the place of the shell, so that its id, input, output and exit code are its own.
 */
const leash = '(read -r _; kill -KILL 0) <&3 >/dev/null 2>&1 3<&- 4>&- & exec "$@" 3<&-';

const shell = "/bin/sh";

function startLeashed(argv: readonly string[], { cwd, env, path, stdio }: Start): ChildProcess {
  const [command = "", ...args] = argv;
  const program = findProgram(command, cwd, path);
  // In the smallest containers there is none; then only an outright kill of this process leaves the program behind.
  const leashed = isProgram(shell) ? ["-c", leash, "jaunt", program, ...args] : args;
  const child = spawn(isProgram(shell) ? shell : program, leashed, {
    cwd,
    env,
    stdio,
    shell: false,
    // Its own process group, so that grandchildren can be killed with it.
    detached: true,
  });
  const pipe = child.stdio[3];
  pipe?.on("error", () => {});
  // What the program left running ends with it, and so does the guard.
  child.once("exit", () => pipe?.destroy());
  return child;
}

/** The shell would say in its own words, on the program's own output, that there is no such program. */
function findProgram(command: string, cwd: string, path: string): string {
  const candidates = command.includes("/")
    ? [isAbsolute(command) ? command : resolve(cwd, command)]
    : path.split(delimiter).map((folder) => join(resolve(cwd, folder), command));
  const found = candidates.find(isProgram);
  if (found !== undefined) return found;
  throw startError(command, new Error("there is no such program, or it may not be run"));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function settle(child: ChildProcess, command: string, options: ExecOptions, signal: AbortSignal): Promise<ExecResult> {
  return new Promise((resolve, reject) => {
    const written = { stdout: "", stderr: "", channel: "" };
    let timedOut = false;
    let exceeded: ExecResult["exceeded"];
    const kill = (): void => killGroup(child);
    const exceed = (limit: "memory" | "output"): void => {
      exceeded ??= limit;
      kill();
    };
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, options.timeoutMs ?? defaultTimeoutMs);
    const endWatch = watchMemory(child, options.maxResidentBytes, () => exceed("memory"));
    const done = (): void => {
      clearTimeout(timer);
      endWatch();
      signal.removeEventListener("abort", kill);
      process.removeListener("exit", kill);
    };
    signal.addEventListener("abort", kill, { once: true });
    process.once("exit", kill);
    let room = options.maxOutput ?? Number.POSITIVE_INFINITY;
    const collect = (stream: Readable | null, name: keyof typeof written): void => {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        if (room < 0) return;
        room -= text.length;
        written[name] += text;
        if (room < 0) exceed("output");
      });
    };
    collect(child.stdout, "stdout");
    collect(child.stderr, "stderr");
    collect(options.channel === true ? (child.stdio[4] as Readable) : null, "channel");
    // A program may end without reading its input.
    child.stdin?.on("error", () => {});
    child.stdin?.end(options.input ?? "");
    child.once("error", (cause) => {
      done();
      reject(startError(command, cause));
    });
    child.once("close", (exitCode) => {
      done();
      const { channel, ...printed } = written;
      resolve({
        exitCode,
        ...printed,
        timedOut,
        ...(exceeded === undefined ? {} : { exceeded }),
        ...(options.channel === true ? { channel } : {}),
      });
    });
  });
}

const memoryPollMs = 20;

/** Calls `onExceeded` once when more than `limit` bytes of the program are resident; gives what ends the watch. */
function watchMemory({ pid }: ChildProcess, limit: number | undefined, onExceeded: () => void): () => void {
  if (limit === undefined || pid === undefined) return () => {};
  const timer = setInterval(() => {
    if ((residentBytes(pid) ?? 0) <= limit) return;
    clearInterval(timer);
    onExceeded();
  }, memoryPollMs);
  return () => clearInterval(timer);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32")
      spawn("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore", windowsHide: true });
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function startError(command: string, cause: Error): JauntError {
  return new JauntError(`Cannot run ${command}: ${cause.message}.`, {
    code: "exec-failed",
    hint: `Check that ${command} is installed and on the PATH.`,
    exitCode: 2,
    cause,
  });
}
