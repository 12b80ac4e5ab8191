import { JauntError } from "../errors.ts";
import type { ModuleId, SpecModule, SpecRef } from "../nouns/spec.ts";
import { closest } from "../text/closest.ts";
import { compareCodeUnits } from "../text/compare.ts";
import { globMatcher, isGlob } from "../text/glob.ts";
import { moduleDependents, type ModuleDependencies } from "./module-order.ts";
import { moduleOfRef } from "./refs.ts";

/** What selecting needs to know of a module. `state` is what `state:NAME` asks for. */
export type SelectableModule = Pick<SpecModule, "id"> & {
  readonly path?: string;
  readonly state?: string;
};

/** What to take and what to leave out. No target takes everything. */
export interface Selectors {
  readonly targets?: readonly string[];
  readonly exclude?: readonly string[];
}

/** All that selectors are matched against. */
export interface Selectable {
  readonly modules: readonly SelectableModule[];
  /** Refs of a module's specs; only asked for where a selector is about refs. */
  refsOf?(id: ModuleId): readonly SpecRef[];
  readonly dependencies: ModuleDependencies;
  /** Every state there is, for `state:NAME`. */
  readonly states: readonly string[];
}

/**
 * The modules that any target names and no exclusion does, in code-unit order. A selector is a module id, the path of a spec file, a
 * spec ref, a glob over these or `state:NAME`; `+x` adds everything that x needs, `x+` everything that needs x.
 * @throws {JauntError} `unknown-selector` when one names nothing, `unknown-state`; a state that no module is in is no error
 */
export function selectModules({ targets = [], exclude = [] }: Selectors, selectable: Selectable): readonly ModuleId[] {
  const index = indexOf(selectable, [...targets, ...exclude]);
  const taken =
    targets.length === 0 ? selectable.modules.map(({ id }) => id) : targets.flatMap((target) => select(target, index));
  const left = new Set(exclude.flatMap((selector) => select(selector, index)));
  return [...new Set(taken)].filter((id) => !left.has(id)).sort(compareCodeUnits);
}

interface Index {
  /** Module by each of its names: id, path of its spec file, refs of its specs. */
  readonly names: ReadonlyMap<string, ModuleId>;
  readonly byState: ReadonlyMap<string, readonly ModuleId[]>;
  readonly states: readonly string[];
  readonly dependencies: ModuleDependencies;
  readonly dependents: () => ModuleDependencies;
}

function indexOf({ modules, dependencies, states, refsOf }: Selectable, selectors: readonly string[]): Index {
  const isNamed = namedByRefs(selectors);
  const names = new Map<string, ModuleId>();
  const byState = new Map<string, ModuleId[]>();
  for (const { id, path, state } of modules) {
    names.set(id, id);
    if (path !== undefined) names.set(path, id);
    if (isNamed(id)) for (const ref of refsOf?.(id) ?? []) names.set(ref, id);
    if (state === undefined) continue;
    const known = byState.get(state);
    if (known === undefined) byState.set(state, [id]);
    else known.push(id);
  }
  let dependents: ModuleDependencies | undefined;
  return { names, byState, states, dependencies, dependents: () => (dependents ??= moduleDependents(dependencies)) };
}

/** Whether a selector may be about refs of a module: reading the specs of all for one ref would take long. */
function namedByRefs(selectors: readonly string[]): (id: ModuleId) => boolean {
  const about = selectors.filter((selector) => selector.includes(":") && !selector.startsWith(statePrefix));
  // A file name may begin with the plus sign that is part of a selector elsewhere.
  const ids = about.map((selector) => moduleOfRef(selector.replace(/^\.\//, ""))).flatMap((id) => [id, id.slice(1)]);
  return ids.some(isGlob) ? () => true : (id) => ids.includes(id);
}

function select(selector: string, index: Index): readonly ModuleId[] {
  const { core, withNeeded, withNeeding } = takeApart(selector, index.names);
  const found = match(selector, core, index);
  return [
    ...found,
    ...(withNeeded ? closure(found, index.dependencies) : []),
    ...(withNeeding ? closure(found, index.dependents()) : []),
  ];
}

function takeApart(
  selector: string,
  names: ReadonlyMap<string, ModuleId>,
): { readonly core: string; readonly withNeeded: boolean; readonly withNeeding: boolean } {
  const plain = selector.replace(/^\.\//, "");
  // File names may begin or end with a plus sign: `src/c++`.
  if (!selector.startsWith(statePrefix) && names.has(plain))
    return { core: selector, withNeeded: false, withNeeding: false };
  const withNeeded = plain.startsWith("+");
  const withNeeding = plain.endsWith("+") && plain.length > 1;
  const core = (withNeeded || withNeeding ? plain : selector).slice(withNeeded ? 1 : 0, withNeeding ? -1 : undefined);
  return { core, withNeeded, withNeeding };
}

const statePrefix = "state:";

function match(selector: string, core: string, index: Index): readonly ModuleId[] {
  if (core.startsWith(statePrefix)) return inState(selector, core.slice(statePrefix.length), index);
  const { names } = index;
  const name = core.replace(/^\.\//, "");
  const exact = names.get(name) ?? names.get(memberOwner(name));
  if (exact !== undefined) return [exact];
  const found = isGlob(name) ? matchGlob(name, names) : [];
  if (found.length === 0) throw unknownSelector(selector, name, names);
  return found;
}

function inState(selector: string, state: string, { byState, states }: Index): readonly ModuleId[] {
  if (states.includes(state)) return byState.get(state) ?? [];
  const near = closest(state, states);
  throw new JauntError(`No module can be in the state of "${selector}"`, {
    code: "unknown-state",
    exitCode: 2,
    hint: `${near === undefined ? "" : `Did you mean "${statePrefix}${near}"? `}States are ${states.join(", ")}.`,
  });
}

/** A glob is about refs when it has a colon, else about ids and paths. */
function matchGlob(glob: string, names: ReadonlyMap<string, ModuleId>): readonly ModuleId[] {
  const matches = globMatcher(glob);
  const aboutRefs = glob.includes(":");
  return [...names].filter(([name]) => (aboutRefs || !name.includes(":")) && matches(name)).map(([, id]) => id);
}

/** `src/lru:Lru` of `src/lru:Lru.get`; anything else stays as it is. */
function memberOwner(core: string): string {
  return core.replace(/(:[^.]*)\..*$/, "$1");
}

function closure(start: readonly ModuleId[], next: ModuleDependencies): ReadonlySet<ModuleId> {
  const reached = new Set(start);
  // A set is iterated together with what is added on the way.
  for (const id of reached) for (const other of next.get(id) ?? []) reached.add(other);
  return reached;
}

function unknownSelector(selector: string, core: string, names: ReadonlyMap<string, ModuleId>): JauntError {
  const folder = core.replace(/\/$/, "");
  const near = [...names.keys()].some((name) => name.startsWith(`${folder}/`))
    ? `${folder}/**`
    : (closest(core, names.keys()) ?? closest(moduleOfRef(core), names.keys()));
  return new JauntError(`Nothing is selected by "${selector}"`, {
    code: "unknown-selector",
    exitCode: 2,
    hint: near === undefined ? "`jaunt status` lists all modules." : `Did you mean "${near}"?`,
  });
}
