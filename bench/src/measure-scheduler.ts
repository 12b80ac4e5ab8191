import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { longestRemainingPath, moduleGroups } from "@jaunt/core/graph";
import { runSchedule } from "../../packages/orchestrator/src/schedule/run-schedule.ts";
import { compare, median, type BenchResult } from "./result.ts";

interface ImportGraph {
  readonly name: string;
  readonly nodes: readonly string[];
  readonly loc: readonly number[];
  /** `[importer, imported, kind]` as indices. */
  readonly edges: readonly (readonly [number, number, string])[];
}

interface Run {
  /** Simulated milliseconds from the first start to the last end. */
  readonly makespan: number;
  /** Real milliseconds of scheduling. */
  readonly cost: number;
  /** Simulated milliseconds that no schedule can beat. */
  readonly bound: number;
}

/** No list schedule on 8 machines takes longer than this times the optimum (Graham 1969); the lower bound itself may be out of reach. */
const grahamBound = 2 - 1 / 8;

/**
 * The scheduler on the module graphs of published packages, with latencies by lines of code on a simulated clock: everything
 * at once against the critical path, and eight at once against the larger of the critical path and an eighth of all work.
 */
export async function measureScheduler(): Promise<readonly BenchResult[]> {
  const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "graphs");
  const graphs = readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as ImportGraph);
  const free: Run[] = [];
  const bounded: Run[] = [];
  for (const graph of graphs) {
    free.push(await simulate(graph, Number.POSITIVE_INFINITY));
    bounded.push(await simulate(graph, 8));
  }
  const chain = await simulate(chainGraph(10_000), 8);
  const worst = (runs: readonly Run[]): number => Math.max(...runs.map((run) => (run.makespan + run.cost) / run.bound));
  const middle = (runs: readonly Run[]): number => median(runs.map((run) => (run.makespan + run.cost) / run.bound));
  return [
    compare(
      `schedule of ${graphs.length} real graphs, all jobs at once, worst, against the critical path`,
      "x",
      worst(free),
      1,
      1.02,
    ),
    compare(
      `schedule of ${graphs.length} real graphs, 8 jobs, median, against the lower bound`,
      "x",
      middle(bounded),
      1,
      1.02,
    ),
    compare(
      `schedule of ${graphs.length} real graphs, 8 jobs, worst, against the lower bound`,
      "x",
      worst(bounded),
      1,
      grahamBound,
    ),
    compare(
      "schedule of a chain of 10,000, against the critical path",
      "x",
      (chain.makespan + chain.cost) / chain.bound,
      1,
      1.02,
    ),
  ];
}

async function simulate(graph: ImportGraph, jobs: number): Promise<Run> {
  const needs = new Map(graph.nodes.map((name) => [name, [] as string[]]));
  for (const [from, to] of graph.edges) needs.get(graph.nodes[from] ?? "")?.push(graph.nodes[to] ?? "");
  const latency = new Map(graph.nodes.map((name, index) => [name, 1000 + 10 * (graph.loc[index] ?? 0)]));
  const latencyOf = (name: string): number => latency.get(name) ?? 0;
  const dependencies = withoutCycles(needs);
  const priority = longestRemainingPath(dependencies, latencyOf);
  const clock = createClock();
  const start = performance.now();
  const done = runSchedule({
    dependencies,
    priority,
    jobs,
    run: (task) => clock.after(latencyOf(task)).then(() => "done" as const),
    onBlocked: () => {},
    signal: new AbortController().signal,
  });
  await clock.runUntil(done);
  const work = [...latency.values()].reduce((sum, value) => sum + value, 0);
  const bound = Math.max(criticalPath(dependencies, latencyOf), jobs === Number.POSITIVE_INFINITY ? 0 : work / jobs);
  return { makespan: clock.now(), cost: performance.now() - start, bound };
}

/** Members of a cycle wait for what any of them needs from outside, and whoever needs one of them waits for all. */
function withoutCycles(needs: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const groups = moduleGroups(needs);
  const groupOf = new Map(groups.flatMap((group) => group.map((name) => [name, group] as const)));
  return new Map(
    groups.flatMap((group) => {
      const outside = new Set(
        group.flatMap((name) => needs.get(name) ?? []).flatMap((need) => groupOf.get(need) ?? []),
      );
      for (const member of group) outside.delete(member);
      return group.map((name) => [name, [...outside]] as const);
    }),
  );
}

/** Length of the longest path, by counting down what each module waits for. */
function criticalPath(
  dependencies: ReadonlyMap<string, readonly string[]>,
  latencyOf: (name: string) => number,
): number {
  const finish = new Map<string, number>();
  for (const group of moduleGroups(dependencies)) {
    for (const name of group) {
      const ready = Math.max(0, ...(dependencies.get(name) ?? []).map((need) => finish.get(need) ?? 0));
      finish.set(name, ready + latencyOf(name));
    }
  }
  return [...finish.values()].reduce((longest, end) => Math.max(longest, end), 0);
}

interface Clock {
  now(): number;
  after(milliseconds: number): Promise<void>;
  runUntil(done: Promise<unknown>): Promise<void>;
}

/** A clock that jumps to the next end whenever nothing else is left to do. */
function createClock(): Clock {
  let time = 0;
  const pending: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => time,
    after: (milliseconds) => new Promise((wake) => pending.push({ at: time + milliseconds, wake })),
    async runUntil(done) {
      let ended = false;
      void done.finally(() => {
        ended = true;
      });
      for (;;) {
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        if (ended) return;
        const next = Math.min(...pending.map((timer) => timer.at));
        time = next;
        for (const timer of pending.filter(({ at }) => at === next)) {
          pending.splice(pending.indexOf(timer), 1);
          timer.wake();
        }
      }
    },
  };
}

function chainGraph(length: number): ImportGraph {
  const nodes = Array.from({ length }, (_value, index) => `chain${String(index)}`);
  return {
    name: "chain",
    nodes,
    loc: nodes.map(() => 50),
    edges: nodes.slice(1).map((_name, index) => [index + 1, index, "import"]),
  };
}
