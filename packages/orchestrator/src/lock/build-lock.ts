import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { JauntError } from "@jaunt/core";
import { isAlive } from "../process/is-alive.ts";
import { processStat } from "../process/process-stat.ts";
import { nativePath } from "../write/native-path.ts";
import { refuseEscape } from "../write/refuse-escape.ts";
import { writeError } from "../write/write-error.ts";

/** A held lock. Releasing twice does no harm. */
export interface BuildLock {
  release(): void;
}

/** Who holds a lock. `startTime` tells a process from a later one with the same id; empty where the system does not say. */
interface LockOwner {
  readonly pid: number;
  readonly startTime: string;
  readonly host: string;
}

const lockPath = ".jaunt/lock";

/**
 * Takes the project's one build lock; a lock whose process is gone is taken over at once.
 * @throws {JauntError} with code `build-locked` naming the process that holds it
 */
export function takeBuildLock(root: string): BuildLock {
  const file = nativePath(root, lockPath);
  const content = JSON.stringify({
    pid: process.pid,
    startTime: processStat(process.pid)?.startTime ?? "",
    host: hostname(),
  } satisfies LockOwner);
  try {
    refuseEscape(root, lockPath);
    mkdirSync(dirname(file), { recursive: true });
    // Each round removes one dead lock; more rounds than builds that could die meanwhile are never needed.
    for (let round = 0; round < 20; round += 1) {
      if (create(file, content)) return { release: () => release(file, content) };
      const seen = read(file);
      if (seen === undefined) continue;
      const owner = parseOwner(seen);
      if (owner !== undefined && holds(owner)) throw lockedError(owner);
      removeDead(file, seen);
    }
  } catch (cause) {
    throw writeError(cause, lockPath);
  }
  throw new JauntError("The build lock changes hands all the time.", {
    code: "build-locked",
    hint: "Wait for the other builds to end.",
    exitCode: 3,
  });
}

/** Makes the lock with its content in one step, so that nobody ever sees an empty lock. */
function create(file: string, content: string): boolean {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, content);
  try {
    linkSync(temporary, file);
    return true;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "EEXIST") return false;
    return createWithoutLinks(file, content);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function createWithoutLinks(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: "wx" });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cause;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function parseOwner(content: string): LockOwner | undefined {
  try {
    const { pid, startTime, host } = JSON.parse(content) as Partial<LockOwner>;
    return typeof pid === "number" && typeof startTime === "string" && typeof host === "string"
      ? { pid, startTime, host }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Processes of another machine cannot be looked at, so their locks count as held. */
function holds(owner: LockOwner): boolean {
  if (owner.host !== hostname()) return true;
  if (!isAlive(owner.pid)) return false;
  const startTime = processStat(owner.pid)?.startTime;
  return startTime === undefined || owner.startTime === "" || startTime === owner.startTime;
}

/** Moves the lock aside before deleting it: when another build replaced it meanwhile, what was moved is put back. */
function removeDead(file: string, seen: string): void {
  const aside = `${file}.dead.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) !== seen) create(file, read(aside) ?? "");
  rmSync(aside, { force: true });
}

function release(file: string, content: string): void {
  if (read(file) === content) rmSync(file, { force: true });
}

function lockedError(owner: LockOwner): JauntError {
  const elsewhere = owner.host === hostname() ? "" : ` on ${owner.host}`;
  return new JauntError(`Another build of this project is running: process ${owner.pid}${elsewhere}.`, {
    code: "build-locked",
    hint:
      elsewhere === ""
        ? `Wait for it to end, or stop process ${owner.pid}.`
        : `Wait for it to end. If it is gone, delete ${lockPath}.`,
    exitCode: 3,
  });
}
