import { existsSync } from "node:fs";
import type { Diagnostic, ModuleId } from "@jaunt/core";
import type { Reason } from "@jaunt/core/plan";
import type { LoadedProject } from "../loaded-project.ts";
import type { ProjectContext } from "../project-context.ts";
import { ownFacade } from "./own-facade.ts";
import { readSource } from "../read/read-source.ts";
import type { LoadedModule } from "../read/read-specs.ts";
import { placeholderHeader } from "../write/file-header.ts";
import { nativePath } from "../write/native-path.ts";
import { readProjectText } from "../write/read-project-text.ts";

export interface SyncFile {
  readonly path: string;
  readonly text: string;
  readonly kind: "placeholder" | "facade";
}

/** What would make every selected module importable. */
export interface SyncPlan {
  readonly files: readonly SyncFile[];
  /** Files that are there already and good. */
  readonly unchanged: number;
  /** Facades that do not pass on their module, and what to add. */
  readonly diagnostics: readonly Diagnostic[];
  /** The modules of those facades. */
  readonly refused: ReadonlySet<ModuleId>;
}

/** Finds missing and outdated placeholders, and missing facades; tests have neither. Facades and built files that exist are never rewritten. */
export function planSync(context: ProjectContext, project: LoadedProject, selected: readonly ModuleId[]): SyncPlan {
  const files: SyncFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const refused = new Set<ModuleId>();
  let unchanged = 0;
  for (const id of selected) {
    const loaded = project.modules.get(id);
    if (loaded === undefined || loaded.role === "test") continue;
    const missing = missingFiles(context, project, id, loaded);
    files.push(...missing);
    unchanged += (loaded.paths.facade === undefined ? 1 : 2) - missing.length;
    const problems = checkFacade(context, id, loaded);
    diagnostics.push(...problems);
    if (problems.some(({ severity }) => severity === "error")) refused.add(id);
  }
  return { files, unchanged, diagnostics, refused };
}

function missingFiles(
  context: ProjectContext,
  project: LoadedProject,
  id: ModuleId,
  loaded: LoadedModule,
): readonly SyncFile[] {
  const { target, layout } = loaded.language;
  const { facade } = loaded.paths;
  const needsPlaceholder = project.plannedOf(id)?.reasons.some(({ kind }) => isUnbuilt.has(kind)) === true;
  const needsFacade = facade !== undefined && !existsSync(nativePath(context.root, facade));
  if (!needsPlaceholder && !needsFacade) return [];
  return target
    .compose(readSource(context.root, loaded, project), null, layout)
    .flatMap(({ kind, path, text }): readonly SyncFile[] => {
      if (kind === "facade") return needsFacade ? [{ path, text, kind }] : [];
      if (!needsPlaceholder || kind !== "placeholder") return [];
      const whole = placeholderHeader(loaded.module, context.options.toolVersion, target.lineComment) + text;
      return readProjectText(context.root, path) === whole ? [] : [{ path, text: whole, kind }];
    });
}

/** A placeholder belongs where there is nothing yet, or only one of an earlier spec. */
const isUnbuilt: ReadonlySet<string> = new Set(["never_built", "placeholder"] satisfies Reason["kind"][]);

/** What nobody touched since it was written for the module need not be compared with the specs, which would have to be read. */
function checkFacade({ root }: ProjectContext, id: ModuleId, loaded: LoadedModule): readonly Diagnostic[] {
  const { path, paths, language } = loaded;
  const text = paths.facade === undefined ? undefined : readProjectText(root, paths.facade);
  if (text === undefined || text === ownFacade(id, path, language)?.text) return [];
  return language.target.checkFacade?.(loaded.module, text, language.layout) ?? [];
}
