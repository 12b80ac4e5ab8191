import { runJaunt } from "@jaunt/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repliesNeeded, shapes } from "./forty-modules.ts";
import { killBuild, openVictim, type Victim } from "./kill-build.ts";
import { describeInstant, killInstants, type KillInstant } from "./kill-instants.ts";
import { canSeeProcesses, outliving } from "./processes.ts";
import { brokenFiles, differences, readTree } from "./project-tree.ts";
import { storedReplies } from "./stored-replies.ts";

/** `npm run test:faults` sets both; `npm test` runs a sample that is always the same. */
const seed = Number(process.env["JAUNT_FAULT_SEED"] ?? "1");
const runs = Number(process.env["JAUNT_FAULT_RUNS"] ?? "6");

/** A reply that was sent so long before the kill was received and must have been kept; what is younger may have been on its way. */
const onItsWayMs = 1_000;

/** What an undisturbed build leaves, and a project where none ran yet. */
let finished: ReadonlyMap<string, string>;
let prepared: ReadonlyMap<string, string>;

/** How long a build takes with another one beside it, as they run here. */
let buildMs: number;

const seen = { killed: 0, ended: 0, temporary: 0, lock: 0, stored: 0, askedAgain: 0, slowestMs: 0 };

beforeAll(async () => {
  const victims = [await openVictim(seed), await openVictim(seed)];
  await runJaunt(victims[0]!.project.root, ["sync"]);
  prepared = await readTree(victims[0]!.project);
  const start = performance.now();
  await Promise.all(victims.map((victim) => victim.start().finished));
  buildMs = performance.now() - start;
  finished = await readTree(victims[0]!.project);
  for (const victim of victims) await victim.close();
}, 60_000);

afterAll(() => {
  process.stdout.write(`kill suite: seed ${String(seed)}, ${JSON.stringify(seen)}\n`);
});

test("an undisturbed build asks once for every reply", async () => {
  const victim = await openVictim(seed);
  const result = await victim.start().finished;
  expect(result.json()).toMatchObject({ calls: repliesNeeded, failed: [] });
  expect(new Set(victim.server.requests.map(({ key }) => key)).size).toBe(repliesNeeded);
  expect(differences(await readTree(victim.project), finished)).toEqual([]);
  await victim.close();
});

describe.concurrent(`a build of ${String(shapes.length)} modules, killed (seed ${String(seed)})`, () => {
  const cases = killInstants(seed, runs).map((instant, index) => ({
    instant,
    index,
    name: `${String(index + 1)}: ${describeInstant(instant)}`,
  }));
  test.for(cases)("$name", async ({ instant, index }) => {
    const victim = await openVictim(seed * 1_000 + index);
    try {
      await killAndGoOn(victim, instant);
    } finally {
      await victim.close();
    }
  });
});

async function killAndGoOn(victim: Victim, instant: KillInstant): Promise<void> {
  const { project, server, mark } = victim;
  const killedAt = await killBuild(victim, instant, buildMs);
  seen[killedAt === undefined ? "ended" : "killed"] += 1;
  if (canSeeProcesses)
    expect(await outliving(mark, project.root, 2_000), "children that outlive the build").toEqual([]);

  const tree = await readTree(project);
  expect(brokenFiles(tree, [prepared, finished]), "files that are neither whole nor absent").toEqual([]);
  const summary = ".jaunt/cache/summary.json";
  if (project.exists(summary)) JSON.parse(await project.read(summary));
  seen.temporary += [...tree.keys()].filter((path) => path.endsWith(".jaunt-tmp")).length;
  seen.lock += tree.has(".jaunt/lock") ? 1 : 0;

  const before = [...server.requests];
  const stored = await storedReplies(project.root);
  const lost = before.filter(({ key }) => !stored.has(key));
  const late = lost.filter(({ answeredAt }) => (killedAt ?? 0) - (answeredAt ?? Infinity) > onItsWayMs);
  for (const { answeredAt } of lost)
    if (answeredAt !== undefined) seen.slowestMs = Math.max(seen.slowestMs, Math.round((killedAt ?? 0) - answeredAt));
  expect(
    late.map(({ key }) => key),
    "replies that arrived long before the kill and were not kept",
  ).toEqual([]);
  expect(lost.length, "calls in flight at the kill").toBeLessThanOrEqual(6);
  seen.stored += stored.size;

  const result = await victim.start().finished;
  expect(result.exitCode, `${result.stdout}${result.stderr}`).toBe(0);
  const again = server.requests.slice(before.length).map(({ key }) => key);
  seen.askedAgain += before.length + again.length - repliesNeeded;
  expect(
    again.filter((key) => stored.has(key)),
    "replies paid for twice",
  ).toEqual([]);
  expect(server.requests.length).toBeLessThanOrEqual(repliesNeeded + lost.length);
  expect(result.json()).toMatchObject({ failed: [], calls: again.length });
  expect(differences(await readTree(project), finished), "what differs from an undisturbed build").toEqual([]);
}
