import { processStat } from "./process-stat.ts";

/** Whether a process of this machine runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
  // In containers nobody may clear away what has ended.
  return processStat(pid)?.state !== "Z";
}
