import type { ModuleId } from "@jaunt/core";
import type { ContractChange } from "./contract-change.ts";

/**
 * One message for a person who may want to look: which module was kept as it is, on what evidence (`types only`), and what its
 * dependencies say now in place of what they said.
 */
export function restampAdvisory(module: ModuleId, evidence: string, changes: readonly ContractChange[]): string {
  return [`restamped (${evidence}): ${module}`, ...changes.map(describeChange)].join("; ");
}

function describeChange(change: ContractChange): string {
  const { ref, kind, diff = [], words_only: wordsOnly } = change;
  if (kind === "dependency_added") return `${ref} is needed now`;
  if (kind === "dependency_removed") return `${ref} is no longer needed`;
  if (wordsOnly === undefined) return `${ref} changed; its old words are not known here`;
  const what = wordsOnly ? "changed in words only" : "changed";
  // A short change stays on the line, a long one stands below.
  const inline = diff.length <= 2 && diff.every((line) => line.length <= 100);
  return `${ref} ${what}:${inline ? ` ${diff.join(" ")}` : diff.map((line) => `\n${line}`).join("")}`;
}
