import { runJaunt } from "@jaunt/testkit";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { shapes } from "./forty-modules.ts";
import { openVictim } from "./kill-build.ts";
import { readTree } from "./project-tree.ts";

/** Reads files over and over, as fast as it can, and keeps every text that it has seen of each. */
const reader = `
  const { readFileSync } = require("node:fs");
  const { parentPort, workerData } = require("node:worker_threads");
  const { files, stop } = workerData;
  const seen = new Map(files.map((file) => [file, new Set()]));
  let rounds = 0;
  for (; Atomics.load(stop, 0) === 0; rounds += 1)
    for (const file of files) {
      try { seen.get(file).add(readFileSync(file, "latin1")); } catch {}
    }
  parentPort.postMessage({ rounds, seen });
`;

test("whoever reads a generated file or a facade while a build writes it sees a whole one", async () => {
  const { project, close, start } = await openVictim(1);
  expect((await runJaunt(project.root, ["sync"])).exitCode).toBe(0);
  const before = await readTree(project);
  const paths = shapes.flatMap(({ name }) => [`src/${name}.ts`, `src/__generated__/${name}.ts`]);
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(reader, {
    eval: true,
    workerData: { files: paths.map((path) => `${project.root}/${path}`), stop },
  });
  const found = new Promise<{ readonly rounds: number; readonly seen: ReadonlyMap<string, ReadonlySet<string>> }>(
    (resolve) => worker.once("message", resolve),
  );
  expect((await start().finished).exitCode).toBe(0);
  Atomics.store(stop, 0, 1);
  const { rounds, seen } = await found;
  const after = await readTree(project);
  const torn = paths.filter((path) =>
    [...(seen.get(`${project.root}/${path}`) ?? [])].some(
      (text) => text !== before.get(path) && text !== after.get(path),
    ),
  );
  expect(torn).toEqual([]);
  expect(rounds).toBeGreaterThan(100);
  await close();
});
