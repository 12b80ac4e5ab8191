import type { ModuleId } from "@jaunt/core";
import { parseGenerated } from "@jaunt/core/header";
import { explainReason } from "@jaunt/core/plan";
import { planSplice } from "../build/plan-splice.ts";
import { ofCode } from "../build/prepare-build.ts";
import { selectWork, type Task } from "../build/select-work.ts";
import { estimateOutputTokens } from "../cost/estimate-output.ts";
import { batchPrice, costOf, priceOf, type Price } from "../cost/prices.ts";
import { openReplyLookup } from "../generate/reply-lookup.ts";
import { noUsage } from "../generate/usage.ts";
import { loadProject } from "../load-project.ts";
import type { LoadedProject } from "../loaded-project.ts";
import { planSync } from "../plan/plan-sync.ts";
import type { PlanOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import { readSource } from "../read/read-source.ts";
import { estimateTokens } from "../render/estimate-tokens.ts";
import { createPromptBuilder } from "../render/prompt-builder.ts";
import type { PlannedBuild, PlanReport, PlanTotals } from "../reports.ts";
import { readProjectText } from "../write/read-project-text.ts";
import { runCommand } from "./run-command.ts";

/** What a build would do, in which order, why, and what its first attempts may cost. Calls nobody and needs no key. */
export function plan(context: ProjectContext, options: PlanOptions = {}): Promise<PlanReport> {
  return runCommand(context, "plan", async (elapsed) => {
    const { llm, build } = context.config;
    const { force = false, batch = false } = options;
    const { select, notes, replaceEdited } = ofCode(options);
    const project = await loadProject(context, { needs: "build" });
    const selected = select(project);
    const work = selectWork(project, project.configured ? selected : [], build, {
      force,
      replaceEdited: force && replaceEdited,
    });
    const { refused, diagnostics } = planSync(context, project, [...work.tasks.keys()]);
    const tasks = new Map([...work.tasks].filter(([id]) => !refused.has(id)));
    const order = project.plan.order.filter((id) => tasks.has(id));
    const blocked = heldUp(tasks, order);
    const usual = await priceOf(llm.model, llm);
    const price = batch && usual !== undefined ? batchPrice(usual) : usual;
    const due = order.flatMap((id) => (blocked.has(id) ? [] : (tasks.get(id) ?? [])));
    const planned = await estimate(context, project, due, price);
    return {
      schema: "jaunt.plan/1",
      command: "plan",
      build: planned,
      totals: totalsOf(planned),
      ...(batch ? { batch } : {}),
      model: llm.model,
      price: price === undefined ? null : describePrice(price),
      edited: work.edited,
      blocked: [...blocked],
      skipped: work.good.length,
      diagnostics: [...project.diagnostics, ...(notes?.(selected) ?? []), ...diagnostics],
      duration_seconds: elapsed(),
    };
  });
}

/** Modules that need one which failed before and is not built again, directly or not. */
function heldUp(tasks: ReadonlyMap<ModuleId, Task>, order: readonly ModuleId[]): ReadonlySet<ModuleId> {
  const held = new Set<ModuleId>();
  for (const id of order) {
    const planned = tasks.get(id)?.planned;
    const failed = planned?.reasons.find((reason) => reason.kind === "dependency_failed");
    const isHeld = failed?.kind === "dependency_failed" && !tasks.has(failed.module);
    if (isHeld || planned?.dependsOn.some((need) => held.has(need)) === true) held.add(id);
  }
  return held;
}

async function estimate(
  context: ProjectContext,
  project: LoadedProject,
  tasks: readonly Task[],
  price: Price | undefined,
): Promise<readonly PlannedBuild[]> {
  const prompts = createPromptBuilder(context, project);
  const isKept = openReplyLookup(context);
  const due = new Set(tasks.map(({ planned }) => planned.id));
  const entries: PlannedBuild[] = [];
  for (const task of tasks) {
    const { id, state, reasons, dependsOn } = task.planned;
    const loaded = project.modules.get(id);
    if (loaded === undefined) continue;
    const source = readSource(context.root, loaded, project);
    const splice = planSplice({ ...task, run: { context, project, options: {} }, loaded, source });
    const prompt = prompts.render(source, [], splice);
    const isFree = splice?.asked.length === 0;
    const input = isFree ? 0 : prompt.reduce((sum, { text }) => sum + estimateTokens(text), 0);
    const output = estimateOutputTokens({
      source,
      previous: previousOf(context.root, loaded.paths.generated, loaded.language.target.lineComment),
      asked: splice?.asked,
    });
    // What is rebuilt before it will stand in its prompt, so that it cannot be known yet.
    const cached = !isFree && !dependsOn.some((need) => due.has(need)) && (await isKept(prompt));
    const dollars = price === undefined ? null : costOf({ ...noUsage, input, output }, price);
    entries.push({
      module: id,
      status: state,
      action: isFree ? "verify" : task.kind,
      reason: reasons[0] === undefined ? "" : explainReason(reasons[0]),
      reasons,
      explanations: reasons.map(explainReason),
      ...(splice === undefined ? {} : { asked: splice.asked }),
      estimated_input_tokens: input,
      estimated_output_tokens: output,
      cost: cached || isFree ? 0 : dollars,
      cached,
    });
  }
  return entries;
}

function previousOf(root: string, path: string, lineComment: string): string | undefined {
  const text = readProjectText(root, path);
  const parsed = text === undefined ? undefined : parseGenerated(text, lineComment);
  return parsed !== undefined && "header" in parsed && parsed.header.kind === "build" ? parsed.body : undefined;
}

function totalsOf(planned: readonly PlannedBuild[]): PlanTotals {
  const sent = planned.filter(({ cached }) => !cached);
  const costs = planned.map(({ cost }) => cost).filter((cost) => cost !== null);
  return {
    generate: planned.filter(({ action }) => action === "generate").length,
    verify: planned.filter(({ action }) => action === "verify").length,
    input_tokens: sent.reduce((sum, entry) => sum + entry.estimated_input_tokens, 0),
    output_tokens: sent.reduce((sum, entry) => sum + entry.estimated_output_tokens, 0),
    cost: costs.length < planned.length ? null : costs.reduce((sum, cost) => sum + cost, 0),
  };
}

function describePrice({ input, cacheRead, output, source }: Price): NonNullable<PlanReport["price"]> {
  return { input: input.base, cached: cacheRead.base, output: output.base, source };
}
