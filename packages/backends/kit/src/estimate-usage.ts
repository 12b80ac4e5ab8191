import type { GenerateRequest, Usage } from "@jaunt/core";

/** Four characters to a token, for providers that send no usage. */
export function estimateUsage({ prompt }: GenerateRequest, outputCharacters: number): Usage {
  const characters = prompt.reduce((total, part) => total + part.text.length, 0);
  return {
    input: Math.ceil(characters / 4),
    cacheRead: 0,
    cacheWrite: 0,
    output: Math.ceil(outputCharacters / 4),
    reasoning: 0,
    estimated: true,
  };
}
