import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { JauntError } from "@jaunt/core";
import { isAlive } from "../process/is-alive.ts";
import { processStat } from "../process/process-stat.ts";
import { makeFolder } from "../write/make-folder.ts";
import { nativePath } from "../write/native-path.ts";
import { refuseEscape } from "../write/refuse-escape.ts";
import { temporaryPath } from "../write/temporary-file.ts";
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
 * Takes the project's one build lock; a lock whose process is gone is taken over at once. It is released when this process ends.
 * @throws {JauntError} with code `build-locked` naming the process that holds it
 */
export function takeBuildLock(root: string): BuildLock {
  const file = nativePath(root, lockPath);
  const mine = JSON.stringify({
    pid: process.pid,
    startTime: processStat(process.pid)?.startTime ?? "",
    host: hostname(),
  } satisfies LockOwner);
  try {
    refuseEscape(root, lockPath);
    makeFolder(dirname(file));
    const holder = acquire(file, mine);
    if (holder !== undefined) throw lockedError(holder);
    removeClaims(file);
  } catch (cause) {
    throw writeError(cause, lockPath);
  }
  const release = (): void => {
    process.removeListener("exit", release);
    if (read(file) === mine) rmSync(file, { force: true });
  };
  process.once("exit", release);
  return { release };
}

/** Removes what a process left that died with the lock, unless another has it by now. Never fails. */
export function sweepDeadLock(root: string): void {
  try {
    const owner = parseOwner(read(nativePath(root, lockPath)) ?? "");
    if (owner !== undefined && !holds(owner)) takeBuildLock(root).release();
  } catch {
    // Whoever needs the lock says what is wrong with it.
  }
}

/** Makes `file` with `mine` in it, in place of what a dead process left there. Gives the living holder, if there is one. */
function acquire(file: string, mine: string): LockOwner | undefined {
  // Each round but the first ones means that a build began or ended meanwhile.
  for (let round = 0; round < 100; round += 1) {
    if (create(file, mine)) return undefined;
    const seen = read(file);
    if (seen === undefined) continue;
    const owner = parseOwner(seen);
    if (owner !== undefined && holds(owner)) return owner;
    // Where there are no hard links, a lock is for an instant there and still empty.
    if (owner === undefined && round < 3) pause(20);
    else {
      const outcome = takeOver(file, seen, mine);
      if (outcome !== "changed") return outcome === "taken" ? undefined : outcome;
    }
  }
  throw new JauntError("The build lock changes hands all the time.", {
    code: "build-locked",
    hint: "Wait for the other builds to end.",
    exitCode: 3,
  });
}

/**
 * Replaces a dead lock. Only who holds the claim to this very content may, so of several processes that find it dead one wins, and
 * a late one sees that the content has changed. A claim is a lock itself: that of a process that died in here is taken over likewise.
 */
function takeOver(file: string, seen: string, mine: string): LockOwner | "taken" | "changed" {
  const claim = `${file}.${createHash("sha256").update(seen).digest("hex").slice(0, 12)}`;
  const other = acquire(claim, mine);
  if (other !== undefined) return other;
  try {
    if (read(file) !== seen) return "changed";
    const temporary = temporaryPath(file);
    writeFileSync(temporary, mine);
    renameSync(temporary, file);
    return "taken";
  } finally {
    rmSync(claim, { force: true });
  }
}

/** Claims to locks that are no more, left by processes that died with them. Nobody can win anything by them. */
function removeClaims(file: string): void {
  for (const name of readdirSync(dirname(file)))
    if (/^lock(?:\.[0-9a-f]{12})+$/.test(name)) rmSync(join(dirname(file), name), { force: true });
}

/** Makes the lock with its content in one step, so that nobody ever sees an empty lock. */
function create(file: string, content: string): boolean {
  const temporary = temporaryPath(file);
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

/** Undefined when there is no such file. A folder in its place is an error, for it would never go away. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EISDIR") throw cause;
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

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
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
