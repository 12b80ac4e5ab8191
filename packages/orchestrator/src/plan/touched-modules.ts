import type { ModuleId } from "@jaunt/core";
import { moduleOfRef } from "@jaunt/core/graph";
import type { PlannedModule } from "@jaunt/core/plan";
import type { LoadedProject } from "../loaded-project.ts";
import { languageOf } from "../read/open-languages.ts";
import { exampleModuleOf } from "./example-files.ts";

/** The modules that changed files concern. */
export interface TouchedModules {
  /** Orphans go by the ids that the plan gives them. */
  readonly modules: ReadonlySet<ModuleId>;
  /** A changed file that concerns every module: configuration. */
  readonly everythingBecause?: string;
}

/** The parts of a project that say what a file concerns. */
export type TouchableProject = Pick<
  LoadedProject,
  "modules" | "plan" | "generatedAt" | "generatedPaths" | "languages" | "lookup" | "configurationFiles"
>;

/**
 * The modules whose spec, generated file or facade changed, those that need or needed a changed spec, and those that reach a changed
 * hand-written file through imports, barrels and types included.
 * @param changed posix paths relative to the root
 */
export function findTouchedModules(project: TouchableProject, changed: ReadonlySet<string>): TouchedModules {
  const everythingBecause = project.configurationFiles.find((path) => changed.has(path));
  if (everythingBecause !== undefined)
    return { modules: new Set(project.plan.modules.map(({ id }) => id)), everythingBecause };
  // Of a deleted spec file the path still says which module it was.
  const changedSpecs = new Set(
    [...changed].flatMap((path) => languageOf(path, project.languages)?.reader.moduleId(path) ?? []),
  );
  const reaching = findReaching(project, changed, changedSpecs);
  const modules = project.plan.modules.filter((planned) => {
    const { id, generatedPath } = planned;
    const facade = project.modules.get(id)?.paths.facade;
    return (
      changedSpecs.has(id) ||
      changed.has(generatedPath) ||
      (facade !== undefined && changed.has(facade)) ||
      reaching.has(id) ||
      neededBefore(project, planned).some((need) => changedSpecs.has(need))
    );
  });
  const ofExamples = project.generatedPaths.flatMap((path) => {
    const file = changed.has(path) ? project.generatedAt(path) : undefined;
    return file === undefined ? [] : (exampleModuleOf(file, project.modules) ?? []);
  });
  return { modules: new Set([...modules.map(({ id }) => id), ...ofExamples]) };
}

/** The modules that this one needed when it was stamped: one of them may be gone. */
function neededBefore(
  { generatedAt }: TouchableProject,
  { state, reasons, dependsOn, generatedPath }: PlannedModule,
): readonly ModuleId[] {
  // What is compared with its header says what became of each need.
  if (state !== "orphaned")
    return [...dependsOn, ...reasons.flatMap((reason) => ("ref" in reason ? moduleOfRef(reason.ref) : []))];
  const parsed = generatedAt(generatedPath)?.parsed;
  if (parsed === undefined || !("header" in parsed)) return [];
  return Object.keys(parsed.header.parts ?? {})
    .filter((part) => part.startsWith("dep:"))
    .map((part) => moduleOfRef(part.slice("dep:".length)));
}

/** Modules whose spec files import something that changed, directly or through hand-written files. */
function findReaching(
  project: TouchableProject,
  changed: ReadonlySet<string>,
  changedSpecs: ReadonlySet<ModuleId>,
): ReadonlySet<ModuleId> {
  const importers = new Map<string, string[]>();
  const reached = new Set<string>();
  const ids = new Map([...project.modules].map(([id, { path }]) => [path, id]));
  const files = new Set(ids.keys());
  // A set is iterated together with what is added on the way.
  for (const path of files) {
    for (const { candidates, target } of importsOf(project, path, ids.get(path))) {
      const module = target === undefined ? undefined : project.lookup.moduleAt(target);
      // A file that an import would find first, or found before, may be the one that changed.
      if (candidates.some((candidate) => changed.has(candidate)) || (module !== undefined && changedSpecs.has(module)))
        reached.add(path);
      if (target === undefined || module !== undefined) continue;
      files.add(target);
      const known = importers.get(target);
      if (known === undefined) importers.set(target, [path]);
      else known.push(path);
    }
  }
  for (const path of reached) for (const importer of importers.get(path) ?? []) reached.add(importer);
  return new Set([...reached].flatMap((path) => ids.get(path) ?? []));
}

interface ImportedFile {
  /** Every file that the specifier may mean, best first. */
  readonly candidates: readonly string[];
  /** The one that it means. */
  readonly target: string | undefined;
}

function importsOf(
  { modules, lookup, languages }: TouchableProject,
  path: string,
  id: ModuleId | undefined,
): readonly ImportedFile[] {
  const loaded = id === undefined ? undefined : modules.get(id);
  const outline = loaded?.module.outline ?? lookup.outline(path);
  const language = loaded?.language ?? languages[0];
  const specifiers = new Set([
    ...(outline?.imports ?? []).map(({ specifier }) => specifier),
    ...(outline?.reexports ?? []).flatMap(({ specifier }) => specifier ?? []),
  ]);
  return [...specifiers].map((specifier) => ({
    candidates: language?.reader.resolve?.(specifier, path, language.layout) ?? [],
    target: lookup.resolve(specifier, path),
  }));
}
