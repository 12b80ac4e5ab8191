import { chatCompletions } from "./chat-completions.ts";
import { event, type FailureKind, type WireAnswer, type WireFailure, type WireFormat } from "./wire-format.ts";

/** Chat completions as each kind of endpoint really speaks them: its comments, extra events, and shapes of errors. */
export const chatDialects: Readonly<
  Record<"litellm" | "ollama" | "vllm" | "lmstudio" | "openrouter" | "azure", WireFormat>
> = Object.freeze({
  litellm: chatCompletions,
  ollama: {
    ...chatCompletions,
    failure: errorsAs((status, message, code) => ({
      error: { message: code === null ? message : `${code}: ${message}`, type: "api_error", param: null, code: null },
      status,
    })),
  },
  vllm: {
    ...chatCompletions,
    stream: (answer: WireAnswer) => prefixed(thought("reasoning"), chatCompletions.stream(answer)),
    failure: errorsAs((status, message, code) => ({
      object: "error",
      message:
        code === "context_length_exceeded"
          ? `This model's maximum context length is 4096 tokens. However, you requested 4356 tokens (4100 in the messages, 256 in the completion). ${message}`
          : message,
      type: code ?? "BadRequestError",
      param: null,
      code: status,
    })),
  },
  lmstudio: {
    ...chatCompletions,
    stream: (answer: WireAnswer) => prefixed(thought("reasoning_content"), chatCompletions.stream(answer)),
    failure: errorsAs((_status, message, code) => ({
      error:
        code === "context_length_exceeded"
          ? `The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 13055>= n_ctx: 4096). ${message}`
          : `${code ?? ""} ${message}`,
    })),
    errorEvent: (message: string) => event({ error: { message: `The model is overloaded. ${message}` } }, "error"),
  },
  openrouter: {
    ...chatCompletions,
    stream: (answer: WireAnswer) =>
      prefixed(": OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n", chatCompletions.stream(answer)),
    failure: errorsAs(
      (status, message, code) => ({
        error: {
          code: status,
          message:
            code === "context_length_exceeded"
              ? `This endpoint's maximum context length is 4096 tokens. However, you requested about 9000 tokens. ${message}`
              : message,
          metadata: { provider_name: "Upstream" },
        },
        user_id: "user_1",
      }),
      { quota: 402 },
    ),
    errorEvent: (message: string) =>
      event({
        id: "gen-1",
        error: { code: 529, message },
        choices: [{ index: 0, delta: { content: "" }, finish_reason: "error" }],
      }),
  },
  azure: {
    ...chatCompletions,
    path: "/openai/v1/chat/completions",
    stream: (answer: WireAnswer) =>
      prefixed(event({ choices: [], prompt_filter_results: [{ prompt_index: 0 }] }), chatCompletions.stream(answer)),
    failure: errorsAs((status, message, code) => ({ error: { code: code ?? String(status), message } })),
  },
});

const kinds: Readonly<Record<FailureKind, readonly [status: number, code: string | null]>> = {
  auth: [401, null],
  quota: [429, "insufficient_quota"],
  "rate-limit": [429, null],
  overloaded: [503, null],
  server: [500, null],
  "bad-request": [400, null],
  "context-overflow": [400, "context_length_exceeded"],
};

function errorsAs(
  body: (status: number, message: string, code: string | null) => object,
  statuses: Readonly<Partial<Record<FailureKind, number>>> = {},
): (kind: FailureKind, message: string) => WireFailure {
  return (kind, message) => {
    const [usual, code] = kinds[kind];
    const status = statuses[kind] ?? usual;
    return { status, body: JSON.stringify(body(status, message, code)) };
  };
}

/** With something before the first event, which stays one with it. */
function prefixed(before: string, [first = "", ...rest]: readonly string[]): readonly string[] {
  return [`${before}${first}`, ...rest];
}

function thought(field: string): string {
  return event({ model: "wire-model", choices: [{ index: 0, delta: { [field]: "Well …" }, finish_reason: null }] });
}
