import type { Diagnostic, ModuleId } from "@jaunt/core";
import { cycleDiagnostics, findCycles, linkModules, moduleOfRef, type SpecGraph } from "@jaunt/core/graph";
import {
  contractDigests,
  digestModule,
  planModules,
  type GeneratedFile,
  type ModuleDigests,
  type Plan,
  type PlanInput,
  type PlannedModule,
} from "@jaunt/core/plan";
import type { LoadedProject } from "../loaded-project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { ProjectLookup } from "../read/project-lookup.ts";
import type { ReadSpecs } from "../read/read-specs.ts";
import type { FailureRecord } from "../write/failure-report.ts";
import { exampleModuleOf } from "./example-files.ts";
import { linkOptions } from "./link-options.ts";
import { roleDiagnostics } from "./role-diagnostics.ts";

/** Files in generated folders. */
export interface GeneratedFiles {
  readonly paths: readonly string[];
  get(path: string): GeneratedFile | undefined;
}

export interface PlanSources {
  readonly context: ProjectContext;
  readonly specs: ReadSpecs;
  readonly lookup: ProjectLookup;
  readonly generated: GeneratedFiles;
  readonly failures: ReadonlyMap<ModuleId, FailureRecord>;
}

export interface ProjectPlan {
  readonly plan: Plan;
  /** One error per cycle of specs and per need of a test, and a note per name that led nowhere. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Links, hashes and plans what was read. */
export function planProject({ context, specs, lookup, generated, failures }: PlanSources): ProjectPlan {
  const modules = [...specs.modules.values()].map(({ module }) => module);
  const graph = linkModules(modules, lookup, linkOptions(context.config));
  const contracts = contractDigests(modules, graph);
  // Of thousands of modules no more is kept than their plan.
  const digestsOf = (id: ModuleId): ModuleDigests | undefined => {
    const module = specs.modules.get(id)?.module;
    return module === undefined ? undefined : digestModule(module, graph, contracts);
  };
  const generatedPaths = new Map([...specs.modules].map(([id, { paths }]) => [id, paths.generated]));
  const plan = planModules({
    modules,
    graph,
    digests: { get: digestsOf },
    generatedPaths,
    generated: { get: (id) => generated.get(generatedPaths.get(id) ?? "") },
    orphans: orphansOf(
      generated,
      new Set([...generatedPaths.values(), ...specs.broken.map(({ paths }) => paths.generated)]),
      specs,
    ),
    failed: new Map(
      [...failures]
        .filter(([id, { digest }]) => digestsOf(id)?.moduleDigest === digest)
        .map(([id, { detail }]) => [id, detail]),
    ),
    ...generatorsOf(context),
  });
  const blocked = {
    ...plan,
    modules: plan.modules.map((module) => blockOnBroken(module, lookup.onBroken.get(module.id))),
  };
  const needsTests = roleDiagnostics(context.root, graph, specs.modules);
  const cycles = cycleDiagnostics(findCycles(graph), graph, modules);
  return {
    plan: blocked,
    diagnostics: [...cycles, ...needsTests, ...unresolvedNotes(graph, specs.modules)],
  };
}

/** The plan of a project in which the state of some modules alone can have changed, and none failed before. See `modulesToReplan`. */
export function replanModules(
  context: ProjectContext,
  { plan, modules, linksOf, digestsOf, generatedAt }: LoadedProject,
  concerned: ReadonlySet<ModuleId>,
): readonly PlannedModule[] {
  const replan = (before: PlannedModule): PlannedModule => {
    const { id, dependsOn, generatedPath } = before;
    const role = modules.get(id)?.role ?? "build";
    const { modules: planned } = planModules({
      modules: [{ id, role }],
      graph: { modules: [id], ...linksOf(id), consulted: [] },
      digests: { get: digestsOf },
      generatedPaths: new Map([[id, generatedPath]]),
      generated: { get: () => generatedAt(generatedPath) },
      ...generatorsOf(context),
    });
    return { ...(planned[0] ?? before), dependsOn };
  };
  return plan.modules.map((planned) => (concerned.has(planned.id) ? replan(planned) : planned));
}

function generatorsOf({
  config,
  generator,
}: ProjectContext): Pick<PlanInput, "generator" | "testGenerator" | "rebuildOn"> {
  return { generator: generator("build"), testGenerator: generator("test"), rebuildOn: config.build.rebuild_on };
}

/** Generated files of ours whose spec file is gone. That of a spec file nobody can read at present is none. */
function orphansOf(
  { paths, get }: GeneratedFiles,
  owned: ReadonlySet<string>,
  { modules, broken }: ReadSpecs,
): readonly GeneratedFile[] {
  const unread = new Set(broken.map(({ id }) => id));
  return paths.flatMap((path) => {
    const file = owned.has(path) ? undefined : get(path);
    if (file === undefined || ("problem" in file.parsed && file.parsed.problem === "missing")) return [];
    const { parsed } = file;
    const isOfUnread = "header" in parsed && parsed.header.kind === "test" && unread.has(parsed.header.sourceModule);
    return isOfUnread || exampleModuleOf(file, modules) !== undefined ? [] : [file];
  });
}

/** What a spec promises is unknown while its file cannot be read, so nothing that needs it can be judged or built. */
function blockOnBroken(module: PlannedModule, broken: ModuleId | undefined): PlannedModule {
  if (broken === undefined || (module.state !== "stale" && module.state !== "unbuilt" && module.state !== "failed"))
    return module;
  return { ...module, state: "blocked", reasons: [{ kind: "dependency_failed", module: broken }, ...module.reasons] };
}

function unresolvedNotes({ unresolved }: SpecGraph, modules: PlanSources["specs"]["modules"]): readonly Diagnostic[] {
  return unresolved.map(({ from, name }) => {
    const path = modules.get(moduleOfRef(from))?.module.path;
    return {
      code: "graph/unresolved",
      severity: "info",
      message: `${from} names ${name}, which leads to nothing in the project: it is taken for documentation.`,
      hint: `Import ${name}, or correct the name, if ${from} is meant to depend on it.`,
      ...(path === undefined ? {} : { file: path }),
    };
  });
}
