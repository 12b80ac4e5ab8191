import { JauntError, type Diagnostic, type ModuleId, type Role } from "@jaunt/core";
import { selectModules } from "@jaunt/core/graph";
import { moduleStates } from "@jaunt/core/plan";
import type { LoadedProject } from "../loaded-project.ts";
import type { Selection } from "../project.ts";
import { dependenciesOf } from "./dependencies-of.ts";
import { argument } from "./next-command.ts";

/** The parts of a project that selecting looks at. */
export type SelectableProject = Pick<LoadedProject, "modules" | "plan">;

/**
 * The spec modules that are selected, in code-unit order; all when nothing is said.
 * @throws {JauntError} `unknown-selector` when a selector names nothing, `unknown-state` for a state that does not exist
 */
export function selectTargets(project: SelectableProject, selection: Selection = {}): readonly ModuleId[] {
  return selectWithOrphans(project, selection).filter((id) => project.modules.has(id));
}

/**
 * Those of the selected modules that `jaunt build` and its kind are about: code, not tests.
 * @throws {JauntError} as `selectTargets`, and `selects-tests` when nothing but modules of tests is named
 */
export function selectBuilds(project: SelectableProject, selection: Selection = {}): readonly ModuleId[] {
  const selected = selectTargets(project, selection);
  const builds = selected.filter((id) => roleOf(project, id) === "build");
  const { targets = [] } = selection;
  // A script may ask for whatever is stale.
  const isNamed = targets.some((target) => !target.startsWith("state:"));
  if (isNamed && builds.length === 0 && selected.length > 0) throw selectsTests(selected);
  return builds;
}

/** What a module's specs are of; an orphan's counts as code. */
export function roleOf({ modules }: Pick<SelectableProject, "modules">, id: ModuleId): Role {
  return modules.get(id)?.role ?? "build";
}

/** As `selectTargets`, and generated files without a spec under the ids that the plan gives them. */
export function selectWithOrphans({ modules, plan }: SelectableProject, selection: Selection): readonly ModuleId[] {
  const selectable = plan.modules.map(({ id, state }) => {
    const path = modules.get(id)?.path;
    return path === undefined ? { id, state } : { id, state, path };
  });
  return selectModules(selection, {
    modules: selectable,
    refsOf: (id) => modules.get(id)?.module.specs.map(({ ref }) => ref) ?? [],
    dependencies: dependenciesOf(plan),
    states: moduleStates,
  });
}

/** Whether a selection leaves anything out. */
export function isSelective({ targets = [], exclude = [] }: Selection): boolean {
  return targets.length > 0 || exclude.length > 0;
}

/** Says that a selection came to nothing, which is no error: a script may ask for what is stale when nothing is. */
export function noteEmptySelection(selection: Selection, selected: readonly ModuleId[]): readonly Diagnostic[] {
  if (selected.length > 0 || !isSelective(selection)) return [];
  const { targets = [], exclude = [] } = selection;
  const asked = [...targets, ...exclude.map((selector) => `--exclude ${selector}`)].join(" ");
  return [{ code: "select/nothing", severity: "info", message: `No module is selected by ${asked}: nothing to do.` }];
}

function selectsTests(selected: readonly ModuleId[]): JauntError {
  const [first = ""] = selected;
  const what = selected.length === 1 ? `${first} is a module of tests` : "These are modules of tests";
  return new JauntError(`${what}, and this command is about code alone.`, {
    code: "selects-tests",
    exitCode: 2,
    hint: `\`jaunt test --target ${argument(first)}\` generates and runs tests.`,
  });
}
