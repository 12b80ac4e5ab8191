import type { ModuleId } from "@jaunt/core";
import type { ModuleDependencies } from "@jaunt/core/graph";
import type { LoadedProject } from "../loaded-project.ts";
import { dependenciesOf } from "../plan/dependencies-of.ts";
import { hasExamples } from "../plan/example-files.ts";
import { roleOf, selectTargets } from "../plan/select.ts";
import type { Selection } from "../project.ts";

/** What a run of tests is about; ids in code-unit order. */
export interface ChosenTests {
  /** Modules of code that are selected, or that a chosen test needs. */
  readonly builds: readonly ModuleId[];
  /** Modules of tests that are selected, or that are about selected code. */
  readonly tests: readonly ModuleId[];
  /** Modules of selected code with examples. */
  readonly examples: readonly ModuleId[];
}

/** The parts of a project that choosing looks at. */
export type ChoosableProject = Pick<LoadedProject, "modules" | "plan">;

/**
 * Finds the tests that a selection means. What is excluded is neither built nor run, whoever needs it.
 * @throws {JauntError} when a selector selects nothing
 */
export function chooseTests(project: ChoosableProject, selection: Selection): ChosenTests {
  const { targets = [], exclude = [] } = selection;
  const selected = selectTargets(project, { targets, exclude });
  const excluded = new Set(exclude.length === 0 ? [] : selectTargets(project, { targets: exclude }));
  const code = selected.filter((id) => roleOf(project, id) === "build");
  const needs = dependenciesOf(project.plan);
  const chosen = new Set(selected);
  const tests = [...project.modules.keys()].filter(
    (id) =>
      roleOf(project, id) === "test" &&
      !excluded.has(id) &&
      (chosen.has(id) || (needs.get(id) ?? []).some((need) => chosen.has(need) && roleOf(project, need) === "build")),
  );
  const builds = withNeeds(tests, needs).filter((id) => roleOf(project, id) === "build" && !excluded.has(id));
  return {
    builds: [...new Set([...code, ...builds])].sort(),
    tests,
    examples: code.filter((id) => {
      const module = project.modules.get(id)?.module;
      return module !== undefined && hasExamples(module);
    }),
  };
}

/** Those of `modules` that do without any of `failed`. */
export function withoutFailed(
  project: Pick<ChoosableProject, "plan">,
  modules: readonly ModuleId[],
  failed: ReadonlySet<ModuleId>,
): readonly ModuleId[] {
  if (failed.size === 0) return modules;
  const needs = dependenciesOf(project.plan);
  return modules.filter((id) => !withNeeds([id], needs).some((need) => failed.has(need)));
}

/** The modules and everything that they need, directly or not. */
function withNeeds(modules: readonly ModuleId[], needs: ModuleDependencies): readonly ModuleId[] {
  const reached = new Set(modules);
  // A set is iterated together with what is added on the way.
  for (const id of reached) for (const need of needs.get(id) ?? []) reached.add(need);
  return [...reached];
}
