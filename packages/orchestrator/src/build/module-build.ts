import type { ModuleId, SpecSource } from "@jaunt/core";
import type { ModuleDigests, PlannedModule } from "@jaunt/core/plan";
import type { LoadedModule } from "../read/read-specs.ts";
import type { BuildRun } from "./build-run.ts";
import type { Task } from "./select-work.ts";
import type { TaskKind } from "./task-kind.ts";

/** The building of one module: what is to be done, and all that is known of it. */
export interface ModuleBuild {
  readonly run: BuildRun;
  readonly id: ModuleId;
  readonly kind: TaskKind;
  readonly planned: PlannedModule;
  readonly loaded: LoadedModule;
  readonly source: SpecSource;
  readonly digests: ModuleDigests;
}

/** Gathers what a run knows of a task's module. */
export function moduleBuild(run: BuildRun, { kind, planned }: Task): ModuleBuild {
  const { id } = planned;
  const loaded = run.project.modules.get(id);
  const source = run.sources.get(id);
  const digests = run.project.digestsOf(id);
  if (loaded === undefined || source === undefined || digests === undefined)
    throw new Error(`${id} was planned and not read`);
  return { run, id, kind, planned, loaded, source, digests };
}
