import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { recordReply, type BuiltProject } from "./project-pool.ts";
import { median } from "./result.ts";
import { jauntBinary } from "./run-process.ts";

const runs = 5;
const patience = 120_000;

/** Milliseconds, median, from saving a changed spec to its module landing under `jaunt watch`, with recorded replies. */
export async function timeWatch(project: BuiltProject, id: string): Promise<number> {
  const { root } = project;
  recordReply(project, id);
  const watch = spawn(process.execPath, [jauntBinary, "watch", "--no-cache", "--target", id, "--root", root], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    const idle = idleTimes(watch);
    const times: number[] = [];
    for (let run = 0; run <= runs; run += 1) {
      await idle(run + 1);
      times.push(await timeRebuild(root, id, run));
    }
    // The first rebuild started the compiler.
    return median(times.slice(1));
  } finally {
    watch.kill("SIGINT");
  }
}

async function timeRebuild(root: string, id: string, run: number): Promise<number> {
  const spec = join(root, `${id}.jaunt.ts`);
  const generated = join(root, id.replace(/[^/]*$/, "__generated__/$&.ts"));
  const before = statSync(generated).mtimeMs;
  const text = readFileSync(spec, "utf8").replace(/The label of \w+ item/, `The label of item${run} item`);
  const start = performance.now();
  writeFileSync(spec, text);
  while (statSync(generated).mtimeMs === before) {
    if (performance.now() - start > patience) throw new Error("watch did not rebuild");
    await sleep(2);
  }
  return performance.now() - start;
}

/** Waits until a watch has said so many times that it has nothing to do. */
function idleTimes({ stdout, stderr }: ChildProcess): (times: number) => Promise<void> {
  let output = "";
  const read = (chunk: Buffer): void => {
    output += chunk.toString("utf8");
  };
  stdout?.on("data", read);
  stderr?.on("data", read);
  return async (times) => {
    const start = performance.now();
    while ((output.match(/^watching \d[^\n]*; Ctrl-C/gm)?.length ?? 0) < times) {
      if (performance.now() - start > patience) throw new Error(`The watch does not come to rest:\n${output}`);
      await sleep(20);
    }
  };
}
