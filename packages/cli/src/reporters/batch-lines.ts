import type { RunEvent } from "@jaunt/orchestrator";
import { cleanLine } from "../render/escape.ts";
import { formatCount, formatNumber } from "../render/format.ts";
import type { View } from "../render/view.ts";

type EventOf<Type extends RunEvent["type"]> = Extract<RunEvent, { readonly type: Type }>;

/** The lasting lines of a batch that was submitted, found again, or has ended; while it runs only when verbose. */
export function batchLines(
  event: EventOf<"batch-submit"> | EventOf<"batch-progress">,
  { colors, verbose }: View,
): readonly string[] {
  const id = cleanLine(event.batch);
  if (event.type === "batch-submit") {
    const requests = formatCount(event.modules.length, "request");
    const left = event.left === 0 ? "" : `; the budget leaves ${formatNumber(event.left)} more for the next one`;
    return [
      event.resumed
        ? `${colors.cyan("⧗")} batch ${id}: ${requests}, submitted earlier`
        : `${colors.cyan("⧗")} batch ${id}: ${requests} submitted${left}`,
    ];
  }
  const { state, succeeded, failed } = event;
  if (state === "running") return verbose ? [colors.dim(`batch ${id}: ${batchState(event)}`)] : [];
  const mark = failed === 0 ? colors.green("✓") : colors.yellow("!");
  const rest = failed === 0 ? "" : `, ${formatNumber(failed)} not`;
  return [`${mark} batch ${id}: ${state}, ${formatCount(succeeded, "request")} answered${rest}`];
}

/** How far a running batch is. Some providers count nothing before the end. */
export function batchState({ running, succeeded, failed }: Omit<EventOf<"batch-progress">, "type" | "batch">): string {
  const total = running + succeeded + failed;
  return total === 0 ? "waiting" : `${formatNumber(succeeded + failed)} of ${formatNumber(total)} answered`;
}
