import type { AnalysisRecord, AnalysisRecords } from "./analysis-store.ts";

/** Records that are at hand. */
export function recordsAtHand(records: readonly AnalysisRecord[]): AnalysisRecords {
  const byName = new Map(records.map((record) => [`${record.kind} ${record.path}`, record]));
  return {
    get(kind, path, hash) {
      const record = byName.get(`${kind} ${path}`);
      return record?.hash === hash ? record.value : undefined;
    },
  };
}

/** The records of the last look at a project, kept between looks by who looks often. */
export interface AnalysisMemory {
  /** What was kept under `key`; undefined when nothing was. */
  read(key: string): AnalysisRecords | undefined;
  keep(key: string, records: AnalysisRecords): void;
}

/** A memory of nothing. */
export function createAnalysisMemory(): AnalysisMemory {
  let kept: { readonly key: string; readonly records: AnalysisRecords } | undefined;
  return {
    read: (key) => (kept?.key === key ? kept.records : undefined),
    keep: (key, records) => void (kept = { key, records }),
  };
}
