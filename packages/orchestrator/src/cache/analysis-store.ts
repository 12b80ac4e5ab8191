import { randomUUID } from "node:crypto";
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { removeFile } from "../write/remove-file.ts";
import { temporaryPath } from "../write/temporary-file.ts";

/** What was worked out from one file, valid for one content of it. */
export interface AnalysisRecord {
  readonly kind: "spec" | "generated" | "outline";
  readonly path: string;
  readonly hash: string;
  readonly value: unknown;
}

/** Records by kind and path; a record of another content than the one asked for does not exist. */
export interface AnalysisRecords {
  get(kind: AnalysisRecord["kind"], path: string, hash: string): unknown;
}

/**
 * The records that were written under `key`, each of which is read when asked for: the whole is large. A missing, foreign or damaged
 * file gives none, and one that is replaced gives none from then on; it never fails.
 */
export function readAnalysis(file: string, key: string): AnalysisRecords {
  const open = openInBursts(file);
  const places = new Map<string, Place>();
  try {
    const descriptor = open();
    if (descriptor !== undefined) findRecords(descriptor, key, places);
  } catch {
    places.clear();
  }
  return {
    get(kind, path, hash) {
      const place = places.get(recordName(kind, path, hash));
      const descriptor = place === undefined ? undefined : open();
      return place === undefined || descriptor === undefined ? undefined : readValue(descriptor, place);
    },
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

/** Records of several files, of which the first that knows a record is right. */
export function joinRecords(...all: readonly AnalysisRecords[]): AnalysisRecords {
  return {
    get(kind, path, hash) {
      for (const records of all) {
        const value = records.get(kind, path, hash);
        if (value !== undefined) return value;
      }
      return undefined;
    },
  };
}

/** Writes records behind those of `key` that the file holds; what else it holds goes. A failure leaves them out. */
export function appendAnalysis(file: string, key: string, records: readonly AnalysisRecord[]): void {
  const head = `${headLine(key)}\n`;
  tryTo(() => {
    mkdirSync(dirname(file), { recursive: true });
    const descriptor = openSync(file, "a+");
    try {
      const start = Buffer.alloc(head.length);
      const isOurs = readSync(descriptor, start, 0, start.length, 0) === start.length && start.toString() === head;
      if (!isOurs) ftruncateSync(descriptor);
      // An earlier line may have been cut off.
      writeFileSync(descriptor, [isOurs ? "\n" : head, ...records.map(lineOf)].join(""));
    } finally {
      closeSync(descriptor);
    }
  });
}

/** Told of what was worked out from a file. */
export type KeepRecord = (record: AnalysisRecord) => void;

/** Takes records one by one, so that the whole of them is never in memory. */
export interface AnalysisWriter {
  readonly add: KeepRecord;
  /** Puts the new file in the place of the old one, and says whether it did. Without it there is no new file. */
  commit(): boolean;
  /** Leaves the old file as it is. Harmless after `commit`. */
  close(): void;
}

/** Writes records for `key`; a failure leaves the file that was there, for a cache is never worth an error. */
export function writeAnalysis(file: string, key: string): AnalysisWriter {
  // Two looks at one project may go on side by side.
  const temporary = temporaryPath(`${file}.${randomUUID().slice(0, 8)}`);
  let descriptor = tryTo(() => {
    mkdirSync(dirname(file), { recursive: true });
    return openSync(temporary, "w");
  });
  // One buffer for all: of many small texts little is left for the collector to find.
  const buffer = Buffer.allocUnsafe(1 << 20);
  let used = buffer.write(`${headLine(key)}\n`);
  const close = (): void => {
    if (descriptor === undefined) return;
    const opened = descriptor;
    descriptor = undefined;
    tryTo(() => closeSync(opened));
    removeFile(temporary);
  };
  const write = (bytes: Uint8Array): void => {
    const opened = descriptor;
    if (opened === undefined) return;
    const written = tryTo(() => {
      writeFileSync(opened, bytes);
      return true;
    });
    if (written === undefined) close();
  };
  const flush = (): void => {
    write(buffer.subarray(0, used));
    used = 0;
  };
  return {
    add(record) {
      if (descriptor === undefined) return;
      const line = lineOf(record);
      const mostBytes = line.length * 3;
      if (used + mostBytes > buffer.length) flush();
      if (mostBytes > buffer.length) write(Buffer.from(line));
      else used += buffer.write(line, used);
    },
    commit() {
      flush();
      const opened = descriptor;
      if (opened === undefined) return false;
      const isNew = tryTo(() => {
        closeSync(opened);
        descriptor = undefined;
        renameSync(temporary, file);
        return true;
      });
      removeFile(temporary);
      return isNew === true;
    },
    close,
  };
}

function tryTo<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Descriptors of one file, each for as long as the event loop does not turn: nobody has to remember to close it. */
function openInBursts(file: string): () => number | undefined {
  let descriptor: number | undefined;
  let identity: string | undefined;
  return () => {
    if (descriptor !== undefined) return descriptor;
    try {
      const opened = openSync(file, "r");
      setImmediate(() => {
        descriptor = undefined;
        closeSync(opened);
      });
      const { ino, size, mtimeMs } = fstatSync(opened);
      const found = [ino, size, mtimeMs].join(" ");
      identity ??= found;
      if (identity === found) descriptor = opened;
      return descriptor;
    } catch {
      return undefined;
    }
  };
}

function headLine(key: string): string {
  return `jaunt-analysis 1 ${key}`;
}

function lineOf({ kind, path, hash, value }: AnalysisRecord): string {
  return `${recordName(kind, path, hash)}\t{"v":${JSON.stringify(value)}}\n`;
}

/** Paths go through JSON, so that no path holds a line end or the tab before the value. */
function recordName(kind: string, path: string, hash: string): string {
  return `${kind} ${hash} ${JSON.stringify(path)}`;
}

/** Where a record's value lies in the file, in bytes. */
interface Place {
  readonly start: number;
  readonly length: number;
}

const lineEnd = 0x0a;
const tab = 0x09;

/** @throws {Error} when the file was written under another key */
function findRecords(descriptor: number, key: string, places: Map<string, Place>): void {
  let chunk = Buffer.allocUnsafe(1 << 20);
  let offset = 0;
  for (let isHead = true; ;) {
    const bytes = chunk.subarray(0, readSync(descriptor, chunk, 0, chunk.length, offset));
    let start = 0;
    let split = bytes.indexOf(tab);
    for (let end = bytes.indexOf(lineEnd); end !== -1; end = bytes.indexOf(lineEnd, start)) {
      // Lines of a damaged file may have none, and each search would go to the end.
      if (split !== -1 && split < start) split = bytes.indexOf(tab, start);
      if (isHead && bytes.toString("utf8", start, end) !== headLine(key)) throw new Error("written by another version");
      if (!isHead && split !== -1 && split < end)
        places.set(bytes.toString("utf8", start, split), { start: offset + split + 1, length: end - split - 1 });
      isHead = false;
      start = end + 1;
    }
    if (bytes.length < chunk.length) return;
    if (start === 0) chunk = Buffer.allocUnsafe(chunk.length * 2);
    offset += start;
  }
}

function readValue(descriptor: number, { start, length }: Place): unknown {
  try {
    const bytes = Buffer.allocUnsafe(length);
    return (JSON.parse(bytes.toString("utf8", 0, readSync(descriptor, bytes, 0, length, start))) as { v?: unknown }).v;
  } catch {
    return undefined;
  }
}
