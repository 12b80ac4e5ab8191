import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** The real, freshly built binary. */
export const jauntBinary: string = join(here, "..", "..", "packages", "cli", "dist", "bin.js");

/** The compiler's own command. */
export function tscBinary(): string {
  return join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
}

/** A script that the bench package itself builds. */
export function benchScript(name: string): string {
  return join(here, `${name}.js`);
}

/** Wall time in milliseconds of one whole Node process. @throws {Error} when it fails */
export function timeNode(
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string } = {},
): number {
  const start = performance.now();
  const result = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 28, ...options });
  const elapsed = performance.now() - start;
  if (result.status !== 0) throw new Error(`node ${args.join(" ")}: ${result.stdout}${result.stderr}`);
  return elapsed;
}

/** Times two processes in turn, A B A B, so that a drift of the machine's speed meets both. Medians in milliseconds. */
export function timePair(runs: number, a: () => number, b: () => number): readonly [number, number] {
  a();
  b();
  const pairs = Array.from({ length: runs }, () => [a(), b()] as const);
  const middle = (index: 0 | 1): number => {
    const sorted = pairs.map((pair) => pair[index]).toSorted((x, y) => x - y);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return [middle(0), middle(1)];
}

/** Peak resident memory of one Node process in megabytes. */
export function peakMemory(args: readonly string[]): number {
  const folder = mkdtempSync(join(tmpdir(), "jaunt-memory-"));
  const file = join(folder, "peak");
  const preload = pathToFileURL(benchScript("report-memory")).href;
  const result = spawnSync(process.execPath, ["--import", preload, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, JAUNT_BENCH_PEAK: file },
  });
  if (result.status !== 0) throw new Error(`${result.stdout}${result.stderr}`);
  const kilobytes = Number(readFileSync(file, "utf8"));
  rmSync(folder, { recursive: true });
  return kilobytes / 1024;
}
