import type { Diagnostic, ModuleId } from "@jaunt/core";
import type { LoadedProject } from "../loaded-project.ts";
import type { ProjectContext } from "../project-context.ts";
import type { LoadedModule } from "../read/read-specs.ts";
import type { OpenLanguage } from "../read/open-languages.ts";

/** What checking files as they are on disk found: everything, and the errors in each module's own file. */
export interface DiskCheck {
  readonly diagnostics: readonly Diagnostic[];
  readonly errors: ReadonlyMap<ModuleId, readonly Diagnostic[]>;
}

/** Checks one file of each of these modules against today's project, all of a language at once. */
export async function checkOnDisk(
  context: ProjectContext,
  project: LoadedProject,
  modules: readonly ModuleId[],
  pathOf: (module: LoadedModule) => string,
): Promise<DiskCheck> {
  const byLanguage = new Map<OpenLanguage, Map<string, ModuleId>>();
  for (const id of modules) {
    const loaded = project.modules.get(id);
    if (loaded === undefined) continue;
    const paths = byLanguage.get(loaded.language) ?? new Map<string, ModuleId>();
    byLanguage.set(loaded.language, paths.set(pathOf(loaded), id));
  }
  const diagnostics: Diagnostic[] = [];
  const errors = new Map<ModuleId, Diagnostic[]>();
  for (const [{ target, layout }, paths] of byLanguage) {
    const found = (await target.checkFiles?.([...paths.keys()], layout, context.io())) ?? [];
    diagnostics.push(...found);
    for (const diagnostic of found) {
      const id = diagnostic.file === undefined ? undefined : paths.get(diagnostic.file);
      if (id === undefined || diagnostic.severity !== "error") continue;
      const known = errors.get(id);
      if (known === undefined) errors.set(id, [diagnostic]);
      else known.push(diagnostic);
    }
  }
  return { diagnostics, errors };
}
