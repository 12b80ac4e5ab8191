import { channel } from "node:diagnostics_channel";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "./repository-root.ts";
import { startProcess, type ProcessOptions, type ProcessResult, type RunningProcess } from "./run-process.ts";

export interface JauntOptions extends Omit<ProcessOptions, "cwd"> {
  /** Folder to run in. Default: the project's root. */
  readonly cwd?: string;
  /** Absolute path of the Node to run it with. Default: the one that runs the tests. */
  readonly node?: string;
}

/** A diagnostics channel that tells of every finished run, as a `JauntRun`: a place to check what all tests have in common. */
export const jauntRuns: string = "jaunt:testkit:run";

/** A finished run of the binary. */
export interface JauntRun {
  readonly args: readonly string[];
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
}

/** Runs the built `jaunt` binary in `root` to its end. */
export function runJaunt(root: string, args: readonly string[], options: JauntOptions = {}): Promise<ProcessResult> {
  return startJaunt(root, args, options).finished;
}

/** Starts the built `jaunt` binary in `root`, for tests that watch or interrupt it. */
export function startJaunt(root: string, args: readonly string[], options: JauntOptions = {}): RunningProcess {
  const binary = join(repositoryRoot(), "packages", "cli", "dist", "bin.js");
  if (!existsSync(binary)) throw new Error(`${binary} does not exist: run \`npx turbo run build:js\` first.`);
  const { node = process.execPath, ...others } = options;
  const running = startProcess(node, [binary, ...args], { cwd: root, ...others });
  running.finished.then(
    ({ exitCode, stdout }) => channel(jauntRuns).publish({ args, exitCode, stdout } satisfies JauntRun),
    () => {},
  );
  return running;
}

/** Runs the repository's `tsc` in `root` to its end. */
export function runTsc(root: string, args: readonly string[], options: JauntOptions = {}): Promise<ProcessResult> {
  const compiler = join(repositoryRoot(), "node_modules", "typescript", "bin", "tsc");
  return startProcess(process.execPath, [compiler, ...args], { cwd: root, ...options }).finished;
}
