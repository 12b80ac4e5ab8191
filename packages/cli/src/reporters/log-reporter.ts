import type { TerminalOutput } from "../terminal.ts";
import type { View } from "../render/view.ts";
import { eventLines, startLines } from "./event-lines.ts";
import type { Reporter } from "./reporter.ts";

/** A plain log: one line per start and end, for files, pipes and build servers. */
export function createLogReporter(output: TerminalOutput, view: View): Reporter {
  let closed = false;
  return {
    onEvent(event) {
      if (closed) return;
      for (const line of [...startLines(event, view), ...eventLines(event, view)]) output.write(`${line}\n`);
    },
    close() {
      closed = true;
    },
  };
}
