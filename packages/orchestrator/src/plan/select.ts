import type { ModuleId } from "@jaunt/core";
import { moduleDependencies, selectModules } from "@jaunt/core/graph";
import type { LoadedProject } from "../load-project.ts";

/**
 * The modules that `targets` select, in code-unit order; all when there are none.
 * @throws {JauntError} with code `unknown-selector` when one selects nothing
 */
export function selectTargets(project: LoadedProject, targets: readonly string[] | undefined): readonly ModuleId[] {
  const modules = [...project.modules.values()].map(({ module }) => module);
  return selectModules(targets ?? [], modules, moduleDependencies(project.graph));
}
