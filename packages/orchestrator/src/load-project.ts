import { readdirSync } from "node:fs";
import { join } from "node:path";
import { JauntError, type Diagnostic, type ModuleId } from "@jaunt/core";
import { digest } from "@jaunt/core/digest";
import type { SpecGraph } from "@jaunt/core/graph";
import type { GeneratedFile, ModuleDigests, Plan } from "@jaunt/core/plan";
import { readAnalysis, writeAnalysis, type AnalysisRecord } from "./cache/analysis-store.ts";
import { openLedger, type FileLedger } from "./cache/file-ledger.ts";
import { readSummary, writeSummary, type Summary } from "./cache/summary-store.ts";
import { discoverFiles, type FoundFiles } from "./discover/discover-files.ts";
import { expandRoots, type Roots } from "./discover/expand-roots.ts";
import type { ProjectContext } from "./project-context.ts";
import { languageOf, openLanguages, type OpenLanguage } from "./read/open-languages.ts";
import { readSpecs, type LoadedModule } from "./read/read-specs.ts";
import { failureFolder, readFailure, type FailureRecord } from "./write/failure-report.ts";
import { nativePath } from "./write/native-path.ts";

/** A project as it is on disk at one moment: read, linked, hashed and planned. */
export interface LoadedProject {
  readonly modules: ReadonlyMap<ModuleId, LoadedModule>;
  readonly languages: readonly OpenLanguage[];
  readonly graph: SpecGraph;
  readonly digests: ReadonlyMap<ModuleId, ModuleDigests>;
  readonly plan: Plan;
  /** Every file in generated folders, by path. */
  readonly generated: ReadonlyMap<string, GeneratedFile>;
  readonly failures: ReadonlyMap<ModuleId, FailureRecord>;
  readonly diagnostics: readonly Diagnostic[];
  readonly summary: Summary;
}
