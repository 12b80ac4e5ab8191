import type { ModuleId, ReadResult, SpecModule } from "@jaunt/core";
import { openLinker } from "@jaunt/core/graph";
import type { AnalysisRecords, KeepRecord } from "../cache/analysis-store.ts";
import type { LoadedProject } from "../loaded-project.ts";
import type { ProjectContext } from "../project-context.ts";
import { readSpec, type LoadedModule } from "../read/read-specs.ts";
import type { KnownProject, Survey } from "../survey-project.ts";
import { linkOptions } from "./link-options.ts";

/**
 * The modules whose state alone can have changed since the last look; undefined when it may be any, or when they are so many that
 * looking at everything is no more work. A built file concerns its own module, for nothing is ever linked against it. An edited spec
 * file concerns its module and those that need it, as long as it declares the names that it declared and its specs need what
 * they needed: then every name in the project leads where it led. What is read of edited files is handed to `keep`.
 */
export function modulesToReplan(
  context: ProjectContext,
  { failureFiles, ledger }: Survey,
  { summary, changed }: KnownProject,
  project: LoadedProject,
  earlier: AnalysisRecords,
  keep: KeepRecord,
): ReadonlySet<ModuleId> | undefined {
  if (changed.length === 0) return new Set();
  const few = summary.modules.length / 4;
  // What failed holds up others, whose state then is not their own alone.
  if (failureFiles.length > 0 || changed.length > few) return undefined;
  const files = new Set(changed);
  const modules = new Set<ModuleId>();
  for (const [id, loaded] of project.modules) {
    const { path, paths, hash, language } = loaded;
    if (files.delete(paths.generated)) modules.add(id);
    if (!files.delete(path)) continue;
    const before = earlier.get("spec", path, ledger.earlierHash(path) ?? "") as ReadResult | undefined;
    const now = readSpec(path, language, ledger);
    const isNoted = summary.diagnostics.some(({ file }) => file === path) || now.diagnostics.length > 0;
    if (before?.module === undefined || now.module === undefined || isNoted || ledger.hash(path) !== hash)
      return undefined;
    keep({ kind: "spec", path, hash, value: now });
    if (!leavesOthersAlone(context, project, loaded, before.module, now.module)) return undefined;
    for (const concerned of [id, ...project.dependentsOf(id)]) modules.add(concerned);
  }
  return files.size > 0 || modules.size > few ? undefined : modules;
}

function leavesOthersAlone(
  { config }: ProjectContext,
  { lookup, linksOf }: LoadedProject,
  { language: { target, layout } }: LoadedModule,
  before: SpecModule,
  now: SpecModule,
): boolean {
  const [said, says] = [before, now].map((module) =>
    JSON.stringify([namesOf(module), target.conventions(module, layout)]),
  );
  if (said !== says) return false;
  const needed = openLinker(lookup, linkOptions(config)).link(before);
  const needs = linksOf(now.id);
  return needs.unresolved.length === 0 && JSON.stringify(needed.edges) === JSON.stringify(needs.edges);
}

/** All of a module that names in other files can lead to. */
function namesOf({ role, outline, specs }: SpecModule): unknown {
  return [
    role,
    outline,
    specs.map(({ ref, name, kind, form, members }) => [
      [ref, name, kind, form],
      members.map((member) => [member.name, member.kind, member.visibility]),
    ]),
  ];
}
