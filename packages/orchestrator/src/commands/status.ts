import type { ModuleId } from "@jaunt/core";
import { explainReason, type ModuleState } from "@jaunt/core/plan";
import type { SummaryModule } from "../cache/summary-store.ts";
import { loadProject, loadSummary } from "../load-project.ts";
import { selectTargets } from "../plan/select.ts";
import type { Selection } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { ModuleStatus, StatusReport } from "../reports.ts";
import { runCommand } from "./run-command.ts";

/** The state of every selected module with its reasons. Orphans are listed when nothing is selected. */
export function status(context: ProjectContext, { targets = [] }: Selection = {}): Promise<StatusReport> {
  return runCommand(context, "status", async (elapsed) => {
    const { modules, diagnostics } =
      targets.length === 0 ? await loadSummary(context) : await selectedSummary(context, targets);
    const counts: Partial<Record<ModuleState, number>> = {};
    for (const { state } of modules) counts[state] = (counts[state] ?? 0) + 1;
    return {
      schema: "jaunt.status/1",
      command: "status",
      modules: Object.fromEntries(modules.map((module) => [module.id, moduleStatus(module)])),
      counts,
      diagnostics,
      duration_seconds: elapsed(),
    };
  });
}

async function selectedSummary(
  context: ProjectContext,
  targets: readonly string[],
): Promise<{ readonly modules: readonly SummaryModule[]; readonly diagnostics: StatusReport["diagnostics"] }> {
  const project = await loadProject(context);
  const selected: ReadonlySet<ModuleId> = new Set(selectTargets(project, targets));
  return { modules: project.summary.modules.filter(({ id }) => selected.has(id)), diagnostics: project.diagnostics };
}

function moduleStatus({ state, reasons, digest }: SummaryModule): ModuleStatus {
  const [first] = reasons;
  return {
    status: state,
    reasons,
    ...(first === undefined || state === "current" ? {} : { reason: explainReason(first) }),
    ...(digest === undefined ? {} : { digest }),
  };
}
