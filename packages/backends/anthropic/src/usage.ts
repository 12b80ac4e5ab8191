import { asCount, asObject } from "@jaunt/backend-kit";
import type { Usage } from "@jaunt/core";

/** The figures of a message as the API counts them: cumulative, each event repeating or replacing the last. */
export interface WireUsage {
  readonly input?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly output?: number;
  readonly reasoning?: number;
}

/** Takes over what an event says of usage; what it leaves out or sends as null stays. */
export function mergeUsage(known: WireUsage, value: unknown): WireUsage {
  const usage = asObject(value);
  const details = asObject(usage?.["output_tokens_details"]);
  const figures = {
    input: asCount(usage?.["input_tokens"]),
    cacheRead: asCount(usage?.["cache_read_input_tokens"]),
    cacheWrite: asCount(usage?.["cache_creation_input_tokens"]),
    output: asCount(usage?.["output_tokens"]),
    reasoning: asCount(details?.["thinking_tokens"]),
  };
  return { ...known, ...Object.fromEntries(Object.entries(figures).filter(([, figure]) => figure !== undefined)) };
}

/** In the port's terms, which are the API's own: input leaves out the cache, output includes thinking. */
export function normaliseUsage({ input, output, ...rest }: WireUsage): Usage | undefined {
  if (input === undefined || output === undefined) return undefined;
  const { cacheRead = 0, cacheWrite = 0, reasoning = 0 } = rest;
  return { input, cacheRead, cacheWrite, output: Math.max(output, reasoning), reasoning };
}
