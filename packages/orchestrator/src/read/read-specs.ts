import type { Diagnostic, ModuleId, OutputPaths, ReadResult, Role, SpecModule } from "@jaunt/core";
import type { AnalysisRecords, KeepRecord } from "../cache/analysis-store.ts";
import type { FileLedger } from "../cache/file-ledger.ts";
import type { FoundFiles } from "../discover/discover-files.ts";
import { decodeText } from "./decode-text.ts";
import { emptyModule, languageOf, type OpenLanguage } from "./open-languages.ts";
import { withPauses } from "./with-pauses.ts";

/** A spec file with where its output goes. */
export interface SpecPlace {
  readonly path: string;
  readonly role: Role;
  readonly paths: OutputPaths;
  readonly language: OpenLanguage;
  /** Digest of the spec file's bytes. */
  readonly hash: string;
}

/** A spec module with where its output goes. */
export interface LoadedModule extends SpecPlace {
  /** What the file says; it may be read only when it is asked for. */
  readonly module: SpecModule;
}

/** Spec files that hold specs nobody could read, with the module they would be. */
export interface BrokenSpec {
  readonly path: string;
  readonly id: string;
  readonly paths: OutputPaths;
}

export interface ReadSpecs {
  /** By module id, in code-unit order. */
  readonly modules: ReadonlyMap<string, LoadedModule>;
  readonly broken: readonly BrokenSpec[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads every spec file, taking from `cached` what was worked out from the same bytes before. Bad files become diagnostics. */
export async function readSpecs(
  files: FoundFiles["specs"],
  languages: readonly OpenLanguage[],
  ledger: FileLedger,
  cached: AnalysisRecords,
  keep: KeepRecord,
): Promise<ReadSpecs> {
  const modules = new Map<string, LoadedModule>();
  const broken: BrokenSpec[] = [];
  const diagnostics: Diagnostic[] = [];
  for await (const { path, role } of withPauses(files)) {
    const language = languageOf(path, languages);
    const id = language?.reader.moduleId(path);
    if (language === undefined || id === undefined) continue;
    const hash = ledger.hash(path);
    const result =
      (hash === undefined ? undefined : (cached.get("spec", path, hash) as ReadResult | undefined)) ??
      readSpec(path, language, ledger);
    if (hash !== undefined) keep({ kind: "spec", path, hash, value: result });
    const { module } = result;
    const other = modules.get(id)?.path;
    diagnostics.push(...(other === undefined ? result.diagnostics : [duplicate(path, other)]));
    if (other !== undefined) continue;
    if (module !== undefined) modules.set(id, { ...placeSpec(id, path, role, language, hash), module });
    else if (result.diagnostics.some(({ severity }) => severity === "error"))
      broken.push({ path, id, paths: placeSpec(id, path, role, language, hash).paths });
  }
  return {
    modules: new Map([...modules].sort(([left], [right]) => (left < right ? -1 : 1))),
    broken,
    diagnostics,
  };
}

/** What can be said of a spec file without reading it. */
export function placeSpec(
  id: ModuleId,
  path: string,
  role: Role,
  language: OpenLanguage,
  hash: string | undefined,
): SpecPlace {
  const { reader, target, layout } = language;
  const paths = target.place(emptyModule(id, path, reader.language, role), layout);
  return { path, role, paths, language, hash: hash ?? "" };
}

/** What a spec file says now. Never fails: what cannot be read is a diagnostic. */
export function readSpec(path: string, { reader, layout }: OpenLanguage, ledger: FileLedger): ReadResult {
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
