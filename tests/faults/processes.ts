import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether this system lets tests see which processes run, and with which environment. */
export const canSeeProcesses: boolean = isReadable("/proc/self/environ");

/** The variable that marks a run and everything it started; children inherit it. */
export const runVariable = "JAUNT_FAULT_RUN";

/** Processes that are alive and carry this mark, work in this folder or name it, as `pid command line`. */
export function processesOf(mark: string, folder: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((pid) => isAlive(pid) && (hasMark(pid, mark) || worksIn(pid, folder) || commandOf(pid).includes(folder)))
    .map((pid) => `${pid} ${commandOf(pid)}`);
}

/** Waits until none of them is left, and gives those that outstay the time. */
export async function outliving(mark: string, folder: string, withinMs: number): Promise<readonly string[]> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const left = processesOf(mark, folder);
    if (left.length === 0 || performance.now() > deadline) return left;
    await sleep(25);
  }
}

function commandOf(pid: string): string {
  return read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim();
}

function hasMark(pid: string, mark: string): boolean {
  return read(`/proc/${pid}/environ`).split("\0").includes(`${runVariable}=${mark}`);
}

function worksIn(pid: string, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
  } catch {
    return false;
  }
}

/** What has ended and only waits to be cleared away is no longer alive. */
function isAlive(pid: string): boolean {
  const stat = read(`/proc/${pid}/stat`);
  return stat !== "" && stat.slice(stat.lastIndexOf(")") + 2).charAt(0) !== "Z";
}

function isReadable(path: string): boolean {
  return read(path) !== "";
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
