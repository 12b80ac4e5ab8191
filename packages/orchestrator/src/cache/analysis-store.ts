import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
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

/** Reads the records that were written under `key`. A missing, foreign or damaged file gives none; it never fails. */
export function readAnalysis(file: string, key: string): AnalysisRecords {
  const lines = new Map<string, string>();
  try {
    forEachLine(file, (line, index) => {
      if (index === 0 && line !== headLine(key)) throw new Error("written by another version");
      if (index > 0) lines.set(line.slice(0, line.indexOf("\t")), line);
    });
  } catch {
    lines.clear();
  }
  return {
    get(kind, path, hash) {
      const name = recordName(kind, path, hash);
      const line = lines.get(name);
      // Kept as text until asked for, and let go then: the whole is large.
      if (line === undefined) return undefined;
      lines.delete(name);
      return parseValue(line);
    },
  };
}

/** Writes all records; a failure leaves the file that was there, for a cache is never worth an error. */
export function writeAnalysis(file: string, key: string, records: Iterable<AnalysisRecord>): void {
  const temporary = temporaryPath(file);
  try {
    mkdirSync(dirname(file), { recursive: true });
    const descriptor = openSync(temporary, "w");
    try {
      let chunk = `${headLine(key)}\n`;
      for (const record of records) {
        chunk += `${recordName(record.kind, record.path, record.hash)}\t{"v":${JSON.stringify(record.value)}}\n`;
        if (chunk.length < 1 << 20) continue;
        writeSync(descriptor, chunk);
        chunk = "";
      }
      writeSync(descriptor, chunk);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch {
    removeFile(temporary);
  }
}

function headLine(key: string): string {
  return `jaunt-analysis 1 ${key}`;
}

/** Paths go through JSON, so that no path holds a line end or the tab before the value. */
function recordName(kind: string, path: string, hash: string): string {
  return `${kind} ${hash} ${JSON.stringify(path)}`;
}

function parseValue(line: string): unknown {
  try {
    return (JSON.parse(line.slice(line.indexOf("\t") + 1)) as { readonly v?: unknown }).v;
  } catch {
    return undefined;
  }
}

function forEachLine(file: string, visit: (line: string, index: number) => void): void {
  const text = readFileSync(file, "utf8");
  let index = 0;
  for (let start = 0; start < text.length; index += 1) {
    const end = text.indexOf("\n", start);
    if (end === -1) return;
    visit(text.slice(start, end), index);
    start = end + 1;
  }
}
