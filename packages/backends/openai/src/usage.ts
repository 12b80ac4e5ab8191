import { asCount, asObject } from "@jaunt/backend-kit";
import type { Usage } from "@jaunt/core";

/** Usage brought to the port's terms, for here the input includes the cache; `undefined` when there is none. */
export function readUsage(value: unknown): Usage | undefined {
  const usage = asObject(value);
  const input = asCount(usage?.["input_tokens"]);
  const output = asCount(usage?.["output_tokens"]);
  if (input === undefined || output === undefined) return undefined;
  const details = asObject(usage?.["input_tokens_details"]);
  const cacheRead = asCount(details?.["cached_tokens"]) ?? 0;
  const cacheWrite = asCount(details?.["cache_write_tokens"]) ?? 0;
  const reasoning = asCount(asObject(usage?.["output_tokens_details"])?.["reasoning_tokens"]) ?? 0;
  return {
    input: Math.max(0, input - cacheRead - cacheWrite),
    cacheRead,
    cacheWrite,
    output: Math.max(output, reasoning),
    reasoning,
  };
}
