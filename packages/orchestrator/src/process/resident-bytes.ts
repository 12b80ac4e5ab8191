import { readFileSync } from "node:fs";

/** How much of a process is in memory, heaps and buffers alike, in bytes; undefined where the system does not tell. */
export function residentBytes(pid: number): number | undefined {
  try {
    const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return match === null ? undefined : Number(match[1]) * 1024;
  } catch {
    return undefined;
  }
}
