import { asCount, asObject } from "@jaunt/backend-kit";
import type { Usage } from "@jaunt/core";

/** Usage as the provider sent it, brought to the port's terms, or `undefined` when it sent none. */
export function readUsage(value: unknown): Usage | undefined {
  const usage = asObject(value);
  const prompt = asCount(usage?.["prompt_tokens"]);
  const completion = asCount(usage?.["completion_tokens"]);
  if (usage === undefined || prompt === undefined || completion === undefined) return undefined;
  const details = asObject(usage["prompt_tokens_details"]);
  const cacheRead =
    asCount(details?.["cached_tokens"]) ??
    asCount(usage["cache_read_input_tokens"]) ??
    asCount(usage["prompt_cache_hit_tokens"]) ??
    0;
  const cacheWrite =
    asCount(details?.["cache_write_tokens"]) ??
    asCount(details?.["cache_creation_tokens"]) ??
    asCount(usage["cache_creation_input_tokens"]) ??
    0;
  const reasoning = asCount(asObject(usage["completion_tokens_details"])?.["reasoning_tokens"]) ?? 0;
  // Some providers count reasoning beside the completion and not inside it; the total tells.
  const total = asCount(usage["total_tokens"]) ?? 0;
  return {
    input: Math.max(0, prompt - cacheRead - cacheWrite),
    cacheRead,
    cacheWrite,
    output: Math.max(completion, reasoning, total - prompt),
    reasoning,
  };
}
