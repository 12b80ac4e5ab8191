import { forget, settle, type ProjectPool } from "./project-pool.ts";
import { compare, median, type BenchResult } from "./result.ts";
import { jauntBinary, timeNode } from "./run-process.ts";

const sizes = [100, 316, 1000, 3162, 10_000];
const runs = 3;

/**
 * How time grows with the number of modules: the slope of a straight line through the logarithms of both, 1 being linear. Start-up
 * weighs on the small sizes and flatters the slope over all of them, so that of the last decade is reported too.
 */
export async function measureGrowth(projects: ProjectPool): Promise<readonly BenchResult[]> {
  const cold: Point[] = [];
  const warm: Point[] = [];
  const plan: Point[] = [];
  for (const size of sizes) {
    const { root } = await projects.built(size);
    const run = (command: string): number => timeNode([jauntBinary, command, "--json", "--root", root]);
    const typical = (measure: () => number): Point => [size, median(Array.from({ length: runs }, measure))];
    cold.push(
      typical(() => {
        forget(root);
        return run("status");
      }),
    );
    await settle();
    run("status");
    warm.push(typical(() => run("status")));
    plan.push(typical(() => run("plan")));
  }
  return Object.entries({ "cold status": cold, "warm status": warm, plan }).flatMap(([name, points]) => [
    compare(`growth of ${name}, 100 to 10,000 modules, log-log slope`, "x", slope(points), 1, 1.1),
    compare(`growth of ${name}, 1,000 to 10,000 modules`, "x", slope(points.slice(-3)), 1, 1.1),
  ]);
}

type Point = readonly [size: number, milliseconds: number];

/** Least squares over the logarithms. */
function slope(points: readonly Point[]): number {
  const logs = points.map(([size, milliseconds]) => [Math.log(size), Math.log(milliseconds)] as const);
  const mean = (index: 0 | 1): number => logs.reduce((sum, log) => sum + log[index], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
