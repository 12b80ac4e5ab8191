import { realpathSync } from "node:fs";
import type { Diagnostic } from "typescript/unstable/async";
import type { CompileRequest } from "./compile-request.ts";
import { startApi } from "./start-api.ts";

/**
 * Those of many files on disk that do not plainly pass: with an error in their tsconfig's project, or not part of it. The compiler
 * reads everything by itself, on all cores, and its process ends with this call, so that a large project stays in nobody's memory.
 */
export async function findFailingFiles(
  nativeRoot: string,
  { tsconfig, files }: Pick<CompileRequest, "tsconfig" | "files">,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const root = realpathSync(nativeRoot).replaceAll("\\", "/");
  const { api, ended, stop } = await startApi({ cwd: root });
  const abort = (): void => void stop();
  signal.addEventListener("abort", abort);
  const find = async (): Promise<readonly string[]> => {
    const config = `${root}/${tsconfig}`;
    const project = (await api.updateSnapshot({ openProjects: [config] })).getProject(config);
    if (project === undefined) return files;
    const { program } = project;
    const failing = new Set<string | undefined>();
    const note = (found: readonly Diagnostic[]): void => found.forEach(({ fileName }) => failing.add(fileName));
    note(await program.getSyntacticDiagnostics());
    note(await program.getSemanticDiagnostics());
    const { declaration, composite } = program.getCompilerOptions();
    if (declaration || composite) note(await program.getDeclarationDiagnostics());
    const members = new Set(await program.getSourceFileNames());
    return files.filter((file) => !members.has(`${root}/${file}`) || failing.has(`${root}/${file}`));
  };
  try {
    return await Promise.race([find(), ended]);
  } finally {
    signal.removeEventListener("abort", abort);
    await stop();
  }
}
