import { measureBuild } from "./measure-build.ts";
import { measureCheck } from "./measure-check.ts";
import { measureCommands } from "./measure-commands.ts";
import { measureGrowth } from "./measure-growth.ts";
import { measurePrefix } from "./measure-prefix.ts";
import { measureScheduler } from "./measure-scheduler.ts";
import { measureSplice } from "./measure-splice.ts";
import { measureStart } from "./measure-start.ts";
import { measureStatus } from "./measure-status.ts";
import { createProjectPool } from "./project-pool.ts";
import type { BenchResult } from "./result.ts";

const projects = createProjectPool();
const sections: readonly (readonly [
  name: string,
  measure: () => readonly BenchResult[] | Promise<readonly BenchResult[]>,
])[] = [
  ["start", () => measureStart("examples/mail")],
  ["status of 1,000", () => measureStatus(1000, projects)],
  ["status of 10,000", () => measureStatus(10_000, projects)],
  ["growth", () => measureGrowth(projects)],
  // Last of those that share a project, for it changes it.
  ["commands", () => measureCommands(10_000, projects)],
  ["splice", () => measureSplice("examples/mail")],
  ["check without libraries", () => measureCheck(1000, "bare")],
  ["check with libraries", () => measureCheck(1000, "dom and node")],
  ["prefix", () => measurePrefix("examples/mail")],
  ["scheduler", () => measureScheduler()],
  ["build", () => measureBuild(200)],
];

const results: BenchResult[] = [];
const only = process.argv.find((argument) => argument.startsWith("--only="))?.slice("--only=".length);
try {
  for (const [name, measure] of sections) {
    if (only !== undefined && !name.startsWith(only)) continue;
    process.stderr.write(`measuring ${name} ...\n`);
    results.push(...(await measure()));
  }
} finally {
  projects.remove();
}
process.stdout.write(process.argv.includes("--json") ? `${JSON.stringify(results, undefined, 2)}\n` : table(results));

function table(rows: readonly BenchResult[]): string {
  const width = Math.max(...rows.map((row) => row.name.length));
  const lines = rows.map(
    (row) =>
      `${row.met ? "met   " : "NOT MET"} ${row.name.padEnd(width)} ${figure(row.value)} ${row.unit}  floor ${figure(row.floor)}  ratio ${figure(row.ratio)}  target ${row.target}`,
  );
  return `${lines.join("\n")}\n`;
}

function figure(value: number): string {
  return value.toFixed(value < 10 ? 3 : 1).padStart(9);
}
