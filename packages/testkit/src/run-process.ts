import { spawn } from "node:child_process";

export interface ProcessOptions {
  readonly cwd: string;
  /** Added to a clean environment: no keys, no NODE_OPTIONS, no colours. */
  readonly env?: Readonly<Record<string, string>>;
  /** Written to standard input, which is then closed. */
  readonly input?: string;
  /** Default 60,000. */
  readonly timeoutMs?: number;
}

export interface ProcessResult {
  /** Null when a signal ended the process. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as exactly one JSON document. */
  json(): unknown;
}

/** A process that is under way. */
export interface RunningProcess {
  readonly pid: number | undefined;
  /** What it has printed so far. */
  output(): { readonly stdout: string; readonly stderr: string };
  kill(signal: NodeJS.Signals): void;
  /** Rejects when the process could not start or took too long. */
  readonly finished: Promise<ProcessResult>;
}

/** What a child needs to find programs and its temporary folder on each system. */
const kept: readonly string[] = [
  "PATH",
  "HOME",
  "TMPDIR",
  "TEMP",
  "TMP",
  "LANG",
  "SystemRoot",
  "USERPROFILE",
  "APPDATA",
];

/** Runs a program without a shell to its end. */
export function runProcess(command: string, args: readonly string[], options: ProcessOptions): Promise<ProcessResult> {
  return startProcess(command, args, options).finished;
}

/** Starts a program without a shell, for tests that watch or interrupt it. */
export function startProcess(command: string, args: readonly string[], options: ProcessOptions): RunningProcess {
  const child = spawn(command, args, { cwd: options.cwd, env: cleanEnvironment(options.env), stdio: "pipe" });
  const printed = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
  // A process may end without reading its input.
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  const finished = new Promise<ProcessResult>((resolve, reject) => {
    const timeoutMs = options.timeoutMs ?? 60_000;
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(
        new Error(
          `${[command, ...args].join(" ")} took over ${String(timeoutMs)} ms.\n${printed.stdout}\n${printed.stderr}`,
        ),
      );
    }, timeoutMs);
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once("close", (exitCode, signal) => {
      clearTimeout(timer);
      resolve({ exitCode, signal, ...printed, json: () => parseOutput(printed) });
    });
  });
  return { pid: child.pid, output: () => ({ ...printed }), kill: (signal) => void child.kill(signal), finished };
}

function cleanEnvironment(added: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = kept.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]] as const],
  );
  return { ...Object.fromEntries(inherited), ...added };
}

function parseOutput({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): unknown {
  try {
    return JSON.parse(stdout) as unknown;
  } catch (cause) {
    throw new Error(`Standard output is not one JSON document:\n${stdout}\nStandard error:\n${stderr}`, { cause });
  }
}
