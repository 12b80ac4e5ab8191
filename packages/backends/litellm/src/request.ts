import type { GenerateRequest, PromptPart } from "@jaunt/core";

/** What an endpoint was found to accept, learnt from its refusals. */
export interface Dialect {
  readonly channel: "text" | "tool" | "json";
  readonly limitField: "max_tokens" | "max_completion_tokens";
  readonly streamOptions: boolean;
  /** The model's own limit on reply tokens, once it has told. */
  readonly mostOutputTokens: number;
  /** Tokens that the context leaves for the reply to this very prompt. */
  readonly room: number;
}

/** Name of the one tool that is offered. */
export const toolName = "write_source";

/** What nearly every endpoint accepts. */
export function usualDialect(output: string): Dialect {
  return {
    channel: output === "tool" || output === "json" ? output : "text",
    limitField: "max_tokens",
    streamOptions: true,
    mostOutputTokens: Number.POSITIVE_INFINITY,
    room: Number.POSITIVE_INFINITY,
  };
}

/** The body of a chat completion request; `extras` go with a tool or a schema. Equal arguments give equal bytes. */
export function formatRequest(
  request: GenerateRequest,
  model: string,
  dialect: Dialect,
  extras: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    model,
    messages: [...message(request.prompt, "system"), ...message(request.prompt, "user")],
    [dialect.limitField]: Math.min(request.maxOutputTokens, dialect.mostOutputTokens, dialect.room),
    stream: true,
    ...(dialect.streamOptions ? { stream_options: { include_usage: true } } : {}),
    ...channelParameters(dialect.channel),
    ...(dialect.channel === "text" ? {} : extras),
  });
}

/** The dialect to ask again in after a refusal, or `undefined` when the refusal was about something else. */
export function adaptDialect(dialect: Dialect, status: number, body: string): Dialect | undefined {
  // What no provider behind a gateway has is a 404.
  if (dialect.channel !== "text" && [400, 404, 422, 501].includes(status) && aboutChannel.test(body)) {
    return { ...dialect, channel: "text" };
  }
  if (status !== 400 && status !== 422) return undefined;
  if (dialect.streamOptions && /stream_options|include_usage/.test(body)) return { ...dialect, streamOptions: false };
  if (/maximum context length/i.test(body)) {
    const room = roomLeft(body);
    return room !== undefined && room < dialect.room ? { ...dialect, room } : undefined;
  }
  const most = /max(?:_completion)?_tokens/.test(body)
    ? numberIn(/(?:at most|<=|less than or equal to) (\d+)/i, body)
    : undefined;
  if (most !== undefined && most > 0 && most < dialect.mostOutputTokens) return { ...dialect, mostOutputTokens: most };
  if (dialect.limitField === "max_tokens" && /max_completion_tokens/.test(body)) {
    return { ...dialect, limitField: "max_completion_tokens" };
  }
  return undefined;
}

/** What holds for the next request as well: what this prompt left of the context does not. */
export function lastingDialect(dialect: Dialect): Dialect {
  return { ...dialect, room: Number.POSITIVE_INFINITY };
}

const aboutChannel =
  /response_format|json_schema|structured[ _]outputs?|guided|tool_choice|tools?\b|function[ _]call|requested parameters/i;

/** Fewer tokens than these hold no module. */
const smallestReply = 512;

/**
 * Tokens that the context leaves for a reply, where the refusal says both its size and the prompt's. A prompt that fills the context
 * alone leaves none, and the refusal stands.
 */
function roomLeft(body: string): number | undefined {
  const context = numberIn(/maximum context length (?:is|of) (\d+)/i, body);
  const prompt =
    numberIn(/(\d+) (?:tokens )?(?:in|from) the (?:messages|input messages|prompt)/i, body) ??
    numberIn(/(?:request has|prompt contains(?: at least)?) (\d+) (?:input )?tokens/i, body);
  if (context === undefined || prompt === undefined) return undefined;
  return context - prompt < smallestReply ? undefined : context - prompt;
}

function numberIn(pattern: RegExp, text: string): number | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

const description =
  "The complete source that the instructions ask for, as it goes into the file: no code fence, no prose.";
const sourceSchema = {
  type: "object",
  properties: { source: { type: "string", description } },
  required: ["source"],
  additionalProperties: false,
};

function channelParameters(channel: Dialect["channel"]): Readonly<Record<string, unknown>> {
  switch (channel) {
    case "text":
      return {};
    case "tool":
      return {
        tools: [
          {
            type: "function",
            function: { name: toolName, description: `Takes your reply. ${description}`, parameters: sourceSchema },
          },
        ],
        tool_choice: { type: "function", function: { name: toolName } },
      };
    case "json":
      return {
        response_format: { type: "json_schema", json_schema: { name: "reply", strict: true, schema: sourceSchema } },
      };
  }
}

/** One message of all parts of a role: some endpoints refuse a system message that is not the first and only one. */
function message(prompt: readonly PromptPart[], role: PromptPart["role"]): readonly object[] {
  const parts = prompt.filter((part) => part.role === role);
  return parts.length === 0 ? [] : [{ role, content: parts.map((part) => part.text).join("\n\n") }];
}
