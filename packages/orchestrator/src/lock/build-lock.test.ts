import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sweepDeadLock, takeBuildLock } from "./build-lock.ts";
import { processStat } from "../process/process-stat.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "jaunt-lock-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const file = (): string => join(root, ".jaunt/lock");

function leave(content: string): void {
  mkdirSync(join(root, ".jaunt"), { recursive: true });
  writeFileSync(file(), content);
}

test("a lock names its holder, keeps a second build out, and is free after its release", () => {
  const lock = takeBuildLock(root);
  expect(JSON.parse(readFileSync(file(), "utf8"))).toMatchObject({ pid: process.pid, host: hostname() });
  expect(() => takeBuildLock(root)).toThrow(`process ${process.pid}`);
  lock.release();
  lock.release();
  expect(existsSync(file())).toBe(false);
  takeBuildLock(root).release();
});

test("a lock of a process that is gone is taken over at once", () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  leave(JSON.stringify({ pid, startTime: "1", host: hostname() }));
  const lock = takeBuildLock(root);
  expect(readFileSync(file(), "utf8")).toContain(String(process.pid));
  lock.release();
});

test("who needs no lock still clears a dead one away, and leaves a living one alone", () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  leave(JSON.stringify({ pid, startTime: "1", host: hostname() }));
  sweepDeadLock(root);
  expect(existsSync(file())).toBe(false);
  const lock = takeBuildLock(root);
  sweepDeadLock(root);
  expect(existsSync(file())).toBe(true);
  lock.release();
});

test("a killed build leaves nothing that a next one trips over", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  leave(JSON.stringify({ pid: child.pid, startTime: processStat(child.pid ?? 0)?.startTime ?? "", host: hostname() }));
  expect(() => takeBuildLock(root)).toThrow(`process ${child.pid}`);
  const gone = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  await gone;
  takeBuildLock(root).release();
});

test.skipIf(processStat(process.pid) === undefined)(
  "a later process with the same id does not count as the holder",
  () => {
    leave(JSON.stringify({ pid: process.pid, startTime: "1", host: hostname() }));
    takeBuildLock(root).release();
  },
);

test("a lock of another machine counts as held, and the message says what to do", () => {
  leave(JSON.stringify({ pid: 1, startTime: "1", host: "elsewhere" }));
  expect(() => takeBuildLock(root)).toThrow(
    expect.objectContaining({
      code: "build-locked",
      exitCode: 3,
      hint: expect.stringContaining(".jaunt/lock") as string,
    }) as Error,
  );
});

test.each([
  ["nothing", ""],
  ["no JSON", "{"],
  ["JSON of another shape", "[1]"],
  ["null", "null"],
])("a lock file with %s is no lock", (_name, content) => {
  leave(content);
  takeBuildLock(root).release();
});

test("a release leaves a lock alone that somebody else took meanwhile", () => {
  const lock = takeBuildLock(root);
  leave('{"pid":1,"startTime":"","host":"elsewhere"}');
  lock.release();
  expect(existsSync(file())).toBe(true);
});
