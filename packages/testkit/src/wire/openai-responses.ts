import { event, pieces, type FailureKind, type WireAnswer, type WireFormat } from "./wire-format.ts";

/** OpenAI's Responses API. */
export const openaiResponses: WireFormat = Object.freeze({
  path: "/v1/responses",
  stream: (answer: WireAnswer) => {
    const item = itemOf(answer);
    const started = responseOf(answer, { status: "in_progress", output: [], usage: null });
    const ending = answer.finish === "stop" ? "response.completed" : "response.incomplete";
    const deltas = answer.tool === undefined ? "response.output_text.delta" : "response.custom_tool_call_input.delta";
    return [
      { type: "response.created", response: started },
      { type: "response.output_item.added", output_index: 0, item: reasoning },
      { type: "response.output_item.done", output_index: 0, item: reasoning },
      { type: "response.output_item.added", output_index: 1, item: { ...item, content: [], input: "" } },
      ...pieces(answer.text, answer.chunkSize).map((delta) => ({ type: deltas, output_index: 1, delta })),
      { type: "response.output_item.done", output_index: 1, item },
      { type: ending, response: responseOf(answer, {}) },
    ].map((value, sequence_number) => event({ ...value, sequence_number }, value.type));
  },
  document: (answer: WireAnswer) => responseOf(answer, {}),
  failure: (kind: FailureKind, message: string) => {
    const [status, code] = failures[kind];
    return { status, body: JSON.stringify({ error: { message, type: "invalid_request_error", param: null, code } }) };
  },
  errorEvent: (message: string) => event({ type: "error", code: "overloaded", message, param: null }, "error"),
});

const failures: Readonly<Record<FailureKind, readonly [number, string | null]>> = {
  auth: [401, "invalid_api_key"],
  quota: [429, "insufficient_quota"],
  "rate-limit": [429, "rate_limit_exceeded"],
  overloaded: [503, "overloaded"],
  server: [500, "server_error"],
  "bad-request": [400, "invalid_value"],
  "context-overflow": [400, "context_length_exceeded"],
};

const reasoning = { type: "reasoning", id: "rs_1", summary: [] };

function responseOf(answer: WireAnswer, overrides: object): object {
  return {
    id: "resp_1",
    object: "response",
    model: "wire-model",
    status: answer.finish === "stop" ? "completed" : "incomplete",
    error: null,
    incomplete_details: incompleteDetails(answer),
    output: [reasoning, itemOf(answer)],
    usage: usageOf(answer.usage),
    ...overrides,
  };
}

function incompleteDetails({ finish }: WireAnswer): object | null {
  if (finish === "stop") return null;
  return { reason: finish === "length" ? "max_output_tokens" : "content_filter" };
}

function itemOf({ text, tool }: WireAnswer): object {
  return tool === undefined
    ? { type: "message", id: "msg_1", role: "assistant", content: [{ type: "output_text", text, annotations: [] }] }
    : { type: "custom_tool_call", id: "ctc_1", call_id: "call_1", name: tool, input: text };
}

/** The figure of the input includes what came from the cache. */
function usageOf(usage: WireAnswer["usage"]): object | null {
  if (usage === undefined) return null;
  const { input, cacheRead, output } = usage;
  return {
    input_tokens: input + cacheRead,
    input_tokens_details: { cached_tokens: cacheRead, cache_write_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: usage.reasoning },
    total_tokens: input + cacheRead + output,
  };
}
