import type { GenerateRequest, PromptPart } from "@jaunt/core";
import { digest, shortDigest } from "@jaunt/core/digest";
import type OpenAI from "openai";

/** What may change of a request when the API, or what stands in for it, refuses it. */
export interface RequestForm {
  readonly channel: "text" | "tool" | "json";
  /** `key`: only say which requests share a start. `breakpoint`: also where that start ends. */
  readonly cache: "none" | "key" | "breakpoint";
  /** The model's own limit on reply tokens, once it has told. */
  readonly mostOutputTokens: number;
}

/** Name of the one tool that is offered: it takes the source as free text. */
export const toolName = "write_source";

/**
 * What a model most likely accepts. `auto` is the free-text tool where models are known to have it, for then there is no prose
 * and no escaping, and text elsewhere.
 */
export function usualForm(model: string, output: string): RequestForm {
  const version = versionOf(model);
  const channel = output === "tool" || output === "json" || output === "text" ? output : version >= 5 ? "tool" : "text";
  return { channel, cache: version >= 5.6 ? "breakpoint" : "key", mostOutputTokens: Number.POSITIVE_INFINITY };
}

/** The body of a streamed response. Equal arguments give equal bytes. */
export function formatRequest(
  request: GenerateRequest,
  model: string,
  form: RequestForm,
): OpenAI.Responses.ResponseCreateParamsStreaming {
  const { prompt } = request;
  const shared = prompt.slice(0, sharedParts(prompt));
  const last = form.cache === "breakpoint" ? shared.length - 1 : -1;
  return {
    model,
    input: (["system", "user"] as const).flatMap((role) => {
      const content = contentOf(prompt, role, last);
      return content.length === 0 ? [] : [{ role, content }];
    }),
    max_output_tokens: Math.min(request.maxOutputTokens, form.mostOutputTokens),
    ...channelParameters(form.channel),
    // Else the prompt is kept for thirty days.
    store: false,
    stream: true,
    ...(form.cache === "none" ? {} : { prompt_cache_key: cacheKey(shared) }),
    // Without it the varying end would be written to the cache by every call and read by none.
    ...(form.cache === "breakpoint" && last >= 0 ? { prompt_cache_options: { mode: "explicit" } } : {}),
  };
}

/** The form to ask again in after a refusal, or `undefined` when the refusal was about something else. */
export function adaptForm(form: RequestForm, status: number, body: string): RequestForm | undefined {
  if (status !== 400 && status !== 422) return undefined;
  if (form.cache === "breakpoint" && /prompt_cache_(?:options|breakpoint)/.test(body)) return { ...form, cache: "key" };
  if (form.cache !== "none" && /prompt_cache_key/.test(body)) return { ...form, cache: "none" };
  if (form.channel === "tool" && /tool/i.test(body)) return { ...form, channel: "text" };
  if (form.channel === "json" && /text\.format|json_schema|response_format|structured output/i.test(body)) {
    return { ...form, channel: "text" };
  }
  const most = /max_output_tokens/.test(body)
    ? Number(/(?:<=|at most|maximum[^\d]{0,40})\s*(\d+)/i.exec(body)?.[1])
    : 0;
  return most > 0 && most < form.mostOutputTokens ? { ...form, mostOutputTokens: most } : undefined;
}

/** `5.6` of `gpt-5.6-terra`; 0 for a model of another kind, which may be behind an endpoint of another make. */
function versionOf(model: string): number {
  return Number(/(?:^|\/)gpt-(\d+(?:\.\d+)?)(?:-|$)/.exec(model)?.[1] ?? 0);
}

function channelParameters(
  channel: RequestForm["channel"],
): Pick<OpenAI.Responses.ResponseCreateParamsStreaming, "tools" | "tool_choice" | "parallel_tool_calls" | "text"> {
  const description =
    "The complete source that the instructions ask for, as it goes into the file: no code fence, no prose.";
  switch (channel) {
    case "text":
      return {};
    case "tool":
      return {
        tools: [{ type: "custom", name: toolName, description: `Takes your reply. ${description}` }],
        tool_choice: { type: "custom", name: toolName },
        parallel_tool_calls: false,
      };
    case "json":
      return {
        text: {
          format: {
            type: "json_schema",
            name: "reply",
            strict: true,
            schema: {
              type: "object",
              properties: { source: { type: "string", description } },
              required: ["source"],
              additionalProperties: false,
            },
          },
        },
      };
  }
}

/** How many parts of the prompt's start all modules of a build share. */
function sharedParts(prompt: readonly PromptPart[]): number {
  const first = prompt.findIndex((part) => part.stability !== "project");
  return first === -1 ? prompt.length : first;
}

/** The same for all requests that share their start, so that they meet in one cache. */
function cacheKey(shared: readonly PromptPart[]): string {
  return `jaunt-${shortDigest(
    digest(
      "prompt-prefix",
      shared.map(({ text }) => text),
    ),
    16,
  )}`;
}

/** One text a part, so that a cache can end between two; a blank line keeps apart what the model reads as one text. */
function contentOf(
  prompt: readonly PromptPart[],
  role: PromptPart["role"],
  last: number,
): OpenAI.Responses.ResponseInputText[] {
  return prompt.flatMap((part, index) =>
    part.role !== role || part.text.trim() === ""
      ? []
      : [
          {
            type: "input_text" as const,
            text: `${part.text}\n\n`,
            ...(index === last ? { prompt_cache_breakpoint: { mode: "explicit" as const } } : {}),
          },
        ],
  );
}
