import type { BackendWarning, GenerateRequest, GenerateResponse } from "@jaunt/core";
import type { Preset } from "./presets.ts";

/** A prompt this short in characters says too little about how many tokens it has. */
const shortestPrompt = 4_000;

/** Characters to a token: what no tokenizer reaches over a whole prompt, and what is likely. */
const perToken = { most: 5.5, likely: 3.5 };

/**
 * What is to be said of an answer that was made of half a prompt, or ended where the context did. Servers that cut prompts do not
 * tell, but their count of the prompt's tokens does.
 */
export function contextWarning(
  request: GenerateRequest,
  { finish, usage }: GenerateResponse,
  { name, enlargeContext: hint }: Preset,
): BackendWarning | undefined {
  if (usage.estimated === true) return undefined;
  const characters = request.prompt.reduce((sum, { text }) => sum + text.length, 0);
  const read = usage.input + usage.cacheRead + usage.cacheWrite;
  if (characters >= shortestPrompt && read > 0 && isCut(read, characters)) {
    return {
      message: `${name} read only ${String(read)} tokens of a prompt of ${String(characters)} characters: it was cut to the model's context, and the answer may miss rules or specs.`,
      hint,
    };
  }
  if (finish === "length" && usage.output > 0 && usage.output < request.maxOutputTokens) {
    return {
      message: `${name} ended an answer after ${String(usage.output)} tokens, fewer than the ${String(request.maxOutputTokens)} it was allowed: the model's context, or its own limit on answers, is too small.`,
      hint,
    };
  }
  return undefined;
}

/** Far too few tokens for the text, or exactly as many as a context holds. */
function isCut(tokens: number, characters: number): boolean {
  const each = characters / tokens;
  return each > perToken.most || (each > perToken.likely && tokens % 1024 === 0);
}
