import type { RunEvent } from "@jaunt/orchestrator";

/** Shows events to a person as they happen. */
export interface Reporter {
  readonly onEvent: (event: RunEvent) => void;
  /** Takes away what is only of the moment; nothing is written after it. */
  readonly close: () => void;
}
