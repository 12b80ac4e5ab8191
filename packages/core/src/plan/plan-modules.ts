import type { ParsedFile, Header, Generator } from "../header/header.ts";
import {
  moduleDependencies,
  moduleDependents,
  topologicalOrder,
  type ModuleDependencies,
} from "../graph/module-order.ts";
import type { SpecGraph } from "../graph/spec-graph.ts";
import type { ModuleId, SpecModule } from "../nouns/spec.ts";
import { compareCodeUnits } from "../text/compare.ts";
import { compareParts } from "./compare-parts.ts";
import type { GeneratedFile, ModuleDigests, ModuleState, Plan, PlannedModule, Reason } from "./plan.ts";

/** All that the state of a project follows from. Nothing is read or computed besides. */
export interface PlanInput {
  readonly modules: readonly (Pick<SpecModule, "id"> & Partial<Pick<SpecModule, "role">>)[];
  readonly graph: SpecGraph;
  readonly digests: Pick<ReadonlyMap<ModuleId, ModuleDigests>, "get">;
  /** Where each module's generated file belongs, whether or not it exists. */
  readonly generatedPaths: ReadonlyMap<ModuleId, string>;
  /** Files found there; each is asked for once. */
  readonly generated: Pick<ReadonlyMap<ModuleId, GeneratedFile>, "get">;
  /** Generated files that belong to no module. */
  readonly orphans?: readonly Pick<GeneratedFile, "path" | "parsed">[];
  /** Modules that could not be generated, with what was wrong. */
  readonly failed?: ReadonlyMap<ModuleId, string>;
  /** Modules whose generated file no longer passes the checks, with what is wrong. */
  readonly checkFailed?: ReadonlyMap<ModuleId, string>;
  /** Modules to be generated even if they are current. */
  readonly forced?: ReadonlySet<ModuleId>;
  /** Who would generate now. An empty or absent model or prompt is not compared. */
  readonly generator?: Generator;
  /** The same for modules of role `test`, whose prompts are others. Default: `generator`. */
  readonly testGenerator?: Generator;
  readonly rebuildOn?: readonly ("model" | "prompts")[];
}

/** The state of every module with its reasons, and the order in which to build. */
export function planModules(input: PlanInput): Plan {
  const dependencies = moduleDependencies(input.graph);
  const failing = failingDependencies(dependencies, input.failed ?? new Map());
  const ofTests = input.testGenerator === undefined ? input : { ...input, generator: input.testGenerator };
  const modules = input.modules.map(({ id, role }) =>
    planModule(id, role === "test" ? ofTests : input, dependencies.get(id) ?? [], failing.get(id)),
  );
  const taken = new Set(modules.map((module) => module.id));
  const orphans = (input.orphans ?? []).map((file) => planOrphan(file, taken));
  return {
    modules: [...modules, ...orphans].sort((left, right) => compareCodeUnits(left.id, right.id)),
    order: topologicalOrder(dependencies).filter((id) => taken.has(id)),
    ...(input.generator === undefined ? {} : { generator: input.generator }),
  };
}

function planModule(
  id: ModuleId,
  input: PlanInput,
  dependsOn: readonly ModuleId[],
  failing: ModuleId | undefined,
): PlannedModule {
  const digests = input.digests.get(id);
  const generated = input.generated.get(id);
  const judged =
    input.forced?.has(id) === true ? force(judge(id, generated, digests, input)) : judge(id, generated, digests, input);
  const { state, reasons } = settle(judged, input.failed?.get(id), failing);
  return {
    id,
    state,
    reasons,
    dependsOn,
    ...(digests === undefined ? {} : { digest: digests.moduleDigest }),
    generatedPath: input.generatedPaths.get(id) ?? generated?.path ?? "",
  };
}

interface Judgement {
  readonly state: ModuleState;
  readonly reasons: readonly Reason[];
}

/** What the file itself tells, other modules and earlier runs aside. */
function judge(
  id: ModuleId,
  generated: GeneratedFile | undefined,
  digests: ModuleDigests | undefined,
  input: PlanInput,
): Judgement {
  if (generated === undefined) return { state: "unbuilt", reasons: [{ kind: "never_built" }] };
  const { parsed } = generated;
  if ("problem" in parsed) return { state: "edited", reasons: [{ kind: "header_damaged", detail: parsed.detail }] };
  const { header } = parsed;
  if (header.kind === "placeholder") return { state: "unbuilt", reasons: [{ kind: "placeholder" }] };

  const stale = staleReasons(id, header, digests, input);
  const drift = generatorDrift(header.generator, input.generator);
  const counts = (reason: Reason): boolean =>
    (input.rebuildOn ?? []).includes(reason.kind === "model_changed" ? "model" : "prompts");
  const reasons = [...stale, ...drift.filter(counts), ...drift.filter((reason) => !counts(reason))];
  if (header.bodyDigest !== generated.bodyDigest)
    return { state: "edited", reasons: [{ kind: "body_edited" }, ...reasons] };
  if (stale.length > 0 || drift.some(counts)) return { state: "stale", reasons };
  return { state: drift.length > 0 ? "outdated" : "current", reasons };
}

function staleReasons(
  id: ModuleId,
  header: Header,
  digests: ModuleDigests | undefined,
  input: PlanInput,
): readonly Reason[] {
  const reasons: Reason[] = [];
  if (header.sourceModule !== id)
    reasons.push({ kind: "header_damaged", detail: `it was generated from ${header.sourceModule}` });
  if (digests !== undefined && header.moduleDigest !== digests.moduleDigest)
    reasons.push(...compareParts(header, digests));
  const detail = input.checkFailed?.get(id);
  if (detail !== undefined) reasons.push({ kind: "check_failed", detail });
  return reasons;
}

function generatorDrift(built: Generator | undefined, now: Generator | undefined): readonly Reason[] {
  if (built === undefined || now === undefined) return [];
  const reasons: Reason[] = [];
  if (now.model !== "" && built.model !== now.model)
    reasons.push({ kind: "model_changed", old: built.model, new: now.model });
  if (now.prompt !== "" && built.prompt !== now.prompt)
    reasons.push({ kind: "prompts_changed", old: built.prompt, new: now.prompt });
  return reasons;
}

function force({ state, reasons }: Judgement): Judgement {
  return {
    state: state === "current" || state === "outdated" ? "stale" : state,
    reasons: [...reasons, { kind: "forced" }],
  };
}

/** An edited file stays that, whatever else is true. A failed dependency holds up only what would have to be generated. */
function settle(judged: Judgement, failure: string | undefined, failing: ModuleId | undefined): Judgement {
  if (judged.state === "edited") return judged;
  if (failure !== undefined)
    return { state: "failed", reasons: [{ kind: "generation_failed", detail: failure }, ...judged.reasons] };
  if (failing === undefined || judged.state === "current" || judged.state === "outdated") return judged;
  return { state: "blocked", reasons: [{ kind: "dependency_failed", module: failing }, ...judged.reasons] };
}

/** For each module that needs a failed one, directly or not: the nearest such. */
function failingDependencies(
  dependencies: ModuleDependencies,
  failed: ReadonlyMap<ModuleId, string>,
): ReadonlyMap<ModuleId, ModuleId> {
  if (failed.size === 0) return new Map();
  const dependents = moduleDependents(dependencies);
  const failing = new Map<ModuleId, ModuleId>();
  const queue = [...failed.keys()].sort(compareCodeUnits).map((id) => ({ id, cause: id }));
  // The queue is iterated together with what is added on the way: breadth first.
  for (const { id, cause } of queue) {
    for (const dependent of dependents.get(id) ?? []) {
      if (failing.has(dependent) || failed.has(dependent)) continue;
      failing.set(dependent, cause);
      queue.push({ id: dependent, cause });
    }
  }
  return failing;
}

/** An orphan goes by the module it names, unless that module exists and has its own file. */
function planOrphan(file: Pick<GeneratedFile, "path" | "parsed">, taken: Set<ModuleId>): PlannedModule {
  const named = sourceModuleOf(file.parsed);
  const id = named === undefined || taken.has(named) ? file.path : named;
  taken.add(id);
  return { id, state: "orphaned", reasons: [{ kind: "source_missing" }], dependsOn: [], generatedPath: file.path };
}

function sourceModuleOf(parsed: ParsedFile): ModuleId | undefined {
  return "problem" in parsed ? parsed.sourceModule : parsed.header.sourceModule;
}
