import type { ModuleId, SpecRef } from "@jaunt/core";
import { edgesFrom, moduleOfRef } from "@jaunt/core/graph";
import type { PlannedModule } from "@jaunt/core/plan";
import type { LoadedProject } from "../loaded-project.ts";
import type { DependencyFacts } from "./blame-facts.ts";

/** What a run says of the modules that a failed test leads to. */
export interface FailuresByModule {
  /** How many tests of a module itself failed. */
  readonly own: ReadonlyMap<ModuleId, number>;
  /** For every failed test, the module under test. */
  readonly subjects: readonly ModuleId[];
}

/** The parts of a project that dependencies are looked up in. */
export type LinkedProject = Pick<LoadedProject, "linksOf" | "plan">;

/** What speaks against the modules of code that `module` needs, nearest first. */
export function dependencyFacts(
  { plan }: LinkedProject,
  module: ModuleId,
  { own, subjects }: FailuresByModule,
  changedFiles: ReadonlySet<string>,
): readonly DependencyFacts[] {
  const planned = new Map(plan.modules.map((each) => [each.id, each]));
  const subject = planned.get(module);
  if (subject === undefined) return [];
  const changedContracts = new Set(subject.reasons.flatMap(dependencyOf));
  const subjectStayed = !changedFiles.has(subject.generatedPath);
  return needsOf(module, planned).flatMap((id): readonly DependencyFacts[] => {
    const bodyChanged = subjectStayed && changedFiles.has(planned.get(id)?.generatedPath ?? "");
    const changed = changedContracts.has(id) ? "contract" : bodyChanged ? "body" : undefined;
    const ownFailures = own.get(id) ?? 0;
    if (changed === undefined && ownFailures === 0) return [];
    const sharedFailures = subjects.filter((each) => each !== id && needsOf(each, planned).includes(id)).length;
    return [{ module: id, ...(changed === undefined ? {} : { changed }), ownFailures, sharedFailures }];
  });
}

function dependencyOf(reason: PlannedModule["reasons"][number]): readonly ModuleId[] {
  return "ref" in reason ? [moduleOfRef(reason.ref)] : [];
}

/** What a module needs, directly or through others, nearest first; not itself. */
function needsOf(module: ModuleId, planned: ReadonlyMap<ModuleId, PlannedModule>): readonly ModuleId[] {
  const reached = new Set([module]);
  // A set is iterated together with what is added on the way.
  for (const id of reached) for (const need of planned.get(id)?.dependsOn ?? []) reached.add(need);
  return [...reached].filter((id) => id !== module && planned.has(id));
}

/** The specs of code that a test spec is about, those that it names as its targets first. */
export function targetsOf(
  { linksOf }: LinkedProject,
  ref: SpecRef,
  isCode: (module: ModuleId) => boolean,
): readonly SpecRef[] {
  const edges = edgesFrom(linksOf(moduleOfRef(ref)), ref).filter(({ to }) => isCode(moduleOfRef(to)));
  const named = edges.filter(({ via }) => via === "input" || via === "link");
  return (named.length > 0 ? named : edges).map(({ to }) => to);
}
