import { forget, settle, type ProjectPool } from "./project-pool.ts";
import { compare, type BenchResult } from "./result.ts";
import { benchScript, jauntBinary, peakMemory, timeNode, timePair } from "./run-process.ts";

/** Megabytes that any command may take at 10,000 modules. */
export const memoryBudget = 250;

/** Warm and cold `status` of a built project of `count` modules against bare Node, and its peak memory. */
export async function measureStatus(count: number, projects: ProjectPool): Promise<readonly BenchResult[]> {
  const { root } = await projects.built(count);
  const arguments_ = [jauntBinary, "status", "--json", "--root", root];
  const status = (): number => timeNode(arguments_);
  const floor = (mode: string) => (): number => timeNode([benchScript("status-floor"), mode, root]);
  const cold = (): number => {
    forget(root);
    return status();
  };
  const [coldTime, coldFloor] = timePair(3, cold, floor("cold"));
  forget(root);
  const coldMemory = peakMemory(arguments_);
  await settle();
  status();
  const [warmTime, warmFloor] = timePair(7, status, floor("warm"));
  const warmMemory = peakMemory(arguments_);
  const name = count.toLocaleString("en-US");
  return [
    compare(`warm status, ${name} modules, against walk + stat + headers`, "ms", warmTime, warmFloor, 2),
    compare(`cold status, ${name} modules, against read + parse`, "ms", coldTime, coldFloor, 2),
    compare(`peak memory of a warm status, ${name} modules`, "MB", warmMemory, memoryBudget, 1),
    compare(`peak memory of a cold status, ${name} modules`, "MB", coldMemory, memoryBudget, 1),
  ];
}
