import type { ModuleId } from "@jaunt/core";
import type { EventListener } from "@jaunt/orchestrator";

/** Counts modules as events tell of them, for when no report can. */
export interface Tally {
  readonly onEvent: EventListener;
  readonly counts: () => { readonly done: number; readonly left: number };
}

/** A tally of nothing yet. */
export function createTally(): Tally {
  const finished = new Set<ModuleId>();
  let total = 0;
  return {
    onEvent(event) {
      if (event.type === "plan-end") total = event.total;
      if (event.type === "module-end" && (event.outcome === "built" || event.outcome === "restamped"))
        finished.add(event.module);
    },
    counts: () => ({ done: finished.size, left: Math.max(0, total - finished.size) }),
  };
}
