import type { TerminalOutput } from "../terminal.ts";
import type { View } from "../render/view.ts";
import { eventLines, startLines } from "./event-lines.ts";
import type { Reporter } from "./reporter.ts";
import { idleLine } from "./watch-lines.ts";

/** A plain log: one line per start and end, for files, pipes and build servers. */
export function createLogReporter(output: TerminalOutput, view: View): Reporter {
  let closed = false;
  return {
    onEvent(event) {
      if (closed) return;
      const idle = event.type === "watch-idle" ? [view.colors.dim(idleLine(event))] : [];
      for (const line of [...startLines(event, view), ...eventLines(event, view), ...idle]) output.write(`${line}\n`);
    },
    close() {
      closed = true;
    },
  };
}
