import { loadProject, loadSummary } from "../load-project.ts";
import { planSync } from "../plan/plan-sync.ts";
import { noteEmptySelection, selectBuilds } from "../plan/select.ts";
import type { Selection } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { SyncReport } from "../reports.ts";
import { writeOutput } from "../write/write-output.ts";
import { runCommand } from "./run-command.ts";

/** Makes every selected module importable: placeholders and facades, and nothing that exists is replaced but placeholders. */
export function sync(context: ProjectContext, selection: Selection = {}): Promise<SyncReport> {
  return runCommand(context, "sync", async (elapsed) => {
    const project = await loadProject(context, { needs: "build" });
    const selected = selectBuilds(project, selection);
    const { files, unchanged, diagnostics } = planSync(context, project, selected);
    const written = files
      .filter(({ path, text, kind }) => writeOutput(context, path, text, kind))
      .map(({ path }) => path);
    if (written.length > 0) await loadSummary(context);
    return {
      schema: "jaunt.sync/1",
      command: "sync",
      written: written.sort(),
      unchanged: unchanged + files.length - written.length,
      diagnostics: [...project.diagnostics, ...noteEmptySelection(selection, selected), ...diagnostics],
      duration_seconds: elapsed(),
    };
  });
}
