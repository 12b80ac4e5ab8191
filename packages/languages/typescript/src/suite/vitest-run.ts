import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import type { Diagnostic, ExecResult, SuiteOptions, SuiteRun, TargetIo } from "@jaunt/core";
import { earlyEnd, seconds } from "./early-end.ts";
import { installLine } from "./install-line.ts";
import { judgeFile } from "./judge-file.ts";
import { programUrl } from "./program.ts";
import { runnerEvents, type RunnerEvent } from "./runner-events.ts";
import type { SuiteLimits } from "./suite-limits.ts";

const maxOutput = 50_000_000;

/** Runs all files in one process by the vitest that the project has, under the project's own configuration. */
export async function runVitest(
  files: readonly string[],
  { args, jobs }: SuiteOptions,
  limits: SuiteLimits,
  io: TargetIo,
): Promise<SuiteRun> {
  const result = await io.exec([process.execPath, fileURLToPath(programUrl("vitest-driver"))], {
    input: JSON.stringify({ files, args, jobs: Math.max(1, jobs), quietMilliseconds: limits.quiet }),
    channel: true,
    timeoutMs: limits.run,
    maxOutput,
  });
  io.signal.throwIfAborted();
  const events = runnerEvents(result.channel ?? "");
  if (events === undefined) return broken("vitest gave a report that cannot be read.");
  const missing = events.find((each) => each.event === "missing");
  if (missing !== undefined) return { tests: [], diagnostics: [missingVitest(missing.version, io)] };
  const stuck = events.find((each) => each.event === "stuck");
  const early = stuck === undefined ? earlyEnd(result, limits.run) : `did nothing for ${seconds(stuck.milliseconds)}`;
  if (early === undefined && result.exitCode !== 0) return broken(failureText(result));
  const ended = new Set(events.flatMap((each) => (each.event === "end" ? [each.file] : [])));
  const runs = files.map((file) => {
    const own = events.filter((each) => "file" in each && projectPath(each.file, io) === file);
    const cut = early !== undefined && !own.some((each) => each.event === "end" && ended.has(each.file));
    return judgeFile(file, own, { failed: false, isSelection: false, ...(cut ? { early } : {}) }, io);
  });
  const known = new Set(files);
  const elsewhere = events.filter(
    (each) => each.event === "problem" && !known.has(projectPath(each.file, io) ?? ""),
  ) as readonly Extract<RunnerEvent, { event: "problem" }>[];
  return {
    tests: runs.flatMap(({ tests }) => tests),
    diagnostics: [
      ...runs.flatMap(({ diagnostics }) => diagnostics),
      ...elsewhere.flatMap(
        ({ error }) => broken(`vitest reports an error outside of all tests: ${error.message}`).diagnostics,
      ),
    ],
  };
}

function projectPath(file: string | undefined, io: TargetIo): string | undefined {
  return file === undefined ? undefined : relative(io.root, file).split(sep).join("/");
}

function missingVitest(version: string | undefined, io: TargetIo): Diagnostic {
  const message =
    version === undefined
      ? "The project has no vitest, which is to run its generated tests."
      : `The project has vitest ${version}; generated tests need vitest 3 or newer.`;
  return {
    code: "suite/runner-missing",
    severity: "error",
    message,
    hint: `Run \`${installLine("vitest", io)}\`, or set runner = "node:test" under [test] in jaunt.toml.`,
  };
}

function broken(message: string): SuiteRun {
  const diagnostic: Diagnostic = {
    code: "suite/runner-failed",
    severity: "error",
    message: stripVTControlCharacters(message),
  };
  return { tests: [], diagnostics: [diagnostic] };
}

/** The error among what a program that fell over wrote. */
function failureText({ exitCode, stderr }: ExecResult): string {
  const text = stripVTControlCharacters(stderr);
  const [thrown] = /^\S*Error\b.*(?:\n(?!\s+at ).+)*/m.exec(text) ?? [];
  const said = thrown ?? text.trim().split("\n").at(-1) ?? "";
  return `vitest could not run the tests: ${said === "" ? `it ended with exit code ${exitCode}` : said}`;
}
