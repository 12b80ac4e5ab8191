import { edgesFrom } from "../graph/edges-from.ts";
import { specOfRef } from "../graph/refs.ts";
import type { SpecLinks } from "../graph/spec-graph.ts";
import type { SpecModule, SpecRef } from "../nouns/spec.ts";
import type { Reason } from "./plan.ts";

export interface ChangedSpecsOptions {
  /** Whether specs count whose own text is the same and that use something that changed. */
  readonly withUsers: boolean;
  /** Drifts that restale a module as a whole. */
  readonly rebuildOn: readonly ("model" | "prompts")[];
}

/**
 * Names of the specs of a stale module that have to be written anew, in source order; the others answer to the same words as before.
 * Undefined when the reasons do not say which: then all of them.
 */
export function changedSpecs(
  module: Pick<SpecModule, "id" | "specs">,
  reasons: readonly Reason[],
  graph: Pick<SpecLinks, "edges">,
  { withUsers, rebuildOn }: ChangedSpecsOptions,
): readonly string[] | undefined {
  const names = new Set<string>();
  const changedRefs = new Set<SpecRef>();
  let says = false;
  for (const reason of reasons) {
    switch (reason.kind) {
      case "spec_changed":
      case "spec_added":
      case "spec_removed": {
        if (!reason.part.startsWith("spec:")) return undefined;
        const name = reason.part.slice("spec:".length);
        names.add(name);
        changedRefs.add(`${module.id}:${name}`);
        says = true;
        break;
      }
      case "dependency_changed":
      case "dependency_added":
      case "dependency_removed":
        changedRefs.add(reason.ref);
        says = true;
        break;
      case "model_changed":
        if (rebuildOn.includes("model")) return undefined;
        break;
      case "prompts_changed":
        if (rebuildOn.includes("prompts")) return undefined;
        break;
      // Of earlier builds; what is to be done now follows from the other reasons.
      case "generation_failed":
      case "dependency_failed":
        break;
      default:
        return undefined;
    }
  }
  if (!says) return undefined;
  const uses = (ref: SpecRef): boolean =>
    edgesFrom(graph, ref).some(({ to }) => changedRefs.has(to) || changedRefs.has(specOfRef(to)));
  return module.specs.filter(({ name, ref }) => names.has(name) || (withUsers && uses(ref))).map(({ name }) => name);
}
