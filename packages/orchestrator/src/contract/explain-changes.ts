import type { ModuleId } from "@jaunt/core";
import type { ContractText, PlannedModule, Reason } from "@jaunt/core/plan";
import type { ContractStore } from "../cache/contract-store.ts";
import type { LoadedProject } from "../loaded-project.ts";
import { diffLines } from "../text/diff-lines.ts";
import type { ContractChange } from "./contract-change.ts";
import { contractOfPart, type ContractProject } from "./project-contracts.ts";

/** What each reason of a module comes from, down to the symbol, with the texts as far as `store` knows them. */
export function explainChanges(
  project: ContractProject & Pick<LoadedProject, "generatedAt">,
  store: ContractStore,
  planned: PlannedModule,
): readonly ContractChange[] {
  const parsed = project.generatedAt(planned.generatedPath)?.parsed;
  const before = parsed !== undefined && "header" in parsed ? (parsed.header.parts ?? {}) : {};
  return planned.reasons.flatMap((reason): readonly ContractChange[] => {
    if (!("part" in reason)) return [];
    const { part, kind } = reason;
    const old = "old" in reason ? reason.old : (before[part] ?? null);
    const now = "new" in reason ? reason.new : (project.digestsOf(planned.id)?.parts[part] ?? null);
    const oldContract = old === null ? undefined : store.get(old);
    const newContract = now === null ? undefined : contractOfPart(project, planned.id, part);
    return [{ part, ref: refOf(planned.id, part), kind, old, new: now, ...texts(kind, oldContract, newContract) }];
  });
}

function refOf(module: ModuleId, part: string): string {
  if (part.startsWith("dep:")) return part.slice("dep:".length);
  return part.startsWith("spec:") ? `${module}:${part.slice("spec:".length)}` : module;
}

function texts(
  kind: Reason["kind"],
  before: ContractText | undefined,
  after: ContractText | undefined,
): Pick<ContractChange, "old_text" | "new_text" | "diff" | "words_only"> {
  const both = before !== undefined && after !== undefined;
  return {
    ...(before === undefined ? {} : { old_text: before.text }),
    ...(after === undefined ? {} : { new_text: after.text }),
    ...(both ? { diff: diffLines(before.text, after.text) } : {}),
    ...(both && kind === "dependency_changed" ? { words_only: before.shape === after.shape } : {}),
  };
}
