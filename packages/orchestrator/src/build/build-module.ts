import { JauntError, type Artifact, type Diagnostic, type ModuleId, type SpecSource } from "@jaunt/core";
import { formatHeader, parseGenerated, type Generator } from "@jaunt/core/header";
import { explainReason, type ModuleDigests, type PlannedModule } from "@jaunt/core/plan";
import { runAttempts, type AttemptResult } from "../generate/attempt-loop.ts";
import { noUsage } from "../generate/usage.ts";
import { bodyDigest } from "../read/read-generated.ts";
import type { LoadedModule } from "../read/read-specs.ts";
import type { TaskResult } from "../schedule/run-schedule.ts";
import { atomicWrite } from "../write/atomic-write.ts";
import { backUp } from "../write/back-up.ts";
import { removeFailure, renderPromptDump, writeFailure } from "../write/failure-report.ts";
import { buildHeader } from "../write/file-header.ts";
import { readProjectText } from "../write/read-project-text.ts";
import { safePath } from "../write/safe-path.ts";
import { writeOutput } from "../write/write-output.ts";
import { endModule, type BuildRun } from "./build-run.ts";
import type { Task } from "./select-work.ts";

/**
 * Brings one module up to date: restamps what still holds, else generates, checks and writes it at once. A failure is kept as a
 * file for people and counted; nothing of it reaches the source tree.
 * @throws {JauntError} when the build as a whole cannot go on
 */
export async function buildModule(run: BuildRun, { kind, planned }: Task): Promise<TaskResult> {
  const module = planned.id;
  const startedAt = performance.now();
  const loaded = run.project.modules.get(module);
  const source = run.sources.get(module);
  const digests = run.project.digests.get(module);
  if (loaded === undefined || source === undefined || digests === undefined)
    throw new Error(`${module} was planned and not read`);
  run.context.emit({ type: "module-start", module, reasons: planned.reasons.map(explainReason) });
  if (kind === "verify" && (await restamp(run, loaded, digests))) {
    const evidence: Diagnostic = {
      code: "build/restamped",
      severity: "info",
      message: `${module} still passes against what changed (types only).`,
      file: loaded.paths.generated,
    };
    endModule(run, { module, outcome: "restamped", attempts: 0, usage: noUsage, startedAt, diagnostics: [evidence] });
    return "done";
  }
  const ownErrors = run.specErrors.get(module);
  const result = ownErrors === undefined ? await attempt(run, loaded, source) : specFailure(module, ownErrors);
  const { outcome, attempts, usage, diagnostics } = result;
  if (outcome === "accepted" && result.body !== undefined) {
    land(run, planned, loaded, source, digests, { body: result.body, model: result.model });
    endModule(run, { module, outcome: "built", attempts, usage, startedAt, diagnostics });
    return "done";
  }
  if (outcome === "interrupted") {
    endModule(run, { module, outcome, attempts, usage, startedAt, diagnostics, message: `${module} was interrupted.` });
    return "stopped";
  }
  await run.backend.evict(result.requests);
  const { message, body: candidate, prompt } = result;
  const artifact = writeFailure(run.context.root, {
    source,
    digest: digests.moduleDigest,
    message,
    attempts,
    diagnostics,
    candidate,
    prompt,
  });
  run.context.emit({ type: "file-write", path: artifact, kind: "failed" });
  endModule(run, { module, outcome: "failed", attempts, usage, startedAt, diagnostics, message, artifact });
  return "failed";
}

/** Keeps a body that still passes against today's project, under today's digests; false when it does not pass. */
async function restamp(
  { context, signal, tally }: BuildRun,
  { module, paths, language }: LoadedModule,
  digests: ModuleDigests,
): Promise<boolean> {
  const { target, layout } = language;
  const text = readProjectText(context.root, paths.generated);
  const parsed = text === undefined ? undefined : parseGenerated(text, target.lineComment);
  if (target.checkFiles === undefined || parsed === undefined || !("header" in parsed)) return false;
  const diagnostics = await target.checkFiles([paths.generated], layout, context.io());
  if (signal.aborted || diagnostics.some(({ severity }) => severity === "error")) return false;
  const { moduleDigest, parts } = digests;
  const header = { ...parsed.header, toolVersion: context.options.toolVersion, moduleDigest, parts };
  if (writeOutput(context, paths.generated, formatHeader(header, target.lineComment) + parsed.body, "build"))
    tally.written.push(paths.generated);
  removeFailure(context.root, module.id);
  return true;
}

function attempt(
  run: BuildRun,
  { module, language: { target, layout } }: LoadedModule,
  source: SpecSource,
): Promise<AttemptResult> {
  const { context, prompts, backend, signal, options } = run;
  let number = 0;
  return runAttempts({
    candidate: { source, conventions: prompts.conventions(module.id), layout },
    target,
    io: { ...context.io(), signal },
    backend: backend.backend,
    model: context.config.llm.model,
    maxAttempts: context.config.build.max_attempts,
    signal,
    emit: (event) => context.emit(event),
    isCached: (request) => backend.isCached(request),
    render(earlier) {
      const prompt = prompts.render(source, earlier);
      number += 1;
      if (options.dumpPrompts !== undefined)
        atomicWrite(options.dumpPrompts, `${safePath(module.id)}.${number}.md`, renderPromptDump(prompt));
      return prompt;
    },
  });
}

function specFailure(module: ModuleId, diagnostics: readonly Diagnostic[]): AttemptResult {
  const message = `${module} was not generated, because its spec file has errors of its own. ${diagnostics[0]?.message ?? ""}`;
  return {
    outcome: "failed",
    attempts: 0,
    usage: noUsage,
    requests: [],
    diagnostics,
    message,
    body: undefined,
    prompt: undefined,
    model: "",
  };
}

/** Writes an accepted module and its facade, and takes away what an earlier failure left. */
function land(
  run: BuildRun,
  { state }: PlannedModule,
  loaded: LoadedModule,
  source: SpecSource,
  digests: ModuleDigests,
  { body, model }: { readonly body: string; readonly model: string },
): void {
  const { context, tally } = run;
  const { module, paths, language } = loaded;
  for (const artifact of language.target.compose(source, body, language.layout)) {
    const text =
      refuseForeign(artifact, loaded).kind === "facade"
        ? artifact.text
        : stamp(run, loaded, digests, artifact.text, model);
    if (artifact.once && readProjectText(context.root, artifact.path) !== undefined) continue;
    if (state === "edited" && artifact.path === paths.generated) keepCopy(run, artifact.path);
    if (writeOutput(context, artifact.path, text, artifact.kind)) tally.written.push(artifact.path);
  }
  removeFailure(context.root, module.id);
}

function stamp(
  { context }: BuildRun,
  { module, paths, language: { target } }: LoadedModule,
  digests: ModuleDigests,
  body: string,
  model: string,
): string {
  const generator: Generator = context.generator() ?? {
    model: `${context.config.llm.provider}/${model}`,
    prompt: context.templates().digest,
  };
  return (
    buildHeader(
      module,
      digests,
      bodyDigest(body, paths.generated, target),
      generator,
      context.options.toolVersion,
      target.lineComment,
    ) + body
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

function refuseForeign(artifact: Artifact, { paths, module }: LoadedModule): Artifact {
  if (artifact.path === paths.generated || artifact.path === paths.facade) return artifact;
  throw new JauntError(
    `The plug-in for ${module.language} wants to write ${artifact.path}, which is no output of ${module.id}.`,
    { code: "plugin-output", exitCode: 1 },
  );
}
