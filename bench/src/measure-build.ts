import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildProject } from "./build-project.ts";
import { makeProject } from "./make-project.ts";
import { compare, type BenchResult } from "./result.ts";

/** What Jaunt itself takes per built module, checks included, when the backend answers at once; floor: the same without the check ladder. */
export async function measureBuild(count: number): Promise<readonly BenchResult[]> {
  const checked = await buildOnce(count, true);
  const unchecked = await buildOnce(count, false);
  return [
    compare(
      `own time of a build per module (${count} modules, instant backend) against the Python Jaunt's 6,400 ms`,
      "ms",
      checked,
      6400,
      0.1,
    ),
    compare(`the same without checking, against with`, "ms", unchecked, checked, 1),
  ];
}

async function buildOnce(count: number, check: boolean): Promise<number> {
  const root = mkdtempSync(join(tmpdir(), "jaunt-bench-build-"));
  try {
    const replies = makeProject(root, count);
    const start = performance.now();
    const report = await buildProject(root, { replies, check });
    if (report.generated.length !== count)
      throw new Error(`built ${report.generated.length} of ${count}: ${JSON.stringify(report.failed[0])}`);
    return (performance.now() - start) / count;
  } finally {
    rmSync(root, { recursive: true });
  }
}
