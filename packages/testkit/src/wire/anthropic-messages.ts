import { event, pieces, type FailureKind, type WireAnswer, type WireFormat } from "./wire-format.ts";

/** Anthropic's Messages API. */
export const anthropicMessages: WireFormat = Object.freeze({
  path: "/v1/messages",
  stream: (answer: WireAnswer) => {
    const { text, chunkSize, usage, tool } = answer;
    const started = usage === undefined ? {} : { usage: { ...inputUsage(usage), output_tokens: 1 } };
    const delta = { stop_reason: stopReason(answer), stop_details: stopDetails(answer) };
    return [
      named({ type: "message_start", message: { ...empty, ...started } }),
      named({ type: "ping" }),
      // Models think before they write; what they think is no part of the answer.
      named({
        type: "content_block_start",
        index: 0,
        content_block: { type: "thinking", thinking: "", signature: "" },
      }),
      named({ type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "Well …" } }),
      named({ type: "content_block_stop", index: 0 }),
      named({
        type: "content_block_start",
        index: 1,
        content_block: tool === undefined ? { type: "text", text: "" } : toolUse(tool, {}),
      }),
      ...(tool === undefined
        ? pieces(text, chunkSize).map((piece) => contentDelta({ type: "text_delta", text: piece }))
        : [contentDelta({ type: "input_json_delta", partial_json: JSON.stringify({ source: text }) })]),
      named({ type: "content_block_stop", index: 1 }),
      named({
        type: "message_delta",
        delta,
        usage: usage === undefined ? {} : { input_tokens: null, ...outputUsage(usage) },
      }),
      named({ type: "message_stop" }),
    ];
  },
  document: (answer: WireAnswer) => ({
    ...empty,
    content: [
      { type: "thinking", thinking: "Well …", signature: "s" },
      answer.tool === undefined ? { type: "text", text: answer.text } : toolUse(answer.tool, { source: answer.text }),
    ],
    stop_reason: stopReason(answer),
    stop_details: stopDetails(answer),
    ...(answer.usage === undefined ? {} : { usage: { ...inputUsage(answer.usage), ...outputUsage(answer.usage) } }),
  }),
  failure: (kind: FailureKind, message: string) => {
    const [status, type, prefix = ""] = failures[kind];
    return { status, body: JSON.stringify({ type: "error", error: { type, message: `${prefix}${message}` } }) };
  },
  errorEvent: (message: string) => named({ type: "error", error: { type: "overloaded_error", message } }),
});

const failures: Readonly<Record<FailureKind, readonly [number, string, string?]>> = {
  auth: [401, "authentication_error"],
  quota: [402, "billing_error"],
  "rate-limit": [429, "rate_limit_error"],
  overloaded: [529, "overloaded_error"],
  server: [500, "api_error"],
  "bad-request": [400, "invalid_request_error"],
  "context-overflow": [400, "invalid_request_error", "prompt is too long: 212341 tokens > 200000 maximum. "],
};

const empty = { id: "msg_1", type: "message", role: "assistant", model: "wire-model", content: [], stop_reason: null };

function named(value: { readonly type: string; readonly [name: string]: unknown }): string {
  return event(value, value.type);
}

function contentDelta(delta: object): string {
  return named({ type: "content_block_delta", index: 1, delta });
}

function toolUse(name: string, input: object): object {
  return { type: "tool_use", id: "toolu_1", name, input };
}

function stopReason({ finish, tool }: WireAnswer): string {
  if (finish === "length") return "max_tokens";
  if (finish === "refusal") return "refusal";
  return tool === undefined ? "end_turn" : "tool_use";
}

function stopDetails({ finish }: WireAnswer): object | null {
  return finish === "refusal" ? { type: "refusal", category: "cyber", explanation: null } : null;
}

/** The figure of the input leaves out what came from the cache. */
function inputUsage({ input, cacheRead }: NonNullable<WireAnswer["usage"]>): object {
  return { input_tokens: input, cache_read_input_tokens: cacheRead, cache_creation_input_tokens: 0 };
}

function outputUsage({ output, reasoning }: NonNullable<WireAnswer["usage"]>): object {
  return { output_tokens: output, output_tokens_details: { thinking_tokens: reasoning } };
}
