import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { atomicWrite } from "../write/atomic-write.ts";
import { nativePath } from "../write/native-path.ts";
import { removeFile } from "../write/remove-file.ts";
import { parseBatchRecord, type BatchRecord } from "./batch-record.ts";

/** Records of the batches of a project that are out. */
export interface BatchStore {
  /** Oldest first. Files that hold no record are passed over. */
  list(): readonly BatchRecord[];
  /** Writes it whole or not at all, in place of an earlier one of its name. */
  save(record: BatchRecord): void;
  remove(name: string): void;
}

/** Where records are, relative to the root. */
const batchFolder = ".jaunt/batches";

/** The records in a project's root. Nothing is made before one is saved. */
export function openBatchStore(root: string): BatchStore {
  const folder = nativePath(root, batchFolder);
  return {
    list: () =>
      namesIn(folder)
        .flatMap((name) => {
          const record = readRecord(join(folder, `${name}.json`));
          return record?.name === name ? [record] : [];
        })
        .sort((left, right) => left.sent_at - right.sent_at),
    save: (record) => void atomicWrite(root, `${batchFolder}/${record.name}.json`, `${JSON.stringify(record)}\n`),
    remove: (name) => removeFile(join(folder, `${name}.json`)),
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).flatMap((file) => /^([\w-]+)\.json$/.exec(file)?.[1] ?? []);
  } catch {
    return [];
  }
}

function readRecord(file: string): BatchRecord | undefined {
  try {
    return parseBatchRecord(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
