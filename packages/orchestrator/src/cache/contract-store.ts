import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ContractText } from "@jaunt/core/plan";
import { temporaryPath } from "../write/temporary-file.ts";

/** Texts that stood behind digests, by their first 16 hexadecimal digits. For people to read, never for deciding what is stale. */
export interface ContractStore {
  get(digest: string): ContractText | undefined;
  put(digest: string, contract: ContractText): void;
}

/** Largest entry in bytes; a longer text is not kept. */
const largestEntry = 64 * 1024;

/** Entries in each of 256 folders before the oldest quarter goes. */
const entriesInFolder = 512;

/** A store in `folder` (absolute). What is missing, foreign or damaged counts as absent; what cannot be written is left out. */
export function openContractStore(folder: string): ContractStore {
  const fileOf = (digest: string): string | undefined =>
    /^[0-9a-f]{16}$/.test(digest) ? join(folder, digest.slice(0, 2), `${digest.slice(2)}.json`) : undefined;
  return {
    get(digest) {
      const file = fileOf(digest);
      return file === undefined ? undefined : readEntry(file);
    },
    put(digest, contract) {
      const file = fileOf(digest);
      const text = JSON.stringify({ version: 1, ...contract });
      if (file !== undefined && Buffer.byteLength(text) <= largestEntry) writeEntry(file, text);
    },
  };
}

function readEntry(file: string): ContractText | undefined {
  try {
    if (statSync(file).size > largestEntry) return undefined;
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof value !== "object" || value === null) return undefined;
    const { version, text, shape } = value as Readonly<Record<string, unknown>>;
    return version === 1 && typeof text === "string" && typeof shape === "string" ? { text, shape } : undefined;
  } catch {
    return undefined;
  }
}

function writeEntry(file: string, text: string): void {
  try {
    if (readEntry(file) !== undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    makeRoom(dirname(file));
    // The process id keeps two processes apart, and one process writes one file at a time.
    const temporary = temporaryPath(file);
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch {
    // A text for people is never worth an error; what was left half-way goes when its folder is full.
  }
}

function makeRoom(folder: string): void {
  const names = readdirSync(folder);
  if (names.length < entriesInFolder) return;
  const aged = names
    .map((name) => ({ name, time: statSync(join(folder, name)).mtimeMs }))
    .sort((left, right) => left.time - right.time);
  for (const { name } of aged.slice(0, Math.ceil(entriesInFolder / 4))) rmSync(join(folder, name), { force: true });
}
