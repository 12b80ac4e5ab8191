import type { Conventions, SpecModule } from "@jaunt/core";
import type { AnalysisRecord, AnalysisRecords, KeepRecord } from "./analysis-store.ts";

/** The records of the last look at a project, kept between looks by who looks often. */
export interface AnalysisMemory {
  /** What was kept under `key`; undefined when nothing was. */
  read(key: string): AnalysisRecords | undefined;
  keep(key: string, records: AnalysisRecords): void;
  /** What generated code of modules among the records must do. */
  readonly conventions: WeakMap<SpecModule, Conventions>;
}

/** A memory of nothing. */
export function createAnalysisMemory(): AnalysisMemory {
  let kept: { readonly key: string; readonly records: AnalysisRecords } | undefined;
  return {
    read: (key) => (kept?.key === key ? kept.records : undefined),
    keep: (key, records) => void (kept = { key, records }),
    conventions: new WeakMap(),
  };
}

/** Records in memory, none at first. */
export function recordsAtHand(): AnalysisRecords & { readonly add: KeepRecord } {
  const records = new Map<string, AnalysisRecord>();
  return {
    add: (record) => void records.set(`${record.kind} ${record.path}`, record),
    get(kind, path, hash) {
      const record = records.get(`${kind} ${path}`);
      return record?.hash === hash ? record.value : undefined;
    },
  };
}
