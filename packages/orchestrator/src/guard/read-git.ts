import { spawnSync } from "node:child_process";
import { JauntError } from "@jaunt/core";
import { cleanEnvironment } from "../process/clean-environment.ts";

/** Runs git in a folder; undefined when it ends in failure. `input` goes to its standard input. */
export type Git = (args: readonly string[], input?: string) => Buffer | undefined;

/**
 * Git as a commit hook sees it, the index of a partial commit included, which comes by the environment. Nothing of the repository's
 * configuration may start a program. Blobs are bytes of any kind, so this gives bytes.
 */
export function createGit(root: string, environment: Readonly<Record<string, string | undefined>>): Git {
  const env = cleanEnvironment(environment);
  return (args, input) => {
    const { error, status, stdout } = spawnSync(
      "git",
      [
        "--no-optional-locks",
        "--literal-pathspecs",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "diff.relative=false",
        ...args,
      ],
      {
        cwd: root,
        env,
        maxBuffer: 1 << 30,
        stdio: ["pipe", "pipe", "ignore"],
        windowsHide: true,
        ...(input === undefined ? {} : { input }),
      },
    );
    if (error !== undefined)
      throw new JauntError(`git cannot be started: ${error.message}.`, {
        code: "git-failed",
        exitCode: 2,
        hint: "Install git, or see that it is on the PATH.",
        cause: error,
      });
    return status === 0 ? stdout : undefined;
  };
}
