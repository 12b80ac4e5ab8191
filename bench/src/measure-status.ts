import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildProject } from "./build-project.ts";
import { makeProject } from "./make-project.ts";
import { compare, type BenchResult } from "./result.ts";
import { benchScript, jauntBinary, peakMemory, timeNode, timePair } from "./run-process.ts";

/** Megabytes that `status` may take at 10,000 modules. */
const memoryBudget = 250;

/** Warm and cold `status` of a built project of `count` modules against bare Node, and its peak memory. */
export async function measureStatus(count: number): Promise<readonly BenchResult[]> {
  const root = mkdtempSync(join(tmpdir(), `jaunt-bench-${count}-`));
  try {
    await buildProject(root, { replies: makeProject(root, count), check: false });
    const status = (): number => timeNode([jauntBinary, "status", "--json", "--root", root]);
    const floor = (mode: string) => (): number => timeNode([benchScript("status-floor"), mode, root]);
    const cold = (): number => {
      rmSync(join(root, ".jaunt", "cache"), { recursive: true, force: true });
      return status();
    };
    const [coldTime, coldFloor] = timePair(3, cold, floor("cold"));
    rmSync(join(root, ".jaunt", "cache"), { recursive: true, force: true });
    const coldMemory = peakMemory([jauntBinary, "status", "--json", "--root", root]);
    // A file written within the clock's resolution of the cache is read again, as git does; let that pass.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    status();
    const [warmTime, warmFloor] = timePair(7, status, floor("warm"));
    const warmMemory = peakMemory([jauntBinary, "status", "--json", "--root", root]);
    const name = count.toLocaleString("en-US");
    return [
      compare(`warm status, ${name} modules, against walk + stat + headers`, "ms", warmTime, warmFloor, 2),
      compare(`cold status, ${name} modules, against read + parse`, "ms", coldTime, coldFloor, 2),
      compare(`peak memory of a warm status, ${name} modules`, "MB", warmMemory, memoryBudget, 1),
      compare(`peak memory of a cold status, ${name} modules`, "MB", coldMemory, memoryBudget, 1),
    ];
  } finally {
    rmSync(root, { recursive: true });
  }
}
