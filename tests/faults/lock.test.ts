import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { startJaunt, runJaunt, waitFor, type RunningProcess } from "@jaunt/testkit";
import { afterEach, expect, test } from "vitest";
import { openSmall, type SmallProject } from "./small-project.ts";

const opened: SmallProject[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});

async function open(options: Parameters<typeof openSmall>[0] = {}): Promise<SmallProject> {
  const small = await openSmall(options);
  opened.push(small);
  return small;
}

test("a second build fails at once, naming the process of the first, as text and as JSON; the first goes on", async () => {
  const { project } = await open({ delayMs: 3_000 });
  const first = startJaunt(project.root, ["build"]);
  await waitFor(() => project.exists(".jaunt/lock"), { timeoutMs: 20_000 });
  const pid = String(first.pid);
  const second = await runJaunt(project.root, ["build"]);
  expect(second).toMatchObject({ exitCode: 3, stdout: "" });
  expect(second.stderr).toContain(`error: Another build of this project is running: process ${pid}.`);
  expect(second.stderr).toContain(`hint: Wait for it to end, or stop process ${pid}.`);
  const third = await runJaunt(project.root, ["build", "--json"]);
  expect(third.exitCode).toBe(3);
  expect(third.json()).toMatchObject({
    schema: "jaunt.error/1",
    error: { code: "build-locked", exit_code: 3, message: expect.stringContaining(`process ${pid}`) },
  });
  expect((await first.finished).exitCode).toBe(0);
  expect(project.exists(".jaunt/lock")).toBe(false);
});

test("a build with nothing to do, a status and a check pass while another process holds the lock", async () => {
  const { project } = await open();
  expect((await runJaunt(project.root, ["build"])).exitCode).toBe(0);
  await hold(project.root, { pid: process.pid, startTime: "", host: hostname() });
  for (const command of ["build", "status", "check"])
    expect((await runJaunt(project.root, [command])).exitCode, command).toBe(0);
});

test.each([
  ["of a process that is gone", () => ({ pid: endedProcess(), startTime: "1", host: hostname() })],
  ["of a process whose id another one has now", () => ({ pid: process.pid, startTime: "1", host: hostname() })],
  ["that is empty", () => ""],
  ["that is half written", () => '{"pid":12'],
  ["that is something else", () => "[]"],
  ["that holds zeros, as after a power cut", () => "\0".repeat(60)],
])("a lock %s is taken over at once, and leaves nothing behind", async (_name, owner) => {
  if (!existsSync("/proc/self/stat") && _name.includes("another one")) return;
  const { project } = await open();
  await hold(project.root, owner());
  const result = await runJaunt(project.root, ["build", "--json"]);
  expect(result.exitCode, result.stdout).toBe(0);
  expect((await project.list(".jaunt")).filter((path) => path.includes("lock"))).toEqual([]);
});

test("a lock of another machine counts as held, and the message says what to do when it is gone", async () => {
  const { project, server } = await open();
  await hold(project.root, { pid: 4242, startTime: "1", host: "elsewhere" });
  const result = await runJaunt(project.root, ["build", "--json"]);
  expect(result.exitCode).toBe(3);
  expect(result.json()).toMatchObject({
    error: {
      code: "build-locked",
      message: "Another build of this project is running: process 4242 on elsewhere.",
      hint: "Wait for it to end. If it is gone, delete .jaunt/lock.",
    },
  });
  expect(server.requests).toEqual([]);
});

test("of many builds that find the same dead lock, exactly one builds", async () => {
  const { project, server } = await open({ delayMs: 2_000 });
  await hold(project.root, { pid: endedProcess(), startTime: "1", host: hostname() });
  const builds: readonly RunningProcess[] = Array.from({ length: 5 }, () => startJaunt(project.root, ["build"]));
  const results = await Promise.all(builds.map(({ finished }) => finished));
  expect(results.map(({ exitCode }) => exitCode).toSorted()).toEqual([0, 3, 3, 3, 3]);
  const winner = builds[results.findIndex(({ exitCode }) => exitCode === 0)]?.pid;
  for (const { exitCode, stderr } of results) if (exitCode === 3) expect(stderr).toContain(`process ${String(winner)}`);
  expect(server.requests.length).toBe(3);
});

test("a lock whose place a folder takes is an error that names it", async () => {
  const { project } = await open();
  await mkdir(join(project.root, ".jaunt/lock"), { recursive: true });
  const result = await runJaunt(project.root, ["build"]);
  expect(result.exitCode).toBe(3);
  expect(result.stderr).toContain("Cannot write .jaunt/lock: it is a folder.");
});

async function hold(root: string, owner: string | object): Promise<void> {
  await mkdir(join(root, ".jaunt"), { recursive: true });
  await writeFile(join(root, ".jaunt/lock"), typeof owner === "string" ? owner : JSON.stringify(owner));
}

function endedProcess(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}
