import type { Usage } from "@jaunt/core";

/** Nothing was used. */
export const noUsage: Usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

/** The sum of two usages; an estimate in either makes it one. */
export function addUsage(left: Usage, right: Usage): Usage {
  const estimated = left.estimated === true || right.estimated === true;
  return {
    input: left.input + right.input,
    cacheRead: left.cacheRead + right.cacheRead,
    cacheWrite: left.cacheWrite + right.cacheWrite,
    output: left.output + right.output,
    reasoning: left.reasoning + right.reasoning,
    ...(estimated ? { estimated } : {}),
  };
}
