import type { TargetIo } from "@jaunt/core";
import { createTemporaryProject, runProcess, type TemporaryProject } from "@jaunt/testkit";
import { onTestFinished } from "vitest";
import { createCompiler, type Compiler } from "./compiler.ts";

/** A compiler for a temporary project of these files; both end with the test. */
export async function openCompiler(
  files: Readonly<Record<string, string>>,
): Promise<{ io: TargetIo; compiler: Compiler; files: TemporaryProject }> {
  const temporary = await createTemporaryProject(files);
  const compiler = createCompiler();
  onTestFinished(async () => {
    await compiler.close();
    await temporary.remove();
  });
  const io: TargetIo = {
    root: temporary.root,
    signal: new AbortController().signal,
    readText: () => undefined,
    async exec([command = "", ...args], { cwd } = {}) {
      const { exitCode, stdout, stderr } = await runProcess(command, args, { cwd: cwd ?? temporary.root });
      return { exitCode, stdout, stderr, timedOut: false };
    },
  };
  return { io, compiler, files: temporary };
}
