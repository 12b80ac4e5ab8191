import { JauntError, type ModuleId } from "@jaunt/core";
import { moduleOfRef } from "@jaunt/core/graph";
import { explainReason } from "@jaunt/core/plan";
import { loadProject } from "../load-project.ts";
import { selectTargets } from "../plan/select.ts";
import type { ProjectContext } from "../project-context.ts";
import type { WhyReport } from "../reports.ts";
import { runCommand } from "./run-command.ts";

/**
 * Why one module is in its state, part by part.
 * @throws {JauntError} with code `unknown-selector` or `several-modules` when `module` does not name one module
 */
export function why(context: ProjectContext, module: ModuleId): Promise<WhyReport> {
  return runCommand(context, "why", async (elapsed) => {
    const project = await loadProject(context);
    const orphan = project.plan.modules.find(({ id, state }) => id === module && state === "orphaned");
    const id = orphan?.id ?? onlyModule(module, selectTargets(project, { targets: [module] }));
    const planned = orphan ?? project.plan.modules.find((candidate) => candidate.id === id);
    const reasons = planned?.reasons ?? [];
    const edges = project.graph.edges.filter(({ from, to }) => moduleOfRef(from) === id && moduleOfRef(to) !== id);
    const dependents = project.plan.modules
      .filter(({ dependsOn }) => dependsOn.includes(id))
      .map((dependent) => dependent.id);
    return {
      schema: "jaunt.why/1",
      command: "why",
      module: id,
      status: planned?.state ?? "unbuilt",
      reasons,
      explanations: reasons.map(explainReason),
      depends_on: edges.map(({ from, to, via }) => ({ from, to, via })),
      dependents,
      duration_seconds: elapsed(),
    };
  });
}

function onlyModule(selector: string, modules: readonly ModuleId[]): ModuleId {
  const [first, second] = modules;
  if (first !== undefined && second === undefined) return first;
  throw new JauntError(`${selector} names ${modules.length} modules, and why explains one.`, {
    code: "several-modules",
    hint: `Name one of them, for example ${first ?? "src/email"}.`,
    exitCode: 2,
  });
}
