import { explainReason } from "@jaunt/core/plan";
import { selectWork } from "../build/select-work.ts";
import { loadProject } from "../load-project.ts";
import { selectTargets } from "../plan/select.ts";
import type { Selection } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import { readSource } from "../read/read-source.ts";
import { estimateTokens } from "../render/estimate-tokens.ts";
import { createPromptBuilder } from "../render/prompt-builder.ts";
import type { PlanReport } from "../reports.ts";
import { runCommand } from "./run-command.ts";

/** What a build would generate, dependencies first, and about how many tokens of input each first attempt takes. */
export function plan(context: ProjectContext, { targets }: Selection = {}): Promise<PlanReport> {
  return runCommand(context, "plan", async (elapsed) => {
    const project = await loadProject(context);
    const selected = selectTargets(project, targets === undefined ? {} : { targets });
    const { tasks } = selectWork(project, selected, context.config.build, { force: false, replaceEdited: false });
    const prompts = createPromptBuilder(context, project);
    const order = project.plan.order.filter((id) => tasks.has(id));
    const planned = new Map(project.plan.modules.map((module) => [module.id, module]));
    return {
      schema: "jaunt.plan/1",
      command: "plan",
      build: order.flatMap((id) => {
        const module = planned.get(id);
        const loaded = project.modules.get(id);
        if (module === undefined || loaded === undefined) return [];
        const [reason] = module.reasons;
        const prompt = prompts.render(readSource(context.root, loaded, project), []);
        const tokens = prompt.reduce((sum, { text }) => sum + estimateTokens(text), 0);
        return [
          {
            module: id,
            status: module.state,
            reason: reason === undefined ? "" : explainReason(reason),
            estimated_input_tokens: tokens,
          },
        ];
      }),
      skipped: selected.length - order.length,
      diagnostics: project.diagnostics,
      duration_seconds: elapsed(),
    };
  });
}
