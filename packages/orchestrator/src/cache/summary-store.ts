import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Conventions, Diagnostic, Role } from "@jaunt/core";
import type { PlannedModule } from "@jaunt/core/plan";
import { removeFile } from "../write/remove-file.ts";
import { temporaryPath } from "../write/temporary-file.ts";
import type { LedgerData } from "./file-ledger.ts";

/** What the conventions of all modules of one language and role have in common. */
export interface SharedConventions {
  readonly language: string;
  readonly role: Role;
  readonly conventions: Conventions;
}

/** The outcome of planning, small enough to be read whole each time. */
export interface Summary {
  /** In code-unit order of ids. */
  readonly modules: readonly PlannedModule[];
  readonly shared: readonly SharedConventions[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A summary with everything it was drawn from. */
export interface StoredSummary {
  readonly ledger: LedgerData;
  readonly summary: Summary;
}

/** Reads what was written under `key`. A missing, foreign or damaged file gives undefined; it never fails. */
export function readSummary(file: string, key: string): StoredSummary | undefined {
  try {
    const value = JSON.parse(readFileSync(file, "utf8")) as Partial<StoredSummary> & { readonly key?: unknown };
    if (value.key !== key || !isLedger(value.ledger) || !isSummary(value.summary)) return undefined;
    return { ledger: value.ledger, summary: value.summary };
  } catch {
    return undefined;
  }
}

/** Writes a summary; a failure leaves the file that was there, for a cache is never worth an error. */
export function writeSummary(file: string, key: string, stored: StoredSummary): void {
  const temporary = temporaryPath(file);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, JSON.stringify({ key, ...stored }));
    renameSync(temporary, file);
  } catch {
    removeFile(temporary);
  }
}

function isLedger(value: unknown): value is LedgerData {
  const { files, missing, writtenAt } = (value ?? {}) as Partial<LedgerData>;
  return (
    Array.isArray(files) &&
    files.every((entry) => Array.isArray(entry) && entry.length === 5) &&
    Array.isArray(missing) &&
    typeof writtenAt === "number"
  );
}

function isSummary(value: unknown): value is Summary {
  const { modules, shared, diagnostics } = (value ?? {}) as Partial<Summary>;
  return (
    Array.isArray(shared) &&
    Array.isArray(modules) &&
    modules.every((module) => typeof module?.id === "string" && Array.isArray(module.reasons)) &&
    Array.isArray(diagnostics)
  );
}
