import { randomBytes } from "node:crypto";
import type { ExecResult, Layout, SuiteOptions, SuiteRun, TargetIo } from "@jaunt/core";
import { bundleTest } from "./bundle-test.ts";
import { earlyEnd } from "./early-end.ts";
import { judgeFile } from "./judge-file.ts";
import { programUrl } from "./program.ts";
import { runnerEvents } from "./runner-events.ts";
import type { SuiteLimits } from "./suite-limits.ts";

const maxOutput = 20_000_000;

/** Runs each file, bundled, by a `node --test` of its own: so what a file does to its process is told apart on every version of Node. */
export async function runNodeTests(
  files: readonly string[],
  options: SuiteOptions,
  limits: SuiteLimits,
  layout: Layout,
  io: TargetIo,
): Promise<SuiteRun> {
  const runs = new Map<string, SuiteRun>();
  const waiting = [...files];
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      runs.set(file, await runFile(file, options, limits, layout, io));
      io.signal.throwIfAborted();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, work));
  const inOrder = files.flatMap((file) => runs.get(file) ?? []);
  return {
    tests: inOrder.flatMap(({ tests }) => tests),
    diagnostics: inOrder.flatMap(({ diagnostics }) => diagnostics),
  };
}

async function runFile(
  file: string,
  options: SuiteOptions,
  limits: SuiteLimits,
  layout: Layout,
  io: TargetIo,
): Promise<SuiteRun> {
  const folder = `.jaunt/test/${randomBytes(6).toString("hex")}`;
  const built = await bundleTest(file, folder, layout, io);
  if ("severity" in built) return { tests: [], diagnostics: [built] };
  const bundle = `${folder}/${bundleName(file)}${built.ending}`;
  const result = await io.exec([process.execPath, ...nodeArguments(limits, options), bundle], {
    files: new Map([[bundle, built.code]]),
    channel: true,
    timeoutMs: limits.file,
    maxOutput,
  });
  io.signal.throwIfAborted();
  const events = runnerEvents(result.channel ?? "");
  const early = events === undefined ? "got a report that cannot be read" : earlyEnd(result, limits.file);
  const ending = {
    failed: result.exitCode !== 0,
    isSelection: options.args.some((each) => /^--test-(?:name-pattern|skip-pattern|only)/.test(each)),
    ...(early === undefined ? explain(result, events ?? []) : { early }),
  };
  return judgeFile(file, events ?? [], ending, io);
}

/** A name that no pattern of Node's understands as more than a name. */
function bundleName(file: string): string {
  return `${file
    .replace(/^.*\//, "")
    .replaceAll(/[^\w.-]/g, "_")
    .replace(/\.[mc]?tsx?$/, "")}`;
}

function nodeArguments({ test }: SuiteLimits, { args }: SuiteOptions): readonly string[] {
  const [major = 0] = process.versions.node.split(".").map(Number);
  return [
    "--test",
    "--enable-source-maps",
    `--test-reporter=${programUrl("node-reporter").href}`,
    "--test-reporter-destination=stdout",
    // Before Node 21 the limit is one for the whole file.
    ...(major > 20 ? [`--test-timeout=${test}`] : []),
    ...args,
  ];
}

/** A runner that failed before it could report anything says why on its error output. */
function explain({ exitCode, stderr }: ExecResult, events: readonly unknown[]): { readonly early?: string } {
  if (events.length > 0 || exitCode === 0) return {};
  const [line = ""] = stderr.trim().split("\n").slice(-1);
  return { early: `could not be run: node ended with exit code ${exitCode}${line === "" ? "" : ` (${line})`}` };
}
