import type { ModuleId } from "@jaunt/core";
import type { EventListener } from "@jaunt/orchestrator";

/** Counts modules as events tell of them, for when no report can. */
export interface Tally {
  readonly onEvent: EventListener;
  /** Undefined before it is known what there is to do. */
  readonly counts: () => { readonly done: number; readonly left: number } | undefined;
}

/** A tally of nothing yet. */
export function createTally(): Tally {
  const finished = new Set<ModuleId>();
  let total: number | undefined;
  return {
    onEvent(event) {
      if (event.type === "plan-end") total = event.total;
      if (event.type === "module-end" && (event.outcome === "built" || event.outcome === "restamped"))
        finished.add(event.module);
    },
    counts: () => (total === undefined ? undefined : { done: finished.size, left: Math.max(0, total - finished.size) }),
  };
}
