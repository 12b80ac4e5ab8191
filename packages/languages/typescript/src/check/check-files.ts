import { posix } from "node:path";
import type { Diagnostic, Layout, TargetIo } from "@jaunt/core";
import { scopeOf, typescriptSettings } from "../layout/settings.ts";
import type { Compiler } from "./compiler.ts";
import { findLoadOrderProblems } from "./load-order.ts";
import { diagnosticOf } from "./types.ts";

/** Type errors of files on disk, each in the tsconfig of its spec file, and load-time uses across import cycles. */
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
    const problems = await compiler.diagnose({ tsconfig, files, overlay: new Map() }, io);
    found.push(...problems.map(diagnosticOf));
  }
  return [...found, ...findLoadOrderProblems(existing, layout, io)];
}

/** The spec file behind a generated file, whose config counts for both; other files stand for themselves. */
function specPathOf(path: string, { generatedDir }: Layout): string {
  const folder = posix.dirname(path);
  if (posix.basename(folder) !== generatedDir) return path;
  const name = posix.basename(path).replace(/(?:\.test)?(\.[mc]?tsx?)$/, ".jaunt$1");
  return posix.join(posix.dirname(folder), name);
}
