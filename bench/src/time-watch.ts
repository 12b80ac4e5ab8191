import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { recordingPath } from "@jaunt/core/recording";
import type { BuiltProject } from "./project-pool.ts";
import { median } from "./result.ts";
import { jauntBinary } from "./run-process.ts";

const runs = 5;
const patience = 120_000;

/** Milliseconds, median, from saving a changed spec to its module landing under `jaunt watch`, with recorded replies. */
export async function timeWatch({ root, replies }: BuiltProject, id: string): Promise<number> {
  record(root, id, replies.get(id) ?? "");
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

function record(root: string, id: string, source: string): void {
  const file = join(root, "recordings", recordingPath(id, 1));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `<!-- jaunt:recording {"version":1} -->\n\`\`\`ts\n${source}\`\`\`\n`);
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
