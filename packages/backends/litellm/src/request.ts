import type { GenerateRequest, PromptPart } from "@jaunt/core";

/** What an endpoint was found to accept, learnt from its refusals. */
export interface Dialect {
  readonly limitField: "max_tokens" | "max_completion_tokens";
  readonly streamOptions: boolean;
}

/** What nearly every endpoint accepts. */
export const usualDialect: Dialect = { limitField: "max_tokens", streamOptions: true };

/** The body of a chat completion request. Equal arguments give equal bytes. */
export function formatRequest(request: GenerateRequest, model: string, dialect: Dialect): string {
  return JSON.stringify({
    model,
    messages: [...message(request.prompt, "system"), ...message(request.prompt, "user")],
    [dialect.limitField]: request.maxOutputTokens,
    stream: true,
    ...(dialect.streamOptions ? { stream_options: { include_usage: true } } : {}),
  });
}

/** The dialect to ask again in after a refusal, or `undefined` when the refusal was about something else. */
export function adaptDialect(dialect: Dialect, status: number, body: string): Dialect | undefined {
  if (status !== 400 && status !== 422) return undefined;
  if (dialect.streamOptions && /stream_options|include_usage/.test(body)) return { ...dialect, streamOptions: false };
  if (dialect.limitField === "max_tokens" && /max_completion_tokens/.test(body)) {
    return { ...dialect, limitField: "max_completion_tokens" };
  }
  return undefined;
}

/** One message of all parts of a role: some endpoints refuse a system message that is not the first and only one. */
function message(prompt: readonly PromptPart[], role: PromptPart["role"]): readonly object[] {
  const parts = prompt.filter((part) => part.role === role);
  return parts.length === 0 ? [] : [{ role, content: parts.map((part) => part.text).join("\n\n") }];
}
