import { resolve } from "node:path";
import type { ModuleId } from "@jaunt/core";
import { moduleOfRef, specOfRef } from "@jaunt/core/graph";
import { describeContext, describeContract, type ContractText } from "@jaunt/core/plan";
import { openContractStore, type ContractStore } from "../cache/contract-store.ts";
import type { LoadedProject } from "../loaded-project.ts";
import type { ProjectContext } from "../project-context.ts";

/** The parts of a project that contracts are told from. */
export type ContractProject = Pick<LoadedProject, "modules" | "linksOf" | "digestsOf">;

/** The store of this project. */
export function contractStore({ root, config }: ProjectContext): ContractStore {
  return openContractStore(resolve(root, config.cache.dir, "contracts"));
}

/** Keeps what stands behind each part of a module that is being stamped, so that a later `why` can show what it was. */
export function recordContracts(context: ProjectContext, project: ContractProject, module: ModuleId): void {
  const store = contractStore(context);
  for (const [part, digest] of Object.entries(project.digestsOf(module)?.parts ?? {})) {
    const contract = contractOfPart(project, module, part);
    if (contract !== undefined) store.put(digest, contract);
  }
}

/** What stands behind a part of a module today; undefined for what is no longer there. */
export function contractOfPart(project: ContractProject, module: ModuleId, part: string): ContractText | undefined {
  const loaded = project.modules.get(module);
  if (part === "context") return loaded === undefined ? undefined : describeContext(loaded.module);
  const own = part.startsWith("spec:");
  const ref = own ? `${module}:${part.slice("spec:".length)}` : part.replace(/^dep:/, "");
  // A spec's own name has no dots that separate a member.
  const owner = own ? ref : specOfRef(ref);
  const spec = project.modules.get(moduleOfRef(ref))?.module.specs.find((candidate) => candidate.ref === owner);
  if (spec === undefined) return undefined;
  const types = project.linksOf(moduleOfRef(ref)).types.get(ref) ?? [];
  return describeContract(spec, types, owner === ref ? { own } : { own, member: ref.slice(owner.length + 1) });
}
