import { readFileSync } from "node:fs";

/** What the system's process table says of a process. */
export interface ProcessStat {
  /** One letter; `Z` is a process that ended and is still listed. */
  readonly state: string;
  /** When it began, in the system's own unit. */
  readonly startTime: string;
}

/** The entry of a process; undefined when there is none, or where the system has no such table. */
export function processStat(pid: number): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The program's name, in parentheses, may itself hold spaces and parentheses.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", startTime: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}
