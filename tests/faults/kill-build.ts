import { watch } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  createTemporaryProject,
  startJaunt,
  startScriptedServer,
  type RunningProcess,
  type ScriptedServer,
  type TemporaryProject,
} from "@jaunt/testkit";
import { keyOfRequest, projectFiles, replies } from "./forty-modules.ts";
import type { KillInstant } from "./kill-instants.ts";
import { canSeeProcesses, runVariable } from "./processes.ts";
import { createRandom } from "./random.ts";

/** The project and its model, for one killed build and what comes after. */
export interface Victim {
  readonly project: TemporaryProject;
  readonly server: ScriptedServer;
  /** The value of the variable that marks its processes. */
  readonly mark: string;
  /** Starts a build with that mark. */
  start(): RunningProcess;
  close(): Promise<void>;
}

/** A fresh project of 40 modules and a server whose replies take from 2 to 40 ms, which the seed decides. */
export async function openVictim(seed: number): Promise<Victim> {
  const random = createRandom(seed);
  const server = await startScriptedServer(
    replies(() => 2 + random() * 38),
    { match: keyOfRequest },
  );
  const project = await createTemporaryProject(projectFiles(server.url), { nodeModules: true });
  // They can then be watched from the start.
  for (const folder of [".jaunt", "src/__generated__"]) await mkdir(join(project.root, folder));
  const mark = project.root;
  return {
    project,
    server,
    mark,
    start: () => startJaunt(project.root, ["build", "--json", "--jobs", "6"], { env: { [runVariable]: mark } }),
    async close() {
      await server.close();
      await project.remove();
    },
  };
}

/** Kills a build at an instant, or lets it end when that never comes; an undisturbed one takes `buildMs`. Gives the time of the kill by `performance.now()`. */
export async function killBuild(victim: Victim, instant: KillInstant, buildMs: number): Promise<number | undefined> {
  const build = victim.start();
  const ended = new AbortController();
  // Whatever outlives the build and holds its output open would hold this up, too; who looks for such processes must not wait.
  const finished = build.finished.then(
    () => ended.abort(),
    () => ended.abort(),
  );
  await reach(victim, instant, buildMs, ended.signal);
  if (ended.signal.aborted) return undefined;
  build.kill("SIGKILL");
  const killedAt = performance.now();
  if (!canSeeProcesses) await finished;
  ended.abort();
  return killedAt;
}

/** Settles at the instant, or once the build has ended. */
async function reach(victim: Victim, instant: KillInstant, buildMs: number, ended: AbortSignal): Promise<void> {
  const { root } = victim.project;
  const wait = async (): Promise<void> => {
    if (instant.after === "start") return sleep(instant.part * buildMs, undefined, { signal: ended });
    const { after, count, ms } = instant;
    if (after === "reply") await answered(victim.server, count, ended);
    else if (after === "sign of the lock")
      await seen(root, [".jaunt"], (name) => name.startsWith("lock"), count, ended);
    else await seen(root, ["src", "src/__generated__"], (name) => name.endsWith(".jaunt-tmp"), count, ended);
    // A timer is coarser than what happens in the first half of a millisecond.
    if (ms >= 0.5) await sleep(ms, undefined, { signal: ended });
  };
  const over = new Promise<void>((resolve) => ended.addEventListener("abort", () => resolve()));
  await Promise.race([wait().catch(() => undefined), over]);
}

async function answered(server: ScriptedServer, count: number, ended: AbortSignal): Promise<void> {
  while (server.requests.filter(({ answeredAt }) => answeredAt !== undefined).length < count)
    await sleep(1, undefined, { signal: ended });
}

/** Settles when files with `count` different such names have come or gone. */
function seen(
  root: string,
  folders: readonly string[],
  isMeant: (name: string) => boolean,
  count: number,
  ended: AbortSignal,
): Promise<void> {
  const names = new Set<string>();
  return new Promise((resolve) => {
    for (const folder of folders) {
      watch(join(root, folder), { signal: ended }, (_event, name) => {
        if (name === null || !isMeant(name)) return;
        names.add(`${folder}/${name}`);
        if (names.size >= count) resolve();
      });
    }
  });
}
