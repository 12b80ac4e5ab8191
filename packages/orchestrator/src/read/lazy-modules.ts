import type { ModuleId, ReadResult, SpecModule } from "@jaunt/core";
import type { AnalysisRecords } from "../cache/analysis-store.ts";
import { emptyModule } from "./open-languages.ts";
import { readAsPlanned } from "./read-as-planned.ts";
import type { LoadedModule, SpecPlace } from "./read-specs.ts";

/**
 * Spec modules that are read when they are asked for and kept only as long as somebody needs them: a command is about few of a large
 * project's modules. Asking throws a `JauntError` with code `changed-meanwhile` when a file is no longer what it was and no record
 * says what it was.
 */
export function lazyModules(
  root: string,
  places: ReadonlyMap<ModuleId, SpecPlace>,
  records: AnalysisRecords,
): ReadonlyMap<ModuleId, LoadedModule> {
  return new Map([...places].map(([id, place]) => [id, lazyModule(place, () => readModule(root, id, place, records))]));
}

function lazyModule({ path, role, paths, language, hash }: SpecPlace, read: () => SpecModule): LoadedModule {
  let kept: WeakRef<SpecModule> | undefined;
  return {
    path,
    role,
    paths,
    language,
    hash,
    get module() {
      const known = kept?.deref();
      if (known !== undefined) return known;
      const module = read();
      kept = new WeakRef(module);
      return module;
    },
  };
}

function readModule(
  root: string,
  id: ModuleId,
  { path, role, hash, language: { reader, layout } }: SpecPlace,
  records: AnalysisRecords,
): SpecModule {
  const known = records.get("spec", path, hash) as ReadResult | undefined;
  const result = known ?? reader.read({ path, text: readAsPlanned(root, path, hash) }, layout);
  return result.module ?? emptyModule(id, path, reader.language, role);
}
