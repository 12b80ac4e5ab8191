import { explainReason, type ModuleState, type PlannedModule } from "@jaunt/core/plan";
import type { Summary } from "../cache/summary-store.ts";
import { loadProject, loadSummary } from "../load-project.ts";
import { isSelective, noteEmptySelection, selectWithOrphans } from "../plan/select.ts";
import type { Selection } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { ModuleStatus, StatusReport } from "../reports.ts";
import { failureFilesOf } from "../write/failure-report.ts";
import { runCommand } from "./run-command.ts";

/** The state of every selected module with its reasons; a generated file without a spec goes by the id that it names. */
export function status(context: ProjectContext, selection: Selection = {}): Promise<StatusReport> {
  return runCommand(context, "status", async (elapsed) => {
    const { modules, diagnostics } = isSelective(selection)
      ? await selectedSummary(context, selection)
      : await loadSummary(context);
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
  selection: Selection,
): Promise<Pick<Summary, "modules" | "diagnostics">> {
  const project = await loadProject(context);
  const selected = new Set(selectWithOrphans(project, selection));
  return {
    modules: project.plan.modules.filter(({ id }) => selected.has(id)),
    diagnostics: [...project.diagnostics, ...noteEmptySelection(selection, [...selected])],
  };
}

function moduleStatus({ id, state, reasons, digest }: PlannedModule): ModuleStatus {
  const [first] = reasons;
  return {
    status: state,
    reasons,
    ...(first === undefined || state === "current" ? {} : { reason: explainReason(first) }),
    ...(digest === undefined ? {} : { digest }),
    ...(state === "failed" ? { artifact: failureFilesOf(id)[0] } : {}),
  };
}
