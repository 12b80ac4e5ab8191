import type { AnalysisRecord, AnalysisRecords } from "./analysis-store.ts";

/** The records of the last look at a project, kept between looks by who looks often. */
export interface AnalysisMemory {
  /** What was kept under `key`; undefined when nothing was. */
  read(key: string): AnalysisRecords | undefined;
  keep(key: string, records: readonly AnalysisRecord[]): void;
}

/** A memory of nothing. */
export function createAnalysisMemory(): AnalysisMemory {
  let kept: { readonly key: string; readonly records: ReadonlyMap<string, AnalysisRecord> } | undefined;
  return {
    read(key) {
      if (kept?.key !== key) return undefined;
      const { records } = kept;
      return {
        get(kind, path, hash) {
          const record = records.get(`${kind} ${path}`);
          return record?.hash === hash ? record.value : undefined;
        },
        close: () => undefined,
      };
    },
    keep(key, records) {
      kept = { key, records: new Map(records.map((record) => [`${record.kind} ${record.path}`, record])) };
    },
  };
}
