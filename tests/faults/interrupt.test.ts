import { startJaunt, startScriptedServer, waitFor, createTemporaryProject, type RunningProcess } from "@jaunt/testkit";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { keyOfRequest, projectFiles, replies, repliesNeeded, shapes } from "./forty-modules.ts";
import { openVictim, type Victim } from "./kill-build.ts";
import { openSlowCheck } from "./slow-check.ts";
import { canSeeProcesses, outliving, runVariable } from "./processes.ts";
import { differences, readTree } from "./project-tree.ts";
import { createRandom } from "./random.ts";
import { storedReplies } from "./stored-replies.ts";

const seed = Number(process.env["JAUNT_FAULT_SEED"] ?? "1");
const runs = Number(process.env["JAUNT_FAULT_RUNS"] ?? "6");

const opened: Pick<Victim, "close">[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});

let finished: ReadonlyMap<string, string>;
let buildMs: number;

beforeAll(async () => {
  const victim = await openVictim(1);
  const start = performance.now();
  await victim.start().finished;
  buildMs = performance.now() - start;
  finished = await readTree(victim.project);
  await victim.close();
}, 60_000);

describe("Ctrl-C during a build of 40 modules", () => {
  const random = createRandom(seed);
  const count = Math.max(3, Math.round(runs / 10));
  const parts = Array.from({ length: count }, (_, index) => Number(((index + random()) / count).toFixed(3)));

  test.for(parts)(
    "after %d of it: ends within a second, says what is left, and nothing is paid twice",
    async (part) => {
      const victim = await open();
      const { project, server, mark } = victim;
      const build = victim.start();
      await sleep(part * buildMs);
      const { exitCode, signal, tookMs, stdout, json } = await interrupt(build);
      expect(tookMs).toBeLessThan(1_000);
      // Before Jaunt itself has started, Node ends as the signal says, which shells show as 130, too.
      expect(exitCode ?? signal).toBe(signal === null ? 130 : "SIGINT");
      if (stdout !== "") expect(json()).toEqual(interruptedDocument);
      if (canSeeProcesses) expect(await outliving(mark, project.root, 1_000)).toEqual([]);
      const tree = await readTree(project);
      expect([...tree.keys()].filter((path) => path.endsWith("-tmp") || path.endsWith("lock"))).toEqual([]);

      const before = server.requests.length;
      const stored = await storedReplies(project.root);
      const arrived = server.requests.filter(({ key }) => stored.has(key));
      const result = await victim.start().finished;
      expect(result.exitCode, result.stdout).toBe(0);
      const again = server.requests.slice(before).map(({ key }) => key);
      expect(again.filter((key) => stored.has(key))).toEqual([]);
      expect(server.requests.length - repliesNeeded).toBeLessThanOrEqual(before - arrived.length);
      expect(differences(await readTree(project), finished)).toEqual([]);
    },
  );
});

/** A build's report, or where there is none yet, an error: either says that it was interrupted. */
const interruptedDocument = expect.toSatisfy(
  (document: {
    readonly interrupted?: boolean;
    readonly error?: { readonly code: string; readonly exit_code: number };
  }) => document.interrupted === true || (document.error?.code === "interrupted" && document.error.exit_code === 130),
);

describe("a server that has stalled", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("%s ends the build within a second in 130, and counts", async (signal) => {
    const { build, project } = await openStalled(["build"]);
    const { exitCode, tookMs, stdout } = await interrupt(build, signal);
    expect(exitCode).toBe(130);
    expect(tookMs).toBeLessThan(1_000);
    expect(stdout).toMatch(
      /^build: interrupted in [\d.]+ s: 8 modules generated \(.*\), 0 up to date\. What was finished is kept; 32 modules left: `jaunt build` goes on\.$/m,
    );
    expect(await project.read("src/__generated__/m32.ts")).toContain("jaunt:kind=build");
    expect(project.exists(".jaunt/lock")).toBe(false);
  });

  test("as one JSON document: what is done and what is left, by name", async () => {
    const { build } = await openStalled(["build", "--json"]);
    const { exitCode, json } = await interrupt(build);
    expect(exitCode).toBe(130);
    const report = json() as {
      readonly generated: readonly string[];
      readonly failed: readonly { readonly module: string; readonly outcome: string }[];
    };
    expect(report.generated).toContain("src/m32");
    expect(report.failed.every(({ outcome }) => outcome === "interrupted")).toBe(true);
    const named = [...report.generated, ...report.failed.map(({ module }) => module)].toSorted();
    expect(named).toEqual(shapes.map(({ name }) => `src/${name}`));
  });

  test("a second Ctrl-C ends it at once", async () => {
    const { build, project } = await openStalled(["build"]);
    build.kill("SIGINT");
    const { exitCode, tookMs } = await interrupt(build);
    expect(exitCode).toBe(130);
    expect(tookMs).toBeLessThan(400);
    expect(project.exists(".jaunt/lock")).toBe(false);
  });
});

describe("while the compiler is busy for seconds", () => {
  test("Ctrl-C before any call ends within a second", async () => {
    const { project, server } = await openSlow();
    const build = startJaunt(project.root, ["build"]);
    await waitFor(() => build.output().stderr.includes("to generate"), { timeoutMs: 20_000 });
    await sleep(300);
    const { exitCode, tookMs, stdout, stderr } = await interrupt(build);
    expect({ exitCode, calls: server.requests.length }).toEqual({ exitCode: 130, calls: 0 });
    expect(tookMs).toBeLessThan(1_000);
    expect(stdout + stderr).toMatch(/1 module left|Interrupted: 0 done, 1 left\./);
  });

  test.each(["SIGINT", "SIGKILL"] as const)("a reply that is being checked at %s is kept already", async (signal) => {
    const { project, server } = await openSlow();
    const build = startJaunt(project.root, ["build"], { env: { [runVariable]: project.root } });
    await waitFor(() => server.requests[0]?.answeredAt, { timeoutMs: 60_000 });
    // Kept before it is judged: the check that follows takes seconds.
    await waitFor(async () => (await storedReplies(project.root)).size > 0);
    const { exitCode, tookMs } = await interrupt(build, signal);
    expect(exitCode).toBe(signal === "SIGINT" ? 130 : null);
    expect(tookMs).toBeLessThan(1_000);
    if (canSeeProcesses) expect(await outliving(project.root, project.root, 2_000)).toEqual([]);
    expect(project.exists("src/__generated__/pick.ts")).toBe(true);
    expect(await project.read("src/__generated__/pick.ts")).toContain("jaunt:kind=placeholder");
    expect(await storedReplies(project.root)).toEqual(new Set(["m00#1"]));
  });
});

async function openSlow(): ReturnType<typeof openSlowCheck> {
  const slow = await openSlowCheck();
  opened.push(slow);
  return slow;
}

async function open(): Promise<Victim> {
  const victim = await openVictim(1);
  opened.push(victim);
  return victim;
}

/** A build that waits for replies which never end: those of the hubs, so that only what needs none of them gets done. */
async function openStalled(
  args: readonly string[],
): Promise<{ readonly build: RunningProcess } & Pick<Victim, "project">> {
  const stalled = { text: "Reply ", finishReason: null, ending: "hang" } as const;
  const server = await startScriptedServer(
    { ...replies(() => 0), "m02#1": stalled, "m08#1": stalled },
    { match: keyOfRequest },
  );
  const project = await createTemporaryProject(projectFiles(server.url), { nodeModules: true });
  opened.push({
    async close() {
      await server.close();
      await project.remove();
    },
  });
  const build = startJaunt(project.root, args, { env: { [runVariable]: project.root } });
  // All that needs neither of the two: m00, m01 and the six that stand alone; then only the two are running.
  await waitFor(() => (build.output().stderr.match(/: built in/g) ?? []).length >= 8, { timeoutMs: 20_000 });
  return { build, project };
}

async function interrupt(
  build: RunningProcess,
  signal: NodeJS.Signals = "SIGINT",
): Promise<Awaited<RunningProcess["finished"]> & { readonly tookMs: number }> {
  const start = performance.now();
  build.kill(signal);
  const result = await build.finished;
  return { ...result, tookMs: performance.now() - start };
}
