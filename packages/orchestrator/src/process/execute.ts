import { spawn, type ChildProcess } from "node:child_process";
import { JauntError, type ExecOptions, type ExecResult } from "@jaunt/core";
import { cleanEnvironment } from "./clean-environment.ts";
import { nativePath } from "../write/native-path.ts";

export interface ExecuteContext {
  /** Absolute native path. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

const defaultTimeoutMs = 120_000;

/**
 * Runs a program without a shell, without secrets in its environment, and with its children in one process group that is
 * killed on timeout, abort or the end of this process. A program that ends in failure is a result, not an error.
 * @throws {JauntError} when it cannot be started
 */
export function execute(argv: readonly string[], options: ExecOptions, context: ExecuteContext): Promise<ExecResult> {
  const [command, ...args] = argv;
  if (command === undefined) throw new JauntError("Cannot run an empty command.", { code: "exec-empty", exitCode: 2 });
  if (context.signal.aborted) return Promise.resolve({ exitCode: null, stdout: "", stderr: "", timedOut: false });
  const child = spawn(command, args, {
    cwd: options.cwd === undefined ? context.root : nativePath(context.root, options.cwd),
    env: cleanEnvironment(context.environment),
    stdio: "pipe",
    shell: false,
    windowsHide: true,
    // Its own process group, so that grandchildren can be killed with it.
    detached: process.platform !== "win32",
  });
  return settle(child, command, options, context.signal);
}

function settle(child: ChildProcess, command: string, options: ExecOptions, signal: AbortSignal): Promise<ExecResult> {
  return new Promise((resolve, reject) => {
    const printed = { stdout: "", stderr: "" };
    let timedOut = false;
    const kill = (): void => killGroup(child);
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, options.timeoutMs ?? defaultTimeoutMs);
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", kill);
      process.removeListener("exit", kill);
    };
    signal.addEventListener("abort", kill, { once: true });
    process.once("exit", kill);
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (printed.stdout += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
    // A program may end without reading its input.
    child.stdin?.on("error", () => {});
    child.stdin?.end(options.input ?? "");
    child.once("error", (cause) => {
      done();
      reject(startError(command, cause));
    });
    child.once("close", (exitCode) => {
      done();
      resolve({ exitCode, ...printed, timedOut });
    });
  });
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
