import type { ModuleId, Outline, SpecModule } from "@jaunt/core";
import type { AnalysisRecords, KeepRecord } from "../cache/analysis-store.ts";
import type { FileLedger } from "../cache/file-ledger.ts";
import { decodeText } from "./decode-text.ts";
import type { OpenLanguage } from "./open-languages.ts";
import type { ReadSpecs } from "./read-specs.ts";

/** How names lead from file to file in one project: what linking a graph asks. */
export interface ProjectLookup {
  /** The project file that a specifier means in file `from`; undefined for packages and what does not exist. */
  resolve(specifier: string, from: string): string | undefined;
  /** The module that a spec, facade or generated path stands for. */
  moduleAt(path: string): ModuleId | undefined;
  /** Outline of a hand-written file. */
  outline(path: string): Outline | undefined;
  /** A spec module. */
  module(id: ModuleId): SpecModule | undefined;
  /** Modules that import a spec file nobody could read, with that file's module. */
  readonly onBroken: ReadonlyMap<ModuleId, ModuleId>;
}

/** A lookup over the specs that were read; hand-written files are parsed when first asked for. */
export function createLookup(
  specs: Pick<ReadSpecs, "modules" | "broken">,
  languages: readonly OpenLanguage[],
  ledger: FileLedger,
  cached: AnalysisRecords,
  keep: KeepRecord,
): ProjectLookup {
  const moduleAt = new Map<string, ModuleId>();
  const brokenAt = new Map<string, ModuleId>();
  for (const [id, { path: spec, paths }] of specs.modules)
    for (const path of [spec, paths.generated, paths.facade]) if (path !== undefined) moduleAt.set(path, id);
  for (const { path: spec, id, paths } of specs.broken)
    for (const path of [spec, paths.generated, paths.facade]) if (path !== undefined) brokenAt.set(path, id);
  const languageAt = new Map<string, OpenLanguage>();
  const outlines = new Map<string, Outline | undefined>();
  const onBroken = new Map<ModuleId, ModuleId>();

  const languageFor = (path: string): OpenLanguage | undefined => {
    const id = moduleAt.get(path);
    return (id === undefined ? undefined : specs.modules.get(id)?.language) ?? languageAt.get(path) ?? languages[0];
  };
  return {
    onBroken,
    moduleAt: (path) => moduleAt.get(path),
    module: (id) => specs.modules.get(id)?.module,
    resolve(specifier, from) {
      const language = languageFor(from);
      for (const candidate of language?.reader.resolve?.(specifier, from, language.layout) ?? []) {
        const broken = brokenAt.get(candidate);
        const importer = moduleAt.get(from);
        if (broken !== undefined && importer !== undefined) onBroken.set(importer, broken);
        if (!moduleAt.has(candidate) && !ledger.exists(candidate)) continue;
        if (language !== undefined) languageAt.set(candidate, language);
        return candidate;
      }
      return undefined;
    },
    outline(path) {
      if (!outlines.has(path)) outlines.set(path, readOutline(path, languageFor(path), ledger, cached, keep));
      return outlines.get(path);
    },
  };
}

function readOutline(
  path: string,
  language: OpenLanguage | undefined,
  ledger: FileLedger,
  cached: AnalysisRecords,
  keep: KeepRecord,
): Outline | undefined {
  const hash = ledger.hash(path);
  if (hash === undefined || language?.reader.outline === undefined) return undefined;
  const known = cached.get("outline", path, hash) as { readonly outline?: Outline } | undefined;
  const outline = known === undefined ? parseOutline(path, language, ledger) : known.outline;
  keep({ kind: "outline", path, hash, value: outline === undefined ? {} : { outline } });
  return outline;
}

function parseOutline(path: string, { reader }: OpenLanguage, ledger: FileLedger): Outline | undefined {
  const decoded = decodeText(ledger.bytes(path) ?? Buffer.alloc(0));
  return "text" in decoded ? reader.outline?.({ path, text: decoded.text }) : undefined;
}
