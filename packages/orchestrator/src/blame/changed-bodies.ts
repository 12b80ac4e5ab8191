import type { TargetIo } from "@jaunt/core";

/** Files of the project, posix and relative to its root, that differ from the last commit; none where there is no repository. */
export async function findChangedSinceCommit(io: TargetIo): Promise<ReadonlySet<string>> {
  const arguments_ = [
    "-c",
    "core.fsmonitor=false",
    "diff",
    "--relative",
    "--name-only",
    "-z",
    "--no-ext-diff",
    "HEAD",
    "--",
    ".",
  ];
  try {
    const { exitCode, stdout } = await io.exec(["git", "--no-optional-locks", ...arguments_], { timeoutMs: 5000 });
    return new Set(exitCode === 0 ? stdout.split("\0").filter((path) => path !== "") : []);
  } catch (error) {
    if (io.signal.aborted) throw error;
    return new Set();
  }
}
