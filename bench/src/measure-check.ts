import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Candidate, Layout, TargetIo } from "@jaunt/core";
import { createTypescriptTarget, typescriptReader } from "@jaunt/typescript";
import { buildProject } from "./build-project.ts";
import { makeProject, moduleId, type Libraries } from "./make-project.ts";
import { compare, median, quantile, type BenchResult } from "./result.ts";
import { timeNode, tscBinary } from "./run-process.ts";

const candidates = 60;

/** Latency of the whole check ladder for one candidate in a project of `count` files, against `tsc -p` on the same project. */
export async function measureCheck(count: number, libraries: Libraries): Promise<readonly BenchResult[]> {
  const root = mkdtempSync(join(tmpdir(), "jaunt-bench-check-"));
  const target = createTypescriptTarget();
  try {
    const replies = makeProject(root, count / 2 - 1, libraries);
    await buildProject(root, { replies, check: false });
    const io: TargetIo = {
      root,
      signal: new AbortController().signal,
      exec: () => Promise.reject(new Error("the bench starts no process")),
      readText: (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined),
    };
    const files = [...replies.keys()].map((id) => `${id}.jaunt.ts`);
    const { settings } = await target.configure(io, files);
    const layout: Layout = {
      sourceRoots: ["src"],
      testRoots: [],
      generatedDir: "__generated__",
      testRunner: "vitest",
      settings,
    };
    const judge = (index: number): Promise<number> => timeCheck(root, index, replies, layout, io);
    await judge(0);
    const times: number[] = [];
    for (let index = 1; index <= candidates; index += 1) times.push(await judge((index * 37) % replies.size));
    const full = median(Array.from({ length: 5 }, () => timeNode([tscBinary(), "-p", root])));
    const project = `${count} files, ${libraries === "bare" ? "no library types" : "DOM and Node types"}`;
    return [
      compare(`candidate check, median, ${project}, against tsc -p`, "ms", median(times), full, 0.1),
      compare(`candidate check, p95, ${project}, against tsc -p`, "ms", quantile(times, 0.95), full, 0.25),
    ];
  } finally {
    await target.close?.();
    rmSync(root, { recursive: true });
  }

  async function timeCheck(
    folder: string,
    index: number,
    replies: ReadonlyMap<string, string>,
    layout: Layout,
    io: TargetIo,
  ): Promise<number> {
    const id = moduleId(index);
    const path = `${id}.jaunt.ts`;
    const text = readFileSync(join(folder, path), "utf8");
    const { module } = typescriptReader.read({ path, text }, layout);
    if (module === undefined) throw new Error(`${path} cannot be read`);
    // A comment makes every candidate a text that the compiler has not seen.
    const body = `${replies.get(id) ?? ""}\n// ${index}\n`;
    const candidate: Candidate = {
      source: { module, text },
      body,
      conventions: target.conventions(module, layout),
      layout,
    };
    const start = performance.now();
    const diagnostics = await target.check(candidate, io);
    const elapsed = performance.now() - start;
    if (diagnostics.some((diagnostic) => diagnostic.severity === "error"))
      throw new Error(JSON.stringify(diagnostics[0]));
    return elapsed;
  }
}
