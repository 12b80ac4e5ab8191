import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Diagnostic } from "@jaunt/core";
import { digest } from "@jaunt/core/digest";
import { openLedger, type FileLedger } from "./cache/file-ledger.ts";
import { readSummary, writeSummary, type Summary } from "./cache/summary-store.ts";
import { discoverFiles, type FoundFiles } from "./discover/discover-files.ts";
import { expandRoots, type Roots } from "./discover/expand-roots.ts";
import type { ProjectContext } from "./project-context.ts";
import type { OpenLanguage } from "./read/open-languages.ts";
import { failureFolder } from "./write/failure-report.ts";
import { nativePath, projectPath } from "./write/native-path.ts";

/** What walking a project shows before any file is read, and what the caches know of it. */
export interface Survey {
  readonly roots: Roots;
  readonly found: FoundFiles;
  /** Failure files of earlier builds. */
  readonly failureFiles: readonly string[];
  readonly ledger: FileLedger;
  /** Undefined when there is no stored outcome, or none that is worth mending. */
  readonly known: KnownProject | undefined;
  readonly summaryFile: string;
  readonly summaryKey: string;
  readonly analysisFile: string;
  /** What was read of spec files since the analysis file was written. */
  readonly editsFile: string;
  /** Milliseconds since the epoch, before anything was looked at. */
  readonly startedAt: number;
}

/** The stored outcome of an earlier look. */
export interface KnownProject {
  readonly summary: Summary;
  /** The files that it no longer fits. */
  readonly changed: readonly string[];
}

/** From so many files that had to be read only for being young on, writing the cache again is cheaper than reading them again. */
const manyYoung = 200;

/** Walks the project and opens the ledger of its files. */
export function surveyProject(context: ProjectContext): Survey {
  const { root, config, options } = context;
  const startedAt = Date.now();
  const roots = expandRoots(root, config.paths);
  const isSpec = (path: string): boolean => options.languages.some(({ reader }) => reader.moduleId(path) !== undefined);
  const found = discoverFiles(root, { roots, generatedDir: config.paths.generated_dir, isSpec });
  const failureFiles = listFailures(root);
  const folder = resolve(root, config.cache.dir);
  const summaryFile = resolve(folder, "summary.json");
  const key = summaryKey(context, roots);
  const stored = readSummary(summaryFile, key);
  const ledger = openLedger(root, stored?.ledger);
  const present = [...found.specs.map(({ path }) => path), ...found.generated, ...failureFiles];
  const known = compareWithStored(stored?.summary, found, ledger, present);
  // The times of files that hold what they held are written down, or they would be read again each time.
  if (stored !== undefined && known?.changed.length === 0)
    if (ledger.rereads.touched > 0 || ledger.rereads.young >= manyYoung)
      writeSummary(summaryFile, key, { ...stored, ledger: ledger.data(startedAt) });
  return {
    roots,
    found,
    failureFiles,
    ledger,
    known,
    summaryFile,
    summaryKey: key,
    analysisFile: resolve(folder, "analysis.txt"),
    editsFile: resolve(folder, "analysis-edits.txt"),
    startedAt,
  };
}

function compareWithStored(
  summary: Summary | undefined,
  found: FoundFiles,
  ledger: FileLedger,
  present: readonly string[],
): Survey["known"] {
  // What mends an error may lie where nobody looked.
  const isBad = (diagnostics: readonly Diagnostic[]): boolean =>
    diagnostics.some(({ severity }) => severity === "error");
  if (summary === undefined || found.diagnostics.length > 0 || isBad(summary.diagnostics)) return undefined;
  const changed = ledger.changed();
  if (changed === "everything") return undefined;
  return {
    summary,
    changed: [...new Set([...changed, ...present.filter((path) => ledger.earlierHash(path) === undefined)])],
  };
}

/** What makes records of single files invalid all at once: another reader, or other settings to read with. */
export function analysisKey({ options }: ProjectContext, languages: readonly OpenLanguage[]): string {
  const parts = languages.map(({ reader, layout }) => [reader.language, reader.version, JSON.stringify(layout)]);
  return digest("jaunt.analysis/1", [options.toolVersion, parts]);
}

function summaryKey({ config, options, generator }: ProjectContext, roots: Roots): string {
  const readers = options.languages.map(({ reader }) => [reader.language, reader.version]);
  return digest("jaunt.summary/1", [
    options.toolVersion,
    JSON.stringify([config, generator("build"), generator("test"), roots]),
    readers,
  ]);
}

function listFailures(root: string): readonly string[] {
  try {
    return readdirSync(nativePath(root, failureFolder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".md") && !entry.name.endsWith(".prompt.md"))
      .map((entry) => projectPath(root, resolve(entry.parentPath, entry.name)))
      .sort();
  } catch {
    return [];
  }
}
