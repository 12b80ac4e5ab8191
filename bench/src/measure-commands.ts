import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { moduleId } from "./make-project.ts";
import { memoryBudget } from "./measure-status.ts";
import { recordReply, settle, type BuiltProject, type ProjectPool } from "./project-pool.ts";
import { compare, type BenchResult } from "./result.ts";
import { benchScript, jauntBinary, peakMemory, timeNode, timePair, tscBinary } from "./run-process.ts";
import { timeWatch } from "./time-watch.ts";

/**
 * Commands about one module of a large project: `check --since` with one edited file, `why` and `plan` with one stale module,
 * a rebuild by `watch`, and their memory. The floor is what a fresh look at the project costs in bare Node; for what also
 * proves a file, with a `tsc` of that one file besides.
 */
export async function measureCommands(count: number, projects: ProjectPool): Promise<readonly BenchResult[]> {
  const project = await projects.built(count);
  const { root } = project;
  const name = `${count.toLocaleString("en-US")} modules`;
  const jaunt = (...words: readonly string[]): readonly string[] => [jauntBinary, ...words, "--json", "--root", root];
  const look = (): number => timeNode([benchScript("status-floor"), "warm", root]);
  const [edited, stale] = [moduleId(Math.floor(count / 3)), moduleId(Math.floor(count / 2))];

  commitAll(root);
  appendFileSync(join(root, `${edited}.jaunt.ts`), "// Nothing that counts.\n");
  timeNode(jaunt("status"));
  await settle();
  timeNode(jaunt("status"));
  const proof = (): number => look() + timeCompileOf(project, edited);
  const [checkTime, checkFloor] = timePair(5, () => timeNode(jaunt("check", "--since", "HEAD")), proof);

  let edits = 0;
  const statusOfEdit = (): number => {
    editDoc(root, stale, `The label of item ${(edits += 1)} as it`);
    return timeNode(jaunt("status"));
  };
  const [editTime, editFloor] = timePair(5, statusOfEdit, look);
  await settle();
  timeNode(jaunt("status"));
  const [whyTime, whyFloor] = timePair(5, () => timeNode(jaunt("why", stale)), look);
  const [planTime, planFloor] = timePair(5, () => timeNode(jaunt("plan")), look);
  const planMemory = peakMemory(jaunt("plan"));
  recordReply(project, stale);
  const buildMemory = peakMemory(jaunt("build", "--no-cache"));
  const watchTime = await timeWatch(project, moduleId(Math.floor(count / 4)));
  return [
    compare(`check --since HEAD, one edited file, ${name}, against a look + tsc of it`, "ms", checkTime, checkFloor, 3),
    compare(`status after an edited doc, ${name}, against walk + stat + headers`, "ms", editTime, editFloor, 3),
    compare(`why of one stale module, ${name}, against walk + stat + headers`, "ms", whyTime, whyFloor, 4),
    compare(`plan with one stale module, ${name}, against walk + stat + headers`, "ms", planTime, planFloor, 4),
    compare(`watch, from save to landing, ${name}, against a look + tsc of it`, "ms", watchTime, checkFloor, 3),
    compare(`peak memory of plan, ${name}`, "MB", planMemory, memoryBudget, 1),
    compare(`peak memory of a build of one module, ${name}, compiler aside`, "MB", buildMemory, memoryBudget, 1),
  ];
}

function commitAll(root: string): void {
  const git = (...words: readonly string[]): void => {
    execFileSync("git", ["-c", "user.name=bench", "-c", "user.email=bench@example.invalid", ...words], { cwd: root });
  };
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "all");
}

/** Words in a doc that no other module sees. */
function editDoc(root: string, id: string, words: string): void {
  const file = join(root, `${id}.jaunt.ts`);
  writeFileSync(file, readFileSync(file, "utf8").replace(/The label of (?:the item|item \d+ as it)/, words));
}

/** Whole `tsc` process for the generated file of one module, with what that imports. */
function timeCompileOf({ root }: BuiltProject, id: string): number {
  const folder = mkdtempSync(join(tmpdir(), "jaunt-bench-tsc-"));
  const generated = id.replace(/[^/]*$/, "__generated__/$&.ts");
  const config = { extends: join(root, "tsconfig.json"), include: [], files: [join(root, generated)] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  try {
    return timeNode([tscBinary(), "-p", folder, "--typeRoots", join(root, "node_modules", "@types")]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
