import type { Diagnostic, OutputPaths, ReadResult, SpecModule } from "@jaunt/core";
import type { AnalysisRecord, AnalysisRecords } from "../cache/analysis-store.ts";
import type { FileLedger } from "../cache/file-ledger.ts";
import type { FoundFiles } from "../discover/discover-files.ts";
import { decodeText } from "./decode-text.ts";
import { emptyModule, languageOf, type OpenLanguage } from "./open-languages.ts";
import { withPauses } from "./with-pauses.ts";

/** A spec module with where its output goes. */
export interface LoadedModule {
  readonly module: SpecModule;
  readonly paths: OutputPaths;
  readonly language: OpenLanguage;
  /** Digest of the spec file's bytes. */
  readonly hash: string;
}

export interface ReadSpecs {
  /** By module id, in code-unit order. */
  readonly modules: ReadonlyMap<string, LoadedModule>;
  /** Spec files that hold specs nobody could read, with the module they would be. */
  readonly broken: readonly { readonly path: string; readonly id: string; readonly paths: OutputPaths }[];
  readonly diagnostics: readonly Diagnostic[];
  readonly records: readonly AnalysisRecord[];
}

/** Reads every spec file, taking from `cached` what was worked out from the same bytes before. Bad files become diagnostics. */
export async function readSpecs(
  files: FoundFiles["specs"],
  languages: readonly OpenLanguage[],
  ledger: FileLedger,
  cached: AnalysisRecords,
): Promise<ReadSpecs> {
  const modules = new Map<string, LoadedModule>();
  const broken: { path: string; id: string; paths: OutputPaths }[] = [];
  const diagnostics: Diagnostic[] = [];
  const records: AnalysisRecord[] = [];
  for await (const { path, role } of withPauses(files)) {
    const language = languageOf(path, languages);
    const id = language?.reader.moduleId(path);
    if (language === undefined || id === undefined) continue;
    const hash = ledger.hash(path);
    const result =
      (hash === undefined ? undefined : (cached.get("spec", path, hash) as ReadResult | undefined)) ??
      readSpec(path, language, ledger);
    if (hash !== undefined) records.push({ kind: "spec", path, hash, value: result });
    const { module } = result;
    const other = modules.get(id)?.module.path;
    diagnostics.push(...(other === undefined ? result.diagnostics : [duplicate(path, other)]));
    if (other !== undefined) continue;
    if (module !== undefined)
      modules.set(id, { module, paths: language.target.place(module, language.layout), language, hash: hash ?? "" });
    else if (result.diagnostics.some(({ severity }) => severity === "error")) {
      broken.push({
        path,
        id,
        paths: language.target.place(emptyModule(id, path, language.reader.language, role), language.layout),
      });
    }
  }
  return {
    modules: new Map([...modules].sort(([left], [right]) => (left < right ? -1 : 1))),
    broken,
    diagnostics,
    records,
  };
}

function readSpec(path: string, { reader, layout }: OpenLanguage, ledger: FileLedger): ReadResult {
  const bytes = ledger.bytes(path);
  if (bytes === undefined) return { diagnostics: [unreadable(path, ledger.problem(path) ?? "it is gone")] };
  const decoded = decodeText(bytes);
  if ("text" in decoded) return reader.read({ path, text: decoded.text }, layout);
  const { code, message, line, hint } = decoded;
  return {
    diagnostics: [{ code, severity: "error", message, file: path, start: { line, column: 1, offset: 0 }, hint }],
  };
}

function unreadable(path: string, why: string): Diagnostic {
  return {
    code: "file/unreadable",
    severity: "error",
    message: `Cannot read this file: ${why}.`,
    file: path,
    start: { line: 1, column: 1, offset: 0 },
    hint: "Make it readable for you, or move it out of the source roots.",
  };
}

function duplicate(path: string, other: string): Diagnostic {
  return {
    code: "discover/duplicate-module",
    severity: "error",
    message: `This file and ${other} are the same module.`,
    file: path,
    start: { line: 1, column: 1, offset: 0 },
    hint: "Rename one of them; this one is left out meanwhile.",
  };
}
