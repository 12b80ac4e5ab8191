import { event, pieces, type FailureKind, type WireAnswer, type WireFormat } from "./wire-format.ts";

const model = "wire-model";

/** OpenAI's chat completions, which most gateways and local servers speak. */
export const chatCompletions: WireFormat = Object.freeze({
  path: "/v1/chat/completions",
  stream: (answer: WireAnswer) => [
    ...(answer.tool === undefined
      ? pieces(answer.text, answer.chunkSize).map((content) => chunk({ content }, null))
      : [chunk({ tool_calls: [toolCall(answer.tool, answer.text)] }, null)]),
    chunk({}, finishReason(answer)),
    ...(answer.usage === undefined ? [] : [event({ model, choices: [], usage: usageOf(answer.usage) })]),
    "data: [DONE]\n\n",
  ],
  document: (answer: WireAnswer) => ({
    model,
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          ...(answer.tool === undefined
            ? { content: answer.text }
            : { content: null, tool_calls: [toolCall(answer.tool, answer.text)] }),
        },
        finish_reason: finishReason(answer),
      },
    ],
    ...(answer.usage === undefined ? {} : { usage: usageOf(answer.usage) }),
  }),
  failure: (kind: FailureKind, message: string) => {
    const [status, code] = failures[kind];
    return { status, body: JSON.stringify({ error: { message, code } }) };
  },
  errorEvent: (message: string) => event({ error: { message, code: 529 } }),
});

const failures: Readonly<Record<FailureKind, readonly [number, string | null]>> = {
  auth: [401, "invalid_api_key"],
  quota: [429, "insufficient_quota"],
  "rate-limit": [429, "rate_limit_exceeded"],
  overloaded: [529, null],
  server: [500, "server_error"],
  "bad-request": [400, "invalid_value"],
  "context-overflow": [400, "context_length_exceeded"],
};

function chunk(delta: object, finish_reason: string | null): string {
  return event({ model, choices: [{ index: 0, delta, finish_reason }] });
}

function finishReason({ finish, tool }: WireAnswer): string {
  if (finish === "refusal") return "content_filter";
  return finish === "stop" && tool !== undefined ? "tool_calls" : finish;
}

function toolCall(name: string, source: string): object {
  return { index: 0, id: "call_1", type: "function", function: { name, arguments: JSON.stringify({ source }) } };
}

/** The prompt's figure includes what came from the cache. */
function usageOf({ input, cacheRead, output, reasoning }: NonNullable<WireAnswer["usage"]>): object {
  return {
    prompt_tokens: input + cacheRead,
    completion_tokens: output,
    total_tokens: input + cacheRead + output,
    prompt_tokens_details: { cached_tokens: cacheRead },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}
