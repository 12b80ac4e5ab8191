import type { Diagnostic, ModuleId, Role } from "@jaunt/core";
import { explainReason, type PlannedModule } from "@jaunt/core/plan";
import { existsSync } from "node:fs";
import { checkOnDisk } from "../build/check-on-disk.ts";
import { modulesBehind } from "../build/modules-behind.ts";
import { findChangedFiles, type ChangedFiles } from "../git/changed-files.ts";
import { loadProject } from "../load-project.ts";
import type { LoadedProject } from "../loaded-project.ts";
import { planSync } from "../plan/plan-sync.ts";
import { argument, nextCommand } from "../plan/next-command.ts";
import { modulesWithExampleFiles } from "../plan/example-files.ts";
import { noteEmptySelection, roleOf, selectWithOrphans } from "../plan/select.ts";
import { findTouchedModules, type TouchedModules } from "../plan/touched-modules.ts";
import type { CheckOptions } from "../project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { CheckProblem, CheckReport } from "../reports.ts";
import { exampleArtifact } from "../suite/example-artifact.ts";
import { nativePath } from "../write/native-path.ts";
import { runCommand } from "./run-command.ts";

/**
 * Whether everything selected is built, current, unedited and type-checks. Needs no key, calls nobody and writes nothing.
 * @throws {JauntError} with exit code 2 when `since` is no revision that git knows here
 */
export function check(context: ProjectContext, { since, ...selection }: CheckOptions = {}): Promise<CheckReport> {
  return runCommand(
    context,
    "check",
    async (elapsed) => {
      // A revision that leads nowhere is said before anything is read.
      const changed = since === undefined ? undefined : await findChangedFiles(since, context.io().exec);
      const project = await loadProject(context, { save: false });
      const touched = changed === undefined ? undefined : findTouchedModules(project, changed.paths);
      const selected = selectWithOrphans(project, selection).filter((id) => touched?.modules.has(id) ?? true);
      const chosen = new Set(selected);
      const planned = project.plan.modules.filter(({ id }) => chosen.has(id));
      const behind = modulesBehind(project.plan, (id) => chosen.has(id));
      const built = planned
        .filter(({ id, state }) => (state === "current" || state === "outdated") && !behind.has(id))
        .map(({ id }) => id);
      const onDisk = await checkOnDisk(context, project, built, ({ paths }) => paths.generated);
      const facades = facadeProblems(context, project, selected);
      const problems = [
        ...planned.flatMap((module) => stateProblem(module, roleOf(project, module.id))),
        ...[...onDisk.errors].map(([id, [first]]) => checkProblem(id, first, roleOf(project, id))),
        ...facades.problems,
        ...exampleProblems(context, project, chosen),
      ].sort((left, right) => (left.module < right.module ? -1 : 1));
      return {
        schema: "jaunt.check/1",
        command: "check",
        ok: problems.length === 0 && !onDisk.diagnostics.some(({ severity }) => severity === "error"),
        checked: planned.length,
        ...(since === undefined || changed === undefined ? {} : { since: describeSince(since, changed, touched) }),
        problems,
        warnings: planned
          .filter(({ state }) => state === "outdated")
          .map((module) => outdatedWarning(module, roleOf(project, module.id))),
        diagnostics: [
          ...project.diagnostics,
          ...(touched === undefined ? noteEmptySelection(selection, selected) : []),
          ...onDisk.diagnostics,
          ...facades.diagnostics,
        ],
        duration_seconds: elapsed(),
      };
    },
    (report) => report.ok,
  );
}

/** Files of examples that are there and no longer say what the specs say. */
function exampleProblems(
  context: ProjectContext,
  project: LoadedProject,
  chosen: ReadonlySet<ModuleId>,
): readonly CheckProblem[] {
  return modulesWithExampleFiles(project).flatMap((module): readonly CheckProblem[] => {
    const example = chosen.has(module) ? exampleArtifact(context, project, module) : undefined;
    if (example?.state !== "outdated") return [];
    const message = `${example.artifact.path} is not what its examples come to now.`;
    return [{ module, status: "stale", message, fix: `jaunt test --target ${argument(module)}` }];
  });
}

function describeSince(
  revision: string,
  { base, paths }: ChangedFiles,
  touched: TouchedModules | undefined,
): NonNullable<CheckReport["since"]> {
  const because = touched?.everythingBecause;
  return {
    revision,
    base,
    changed_files: paths.size,
    ...(because === undefined ? {} : { everything_because: because }),
  };
}

function stateProblem({ id, state, reasons }: PlannedModule, role: Role): readonly CheckProblem[] {
  const fix = nextCommand(id, state, role);
  if (fix === undefined || state === "outdated") return [];
  const [reason] = reasons;
  const message = reason === undefined ? `It is ${state}.` : explainReason(reason);
  return [{ module: id, status: state, message, fix }];
}

function checkProblem(id: ModuleId, first: Diagnostic | undefined, role: Role): CheckProblem {
  const message = explainReason({ kind: "check_failed", detail: first?.message ?? "" });
  return { module: id, status: "stale", message, fix: nextCommand(id, "stale", role) ?? "" };
}

function outdatedWarning({ id, reasons }: PlannedModule, role: Role): CheckProblem {
  const [reason] = reasons;
  return {
    module: id,
    status: "outdated",
    message: reason === undefined ? "It is outdated." : explainReason(reason),
    fix: nextCommand(id, "outdated", role) ?? "",
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
          `jaunt sync --target ${argument(id)}`,
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
