import type { TargetIo } from "@jaunt/core";

/** The first words of a command that runs a program without a network; empty where the system has or allows no such thing. */
export async function findLauncher(io: TargetIo): Promise<readonly string[]> {
  if (process.platform !== "linux") return [];
  const launcher = ["unshare", "--map-root-user", "--net", "--"];
  try {
    const { exitCode } = await io.exec([...launcher, "true"], { timeoutMs: 5000 });
    return exitCode === 0 ? launcher : [];
  } catch {
    return [];
  }
}
