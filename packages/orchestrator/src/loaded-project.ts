import type { Conventions, Diagnostic, ModuleId, Role, SpecModule } from "@jaunt/core";
import { moduleDependents, openLinker, topologicalOrder, type LinkedModule, type Origins } from "@jaunt/core/graph";
import {
  contractDigests,
  digestModule,
  type GeneratedFile,
  type ModuleDigests,
  type Plan,
  type PlannedModule,
} from "@jaunt/core/plan";
import type { AnalysisRecords } from "./cache/analysis-store.ts";
import type { Summary } from "./cache/summary-store.ts";
import { linkOptions } from "./plan/link-options.ts";
import type { ProjectContext } from "./project-context.ts";
import { lazyModules } from "./read/lazy-modules.ts";
import type { OpenLanguage, OpenLanguages } from "./read/open-languages.ts";
import { createLookup, type ProjectLookup } from "./read/project-lookup.ts";
import { readGenerated } from "./read/read-generated.ts";
import type { BrokenSpec, LoadedModule, SpecPlace } from "./read/read-specs.ts";
import { sharedConventions } from "./render/shared-conventions.ts";
import type { Survey } from "./survey-project.ts";
import type { FailureRecord } from "./write/failure-report.ts";

/** A project as it was on disk at one moment, and planned. What is in its files is read, linked and hashed when it is asked for. */
export interface LoadedProject {
  /** In code-unit order of ids. */
  readonly modules: ReadonlyMap<ModuleId, LoadedModule>;
  readonly languages: readonly OpenLanguage[];
  readonly plan: Plan;
  /** Paths of the files in generated folders. */
  readonly generatedPaths: readonly string[];
  readonly failures: ReadonlyMap<ModuleId, FailureRecord>;
  /** Files in the roots that were never finished, or are being written right now. */
  readonly temporary: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** False when a language could not make sense of the project's own configuration: nothing should be generated then. */
  readonly configured: boolean;
  /** Files, there or not, that concern every module: `jaunt.toml` and what targets were configured from. */
  readonly configurationFiles: readonly string[];
  /** How names lead from file to file. */
  readonly lookup: ProjectLookup;
  plannedOf(id: ModuleId): PlannedModule | undefined;
  /** What the specs of a module need; nothing where there is no such module. */
  linksOf(id: ModuleId): LinkedModule;
  digestsOf(id: ModuleId): ModuleDigests | undefined;
  /** The modules that need this one directly, in code-unit order. */
  dependentsOf(id: ModuleId): readonly ModuleId[];
  /** What `SpecSource.definedIn` holds for a module. */
  originsOf(module: SpecModule): Origins;
  /** A file in a generated folder without its body. */
  generatedAt(path: string): GeneratedFile | undefined;
  /** What the conventions of all modules of this language and role have in common. */
  sharedConventionsOf(language: string, role: Role): Conventions;
}

/** What a project is opened from. */
export interface ProjectParts {
  readonly survey: Pick<Survey, "found" | "ledger">;
  readonly opened: OpenLanguages;
  readonly summary: Summary;
  readonly places: ReadonlyMap<ModuleId, SpecPlace>;
  readonly broken: readonly BrokenSpec[];
  readonly failures: ReadonlyMap<ModuleId, FailureRecord>;
  /** What was worked out from the files. */
  readonly records: AnalysisRecords;
}

/** Opens a project whose plan is known. */
export function openLoadedProject(context: ProjectContext, parts: ProjectParts): LoadedProject {
  const { survey, opened, summary, places, broken, failures, records } = parts;
  const { languages } = opened;
  const modules = lazyModules(context.root, places, records);
  const lookup = createLookup({ modules, broken }, languages, survey.ledger, records, () => undefined);
  const linker = openLinker(lookup, linkOptions(context.config));
  const planned = new Map(summary.modules.map((module) => [module.id, module]));
  const needs = new Map([...modules.keys()].map((id) => [id, planned.get(id)?.dependsOn ?? []]));
  const linksOf = remember((id: ModuleId): LinkedModule => {
    const loaded = modules.get(id);
    return loaded === undefined ? { edges: [], types: new Map(), unresolved: [] } : linker.link(loaded.module);
  });
  const dependents = once(() => moduleDependents(needs));
  return {
    modules,
    languages,
    plan: { modules: summary.modules, order: topologicalOrder(needs), generator: context.generator("build") },
    generatedPaths: survey.found.generated,
    failures,
    temporary: survey.found.temporary,
    diagnostics: summary.diagnostics,
    configured: !opened.diagnostics.some(({ severity }) => severity === "error"),
    configurationFiles: ["jaunt.toml", ...opened.configurationFiles],
    lookup,
    plannedOf: (id) => planned.get(id),
    linksOf,
    digestsOf: remember((id: ModuleId): ModuleDigests | undefined => {
      const module = modules.get(id)?.module;
      if (module === undefined) return undefined;
      const near = [id, ...(needs.get(id) ?? [])].flatMap((each) => modules.get(each)?.module ?? []);
      const types = new Map(near.flatMap((each) => [...linksOf(each.id).types]));
      return digestModule(module, linksOf(id), contractDigests(near, { types }));
    }),
    dependentsOf: (id) => dependents().get(id) ?? [],
    originsOf: (module) => linker.originsOf(module),
    generatedAt: (path) => {
      const target = (modules.get(lookup.moduleAt(path) ?? "")?.language ?? languages[0])?.target;
      return target === undefined ? undefined : readGenerated(path, target, survey.ledger, records)?.file;
    },
    sharedConventionsOf: (language, role) =>
      summary.shared.find((each) => each.language === language && each.role === role)?.conventions ??
      sharedConventions([]),
  };
}

function remember<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}

function once<Value>(compute: () => Value): () => Value {
  let value: { readonly of: Value } | undefined;
  return () => (value ??= { of: compute() }).of;
}
