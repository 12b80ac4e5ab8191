import { JauntError, type Artifact } from "@jaunt/core";
import type { Generator } from "@jaunt/core/header";
import { recordContracts } from "../contract/project-contracts.ts";
import { bodyBytes, bodyDigest } from "../read/read-generated.ts";
import type { LoadedModule } from "../read/read-specs.ts";
import { backUp } from "../write/back-up.ts";
import { removeFailure } from "../write/failure-report.ts";
import { buildHeader } from "../write/file-header.ts";
import { readProjectText } from "../write/read-project-text.ts";
import { writeOutput } from "../write/write-output.ts";
import type { BuildRun } from "./build-run.ts";
import type { ModuleBuild } from "./module-build.ts";

/** Writes an accepted module and its facade, and takes away what an earlier failure left. */
export function land(build: ModuleBuild, body: string, generator: Generator | undefined): void {
  const { run, id, planned, loaded, source } = build;
  const { context, project, tally } = run;
  const { paths, language } = loaded;
  for (const artifact of language.target.compose(source, body, language.layout)) {
    const isFacade = refuseForeign(artifact, loaded).kind === "facade";
    const text = isFacade ? artifact.text : stamp(build, artifact.text, generator);
    if (artifact.once && readProjectText(context.root, artifact.path) !== undefined) continue;
    if (planned.state === "edited" && artifact.path === paths.generated) keepCopy(run, artifact.path);
    if (writeOutput(context, artifact.path, text, artifact.kind)) tally.written.push(artifact.path);
  }
  recordContracts(context, project, id);
  removeFailure(context.root, id);
}

function refuseForeign(artifact: Artifact, { paths, module }: LoadedModule): Artifact {
  if (artifact.path === paths.generated || artifact.path === paths.facade) return artifact;
  throw new JauntError(
    `The plug-in for ${module.language} wants to write ${artifact.path}, which is no output of ${module.id}.`,
    { code: "plugin-output", exitCode: 1 },
  );
}

function stamp({ run, loaded, digests }: ModuleBuild, text: string, generator: Generator | undefined): string {
  const { module, paths, language } = loaded;
  const { target } = language;
  const body = { bodyDigest: bodyDigest(text, paths.generated, target), bodyBytes: bodyBytes(text) };
  return (
    buildHeader(module, module.role, digests, body, generator, run.context.options.toolVersion, target.lineComment) +
    text
  );
}

function keepCopy({ context, tally }: BuildRun, path: string): void {
  const copy = backUp(context.root, path);
  if (copy === undefined) return;
  tally.diagnostics.push({
    code: "build/backup",
    severity: "info",
    message: `The hand-edited ${path} was replaced; a copy is in ${copy}.`,
    file: copy,
  });
}
