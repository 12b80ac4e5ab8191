import { existsSync } from "node:fs";
import type { ModuleId, Outline } from "@jaunt/core";
import type { LoadedProject } from "../loaded-project.ts";
import { languageOf, type OpenLanguage } from "../read/open-languages.ts";
import type { LoadedModule } from "../read/read-specs.ts";
import { nativePath } from "../write/native-path.ts";
import { readProjectText } from "../write/read-project-text.ts";

/** The parts of a project that say who imports what. */
type ImportingProject = Pick<LoadedProject, "modules" | "languages">;

/** What spec files import, by module, of the contents with that hash: looking into all of them each time would take longest of all. */
export type KnownImports = Map<ModuleId, { readonly hash: string; readonly specifiers: readonly string[] }>;

/**
 * Modules whose built code may pass or fail its checks differently because these files changed: those that import one, directly
 * or through hand-written files, and those that a file belongs to. What another module passes on is covered by its contract, so
 * the search ends at spec modules. A file of ambient declarations concerns everyone.
 */
export function affectedModules(
  root: string,
  project: ImportingProject,
  changed: readonly string[],
  known: KnownImports,
): ReadonlySet<ModuleId> {
  if (changed.some((path) => /\.d\.[^./]+$/.test(path))) return new Set(project.modules.keys());
  const owners = ownersOf(project);
  const importers = importersOf(root, project, owners, new Set(changed), known);
  const affected = new Set<ModuleId>();
  const pending = changed.map((path) => owners.get(path) ?? path);
  for (const node of pending) if (project.modules.has(node)) affected.add(node);
  const seen = new Set(pending);
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const importer of importers.get(node) ?? []) {
      if (project.modules.has(importer)) affected.add(importer);
      else if (!seen.has(importer)) pending.push(importer);
      seen.add(importer);
    }
  }
  return affected;
}

/** The module of every spec, facade and generated path. */
function ownersOf(project: ImportingProject): ReadonlyMap<string, ModuleId> {
  const owners = new Map<string, ModuleId>();
  for (const [id, { path: spec, paths }] of project.modules)
    for (const path of [spec, paths.generated, paths.facade]) if (path !== undefined) owners.set(path, id);
  return owners;
}

/** Who imports a module (by id) or a hand-written file (by path), as far as modules reach. */
function importersOf(
  root: string,
  project: ImportingProject,
  owners: ReadonlyMap<string, ModuleId>,
  changed: ReadonlySet<string>,
  known: KnownImports,
): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  const present = new Map<string, boolean>();
  const exists = (path: string): boolean => {
    const before = present.get(path);
    if (before !== undefined) return before;
    const now = changed.has(path) || existsSync(nativePath(root, path));
    present.set(path, now);
    return now;
  };
  const files: string[] = [];
  const addImports = (
    node: string,
    path: string,
    specifiers: readonly string[],
    { reader, layout }: OpenLanguage,
  ): void => {
    for (const specifier of specifiers) {
      const found = reader.resolve?.(specifier, path, layout).find((target) => owners.has(target) || exists(target));
      if (found === undefined) continue;
      const target = owners.get(found) ?? found;
      const list = importers.get(target);
      if (list !== undefined) list.push(node);
      else {
        importers.set(target, [node]);
        if (!owners.has(found)) files.push(found);
      }
    }
  };
  for (const [id, loaded] of project.modules)
    addImports(id, loaded.path, importsOf(id, loaded, known), loaded.language);
  for (let path = files.pop(); path !== undefined; path = files.pop()) {
    const text = readProjectText(root, path);
    const language = languageOf(path, project.languages) ?? project.languages[0];
    const outline = text === undefined ? undefined : language?.reader.outline?.({ path, text });
    if (language !== undefined && outline !== undefined) addImports(path, path, specifiersOf(outline), language);
  }
  return importers;
}

function importsOf(id: ModuleId, loaded: LoadedModule, known: KnownImports): readonly string[] {
  const before = known.get(id);
  if (before?.hash === loaded.hash) return before.specifiers;
  const specifiers = specifiersOf(loaded.module.outline);
  known.set(id, { hash: loaded.hash, specifiers });
  return specifiers;
}

function specifiersOf({ imports, reexports }: Outline): readonly string[] {
  return [...new Set([...imports, ...reexports].flatMap(({ specifier }) => specifier ?? []))];
}
