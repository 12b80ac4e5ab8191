import { posix } from "node:path";
import type { Diagnostic, Layout, TargetIo } from "@jaunt/core";
import { roleOf } from "../layout/role-of.ts";
import { scopeOf, typescriptSettings } from "../layout/settings.ts";
import type { Compiler } from "./compiler.ts";
import { findLoadOrderProblems } from "./load-order.ts";
import { runnerDiagnostic, runnerProbe } from "./runner-types.ts";
import { diagnosticOf } from "./types.ts";

/** Type errors of files on disk, and types of the test runner that spec files of tests need and lack, each in the tsconfig of its spec file, and load-time uses across import cycles. */
export async function checkFiles(
  paths: readonly string[],
  layout: Layout,
  compiler: Compiler,
  io: TargetIo,
): Promise<readonly Diagnostic[]> {
  const settings = typescriptSettings(layout.settings);
  const existing = paths.filter((path) => io.readText(path) !== undefined);
  const groups = new Map<string, string[]>();
  for (const path of existing) {
    const { tsconfig } = scopeOf(specPathOf(path, layout), settings);
    const group = groups.get(tsconfig);
    if (group === undefined) groups.set(tsconfig, [path]);
    else group.push(path);
  }
  const found: Diagnostic[] = [];
  for (const [tsconfig, files] of groups) {
    const probe = runnerProbe(files, layout);
    const overlay = new Map(probe === undefined ? [] : [[probe.path, probe.text]]);
    const problems = await compiler.diagnose({ tsconfig, files: [...files, ...overlay.keys()], overlay }, io);
    found.push(...problems.filter(({ file }) => file !== probe?.path).map(diagnosticOf));
    const tests = files.filter((path) => roleOf(path, layout) === "test");
    const ofRunner = problems.filter(({ file }) => file === probe?.path);
    found.push(...tests.flatMap((path) => ofRunner.flatMap((problem) => runnerDiagnostic(problem, path, io) ?? [])));
  }
  return [...found, ...(await findLoadOrderProblems(existing, layout, io))];
}

/** The spec file behind a generated file, whose config counts for both; other files stand for themselves. */
function specPathOf(path: string, { generatedDir }: Layout): string {
  const folder = posix.dirname(path);
  if (posix.basename(folder) !== generatedDir) return path;
  const name = posix.basename(path).replace(/(?:\.test)?(\.[mc]?tsx?)$/, ".jaunt$1");
  return posix.join(posix.dirname(folder), name);
}
