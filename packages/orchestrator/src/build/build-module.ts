import { JauntError, type Candidate, type Diagnostic } from "@jaunt/core";
import type { Generator } from "@jaunt/core/header";
import { explainReason } from "@jaunt/core/plan";
import { runAttempts, type AttemptResult } from "../generate/attempt-loop.ts";
import { noUsage } from "../generate/usage.ts";
import { casesToRun, noExamples, verifyExamples } from "../generate/verify-examples.ts";
import type { LoadedModule } from "../read/read-specs.ts";
import type { TaskResult } from "../schedule/run-schedule.ts";
import { atomicWrite } from "../write/atomic-write.ts";
import { renderPromptDump, writeFailure } from "../write/failure-report.ts";
import { safePath } from "../write/safe-path.ts";
import { endModule, type BuildRun, type ModuleEnd } from "./build-run.ts";
import { checkOnDisk } from "./check-on-disk.ts";
import { land } from "./land.ts";
import { moduleBuild, type ModuleBuild } from "./module-build.ts";
import { planSplice, type SpliceTask } from "./plan-splice.ts";
import { restamp } from "./restamp.ts";
import type { Task } from "./select-work.ts";

/**
 * Brings one module up to date: restamps what still holds, else generates, checks and writes it at once. A failure is kept as a
 * file for people and counted; nothing of it reaches the source tree.
 * @throws {JauntError} when the build as a whole cannot go on
 */
export async function buildModule(run: BuildRun, task: Task): Promise<TaskResult> {
  const build = moduleBuild(run, task);
  const telemetry = await run.context.telemetry();
  return telemetry.span("jaunt.module", { "jaunt.module": build.id, "jaunt.task": build.kind }, () => perform(build));
}

async function perform(build: ModuleBuild): Promise<TaskResult> {
  const { run } = build;
  const startedAt = performance.now();
  run.context.emit({ type: "module-start", module: build.id, reasons: build.planned.reasons.map(explainReason) });
  if (build.kind === "verify" && (await restamp(build, startedAt))) return "done";
  const ownErrors = run.specErrors.get(build.id);
  const splice = ownErrors === undefined ? planSplice(build) : undefined;
  if (splice?.asked.length === 0 && (await landWithoutReply(build, splice, startedAt))) return "done";
  return end(
    build,
    ownErrors === undefined ? await attempt(build, splice) : specFailure(build.id, ownErrors),
    startedAt,
  );
}

/** Lands what stays of a module when nothing is to be written anew, as after a spec was removed; false when that does not pass. */
async function landWithoutReply(build: ModuleBuild, splice: SpliceTask, startedAt: number): Promise<boolean> {
  const { run, id, loaded } = build;
  const { body } = splice.join("");
  const io = { ...run.context.io(), signal: run.signal };
  const { target } = loaded.language;
  const candidate = { ...candidateOf(build), body };
  const diagnostics = await target.check(candidate, io);
  if (run.signal.aborted || diagnostics.some(({ severity }) => severity === "error")) return false;
  const examples = await verifyExamples(target, candidate, casesToRun(run, build.source), io);
  if (run.signal.aborted || examples.failed > 0) return false;
  land(build, body, splice.generator);
  endModule(run, {
    module: id,
    outcome: "restamped",
    attempts: 0,
    usage: noUsage,
    startedAt,
    diagnostics: [],
    examples: { passed: examples.passed, notRun: examples.skipped },
  });
  return true;
}

function candidateOf({ run, id, loaded, source }: ModuleBuild): Omit<Candidate, "body"> {
  return { source, conventions: run.prompts.conventions(id), layout: loaded.language.layout };
}

function attempt(build: ModuleBuild, splice: SpliceTask | undefined): Promise<AttemptResult> {
  const { run, id, loaded, source } = build;
  const { context, prompts, backend, options } = run;
  let number = 0;
  return runAttempts({
    candidate: candidateOf(build),
    target: loaded.language.target,
    cases: casesToRun(run, source),
    // A compiler takes another signal for another run, and would look at every file again.
    io: { ...context.io(), signal: run.signal },
    backend: backend.backend,
    model: context.config.llm.model,
    maxAttempts: context.config.build.max_attempts,
    signal: run.control?.signalOf(id) ?? run.signal,
    // Where nothing could do without an answer after all, everything is asked for.
    splice: splice?.asked.length === 0 ? undefined : splice,
    emit: (event) => context.emit(event),
    surroundings: async () => {
      const pathOf = ({ module }: LoadedModule): string => module.path;
      return (await checkOnDisk(context, run.project, [id], pathOf)).errors.get(id) ?? [];
    },
    isCached: (request) => backend.isCached(request),
    render(earlier, asked) {
      const prompt = prompts.render(source, earlier, asked);
      number += 1;
      if (options.dumpPrompts !== undefined)
        atomicWrite(options.dumpPrompts, `${safePath(id)}.${number}.md`, renderPromptDump(prompt));
      return prompt;
    },
  });
}

function specFailure(module: string, diagnostics: readonly Diagnostic[]): AttemptResult {
  const message = `${module} was not generated, because its spec file has errors of its own. ${diagnostics[0]?.message ?? ""}`;
  return {
    outcome: "failed",
    attempts: 0,
    usage: noUsage,
    requests: [],
    diagnostics,
    rejections: [],
    message,
    body: undefined,
    prompt: undefined,
    model: "",
    spliced: undefined,
    examples: noExamples,
    unjudged: true,
  };
}

/** Lands what was accepted, keeps for people what was not, and counts it. */
async function end(build: ModuleBuild, result: AttemptResult, startedAt: number): Promise<TaskResult> {
  const { run, id: module, source, digests } = build;
  const {
    outcome,
    attempts,
    usage,
    diagnostics,
    rejections,
    message,
    body,
    prompt,
    requests,
    spliced,
    examples,
    unjudged,
  } = result;
  const common = { module, attempts, usage, cost: run.backend.costOf(usage), startedAt, diagnostics };
  if (outcome === "accepted" && body !== undefined) {
    const refusal = tryToLand(build, body, generatorOf(run, build.loaded, result.model));
    // The reply is good and kept: once the place can be written to, nothing is asked for again.
    if (refusal !== undefined) return refuse(build, { ...common, ...refusal });
    run.backend.share(requests);
    endModule(run, { ...common, outcome: "built", spliced, examples });
    return "done";
  }
  if (outcome === "interrupted") {
    endModule(run, { ...common, outcome, message: `${module} was interrupted.` });
    return "stopped";
  }
  if (outcome === "unpaid") {
    const left = "The budget of this build did not allow another call for it.";
    endModule(run, { ...common, outcome: "over_budget", message: left, diagnostics: [] });
    return "stopped";
  }
  if (!unjudged) await run.backend.evict(requests);
  const artifact = writeFailure(run.context.root, {
    source,
    digest: digests.moduleDigest,
    message,
    attempts,
    diagnostics,
    rejections,
    candidate: body,
    prompt,
  });
  run.context.emit({ type: "file-write", path: artifact, kind: "failed" });
  endModule(run, { ...common, outcome: "failed", message, artifact });
  return "failed";
}

/** Why the place of one module cannot be written to; undefined when it was written. */
function tryToLand(
  build: ModuleBuild,
  body: string,
  generator: Generator,
): Pick<ModuleEnd, "message" | "diagnostics"> | undefined {
  try {
    land(build, body, generator);
    return undefined;
  } catch (error) {
    if (!JauntError.isInstance(error) || !isLocalRefusal(error)) throw error;
    const { code, message, hint } = error;
    const diagnostic: Diagnostic = { code, severity: "error", message, file: build.loaded.paths.generated };
    return { message, diagnostics: [hint === undefined ? diagnostic : { ...diagnostic, hint }] };
  }
}

/** A full or read-only disk concerns every module; anything else that is in the way of a file concerns that one. */
function isLocalRefusal({ code }: JauntError): boolean {
  return code.startsWith("write-") && !["write-enospc", "write-edquot", "write-erofs"].includes(code);
}

function refuse({ run }: ModuleBuild, end: Omit<ModuleEnd, "outcome">): TaskResult {
  endModule(run, { ...end, outcome: "failed" });
  return "failed";
}

function generatorOf({ context }: BuildRun, { module: { role } }: LoadedModule, model: string): Generator {
  const known = context.generator(role);
  return known.model === "" ? { ...known, model: `${context.config.llm.provider}/${model}` } : known;
}
