import { expect, test } from "vitest";
import { readUsage } from "./usage.ts";

const none = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

test.each([
  ["plain", { prompt_tokens: 10, completion_tokens: 4 }, { ...none, input: 10, output: 4 }],
  [
    "OpenAI: cached tokens are inside the prompt, reasoning inside the completion",
    {
      prompt_tokens: 812,
      completion_tokens: 122,
      total_tokens: 934,
      prompt_tokens_details: { cached_tokens: 800 },
      completion_tokens_details: { reasoning_tokens: 100 },
    },
    { input: 12, cacheRead: 800, cacheWrite: 0, output: 122, reasoning: 100 },
  ],
  [
    "LiteLLM before Anthropic: reads and writes of the cache",
    { prompt_tokens: 100, completion_tokens: 5, cache_read_input_tokens: 60, cache_creation_input_tokens: 30 },
    { ...none, input: 10, cacheRead: 60, cacheWrite: 30, output: 5 },
  ],
  [
    "DeepSeek: hits of the prompt cache",
    { prompt_tokens: 100, completion_tokens: 5, prompt_cache_hit_tokens: 64 },
    { ...none, input: 36, cacheRead: 64, output: 5 },
  ],
  [
    "xAI: reasoning beside the completion, as the total shows",
    { prompt_tokens: 10, completion_tokens: 4, total_tokens: 64, completion_tokens_details: { reasoning_tokens: 50 } },
    { ...none, input: 10, output: 54, reasoning: 50 },
  ],
  [
    "nonsense never becomes negative",
    { prompt_tokens: 5, completion_tokens: 1, cache_read_input_tokens: 9 },
    { ...none, cacheRead: 9, output: 1 },
  ],
])("%s", (_name, sent, expected) => {
  expect(readUsage(sent)).toEqual(expected);
});

test.each([undefined, null, {}, "12", { prompt_tokens: 10 }, { prompt_tokens: "10", completion_tokens: 4 }])(
  "%j is no usage",
  (sent) => {
    expect(readUsage(sent)).toBeUndefined();
  },
);
