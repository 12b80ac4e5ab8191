import type { Diagnostic, ModuleId } from "@jaunt/core";
import { explainReason, type PlannedModule } from "@jaunt/core/plan";
import { existsSync } from "node:fs";
import { checkOnDisk } from "../build/check-on-disk.ts";
import { loadProject, type LoadedProject } from "../load-project.ts";
import { planSync } from "../plan/plan-sync.ts";
import { selectTargets } from "../plan/select.ts";
import type { Selection } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { CheckProblem, CheckReport } from "../reports.ts";
import { nativePath } from "../write/native-path.ts";
import { runCommand } from "./run-command.ts";

/** Whether everything selected is built, current, unedited and type-checks. Needs no key, calls nobody and writes nothing. */
export function check(context: ProjectContext, { targets = [] }: Selection = {}): Promise<CheckReport> {
  return runCommand(
    context,
    "check",
    async (elapsed) => {
      const project = await loadProject(context, { save: false });
      const selected = new Set(selectTargets(project, { targets }));
      const planned = project.plan.modules.filter(
        ({ id, state }) => selected.has(id) || (state === "orphaned" && targets.length === 0),
      );
      const built = planned.filter(({ state }) => state === "current" || state === "outdated").map(({ id }) => id);
      const onDisk = await checkOnDisk(context, project, built, ({ paths }) => paths.generated);
      const facades = facadeProblems(context, project, [...selected]);
      const problems = [
        ...planned.flatMap(stateProblem),
        ...[...onDisk.errors].map(([id, [first]]) => checkProblem(id, first)),
        ...facades.problems,
      ].sort((left, right) => (left.module < right.module ? -1 : 1));
      return {
        schema: "jaunt.check/1",
        command: "check",
        ok: problems.length === 0 && !onDisk.diagnostics.some(({ severity }) => severity === "error"),
        checked: planned.length,
        problems,
        warnings: planned.filter(({ state }) => state === "outdated").map(outdatedWarning),
        diagnostics: [...project.diagnostics, ...onDisk.diagnostics, ...facades.diagnostics],
        duration_seconds: elapsed(),
      };
    },
    (report) => report.ok,
  );
}

/** What mends a module in each state that `check` does not let pass. */
const fixes: Readonly<Record<Exclude<PlannedModule["state"], "current" | "outdated">, (id: ModuleId) => string>> = {
  unbuilt: (id) => `jaunt build --target ${id}`,
  stale: (id) => `jaunt build --target ${id}`,
  failed: (id) => `jaunt build --target ${id}`,
  blocked: (id) => `jaunt build --target +${id}`,
  edited: (id) => `jaunt build --force --target ${id}`,
  orphaned: () => "jaunt clean --orphans",
};

function stateProblem({ id, state, reasons }: PlannedModule): readonly CheckProblem[] {
  if (state === "current" || state === "outdated") return [];
  const [reason] = reasons;
  return [
    {
      module: id,
      status: state,
      message: reason === undefined ? `It is ${state}.` : explainReason(reason),
      fix: fixes[state](id),
    },
  ];
}

function checkProblem(id: ModuleId, first: Diagnostic | undefined): CheckProblem {
  const message = explainReason({ kind: "check_failed", detail: first?.message ?? "" });
  return { module: id, status: "stale", message, fix: fixes.stale(id) };
}

function outdatedWarning({ id, reasons }: PlannedModule): CheckProblem {
  const [reason] = reasons;
  return {
    module: id,
    status: "outdated",
    message: reason === undefined ? "It is outdated." : explainReason(reason),
    fix: `jaunt build --force --target ${id}`,
  };
}

function facadeProblems(
  context: ProjectContext,
  project: LoadedProject,
  selected: readonly ModuleId[],
): { readonly problems: readonly CheckProblem[]; readonly diagnostics: readonly Diagnostic[] } {
  const { diagnostics, refused } = planSync(context, project, selected);
  const states = new Map(project.plan.modules.map(({ id, state }) => [id, state]));
  const missing = selected.filter((id) => {
    const facade = project.modules.get(id)?.paths.facade;
    return facade !== undefined && !existsSync(nativePath(context.root, facade));
  });
  const problem = (id: ModuleId, message: string, fix: string): CheckProblem => ({
    module: id,
    status: states.get(id) ?? "unbuilt",
    message,
    fix,
  });
  return {
    diagnostics,
    problems: [
      ...missing.map((id) =>
        problem(
          id,
          `Its facade ${project.modules.get(id)?.paths.facade ?? ""} is missing.`,
          `jaunt sync --target ${id}`,
        ),
      ),
      ...[...refused].map((id) => {
        const own = diagnostics.find(({ file }) => file === project.modules.get(id)?.paths.facade);
        return problem(
          id,
          own?.message ?? "Its facade does not pass it on.",
          own?.hint ?? "Export the generated module from the facade.",
        );
      }),
    ],
  };
}
