import { JauntError } from "../errors.ts";
import type { ModuleId, SpecModule } from "../nouns/spec.ts";
import { closest } from "../text/closest.ts";
import { compareCodeUnits } from "../text/compare.ts";
import { globMatcher, isGlob } from "../text/glob.ts";
import type { ModuleDependencies } from "./module-order.ts";

/** What selecting needs to know of a module. */
export type SelectableModule = Pick<SpecModule, "id" | "path"> & {
  readonly specs: readonly { readonly ref: string }[];
};

/**
 * The modules that any selector names, in code-unit order; all of them when there is no selector. A selector is a module id, the
 * path of a spec file, a spec ref or a glob over these; `+x` adds everything that x needs, `x+` everything that needs x.
 * @throws {JauntError} `unknown-selector` when one names nothing
 */
export function selectModules(
  selectors: readonly string[],
  modules: readonly SelectableModule[],
  dependencies: ModuleDependencies,
): readonly ModuleId[] {
  if (selectors.length === 0) return modules.map((module) => module.id).sort(compareCodeUnits);
  const names = namesOf(modules);
  const dependents = invert(dependencies);
  const selected = new Set<ModuleId>();
  for (const selector of selectors) {
    const { core, withNeeded, withNeeding } = takeApart(selector, names);
    const found = match(core, names);
    if (found.size === 0) throw unknownSelector(selector, core, names);
    for (const id of found) selected.add(id);
    if (withNeeded) for (const id of closure(found, dependencies)) selected.add(id);
    if (withNeeding) for (const id of closure(found, dependents)) selected.add(id);
  }
  return [...selected].sort(compareCodeUnits);
}

type Names = ReadonlyMap<string, ModuleId>;

function namesOf(modules: readonly SelectableModule[]): Names {
  const names = new Map<string, ModuleId>();
  for (const module of modules) {
    names.set(module.id, module.id);
    names.set(module.path, module.id);
    for (const spec of module.specs) names.set(spec.ref, module.id);
  }
  return names;
}

function takeApart(
  selector: string,
  names: Names,
): { readonly core: string; readonly withNeeded: boolean; readonly withNeeding: boolean } {
  const plain = selector.replace(/^\.\//, "");
  // File names may begin or end with a plus sign: `src/c++`.
  if (names.has(plain)) return { core: plain, withNeeded: false, withNeeding: false };
  const withNeeded = plain.startsWith("+");
  const withNeeding = plain.endsWith("+") && plain.length > 1;
  const core = plain.slice(withNeeded ? 1 : 0, withNeeding ? -1 : undefined);
  return { core: core.replace(/^\.\//, ""), withNeeded, withNeeding };
}

function match(core: string, names: Names): ReadonlySet<ModuleId> {
  const exact = names.get(core) ?? names.get(memberOwner(core));
  if (exact !== undefined) return new Set([exact]);
  if (!isGlob(core)) return new Set();
  const matches = globMatcher(core);
  return new Set([...names].filter(([name]) => matches(name)).map(([, id]) => id));
}

/** `src/lru:Lru` of `src/lru:Lru.get`; anything else stays as it is. */
function memberOwner(core: string): string {
  return core.replace(/(:[^.]*)\..*$/, "$1");
}

function closure(start: ReadonlySet<ModuleId>, next: ModuleDependencies): ReadonlySet<ModuleId> {
  const reached = new Set(start);
  // A set is iterated together with what is added on the way.
  for (const id of reached) for (const other of next.get(id) ?? []) reached.add(other);
  return reached;
}

function invert(dependencies: ModuleDependencies): ModuleDependencies {
  const dependents = new Map<ModuleId, ModuleId[]>();
  for (const [id, needed] of dependencies) {
    for (const other of needed) {
      const list = dependents.get(other);
      if (list === undefined) dependents.set(other, [id]);
      else list.push(id);
    }
  }
  return dependents;
}

function unknownSelector(selector: string, core: string, names: Names): JauntError {
  const folder = core.replace(/\/$/, "");
  const near = [...names.keys()].some((name) => name.startsWith(`${folder}/`))
    ? `${folder}/**`
    : closest(core, names.keys());
  return new JauntError(`Nothing is selected by "${selector}"`, {
    code: "unknown-selector",
    exitCode: 2,
    hint: near === undefined ? "`jaunt status` lists all modules." : `Did you mean "${near}"?`,
  });
}
