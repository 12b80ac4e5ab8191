import type Anthropic from "@anthropic-ai/sdk";
import type { GenerateRequest, PromptPart } from "@jaunt/core";

/** What may change of a request when the API, or what stands in for it, refuses it. */
export interface RequestForm {
  readonly channel: "text" | "json";
  readonly cacheControl: boolean;
  /** The model's own limit on reply tokens, once it has told. */
  readonly mostOutputTokens: number;
}

/** What the current models accept. */
export function usualForm(channel: RequestForm["channel"]): RequestForm {
  return { channel, cacheControl: true, mostOutputTokens: Number.POSITIVE_INFINITY };
}

/** The body of a streamed message. Equal arguments give equal bytes. */
export function formatRequest(
  request: GenerateRequest,
  model: string,
  form: RequestForm,
): Anthropic.MessageCreateParamsStreaming {
  const { prompt } = request;
  const last = form.cacheControl ? lastOfProject(prompt) : -1;
  const system = blocks(prompt, "system", last);
  return {
    model,
    max_tokens: Math.min(request.maxOutputTokens, form.mostOutputTokens),
    ...(system.length === 0 ? {} : { system }),
    messages: [{ role: "user", content: blocks(prompt, "user", last) }],
    stream: true,
    ...(form.channel === "json" ? { output_config: { format: { type: "json_schema", schema: sourceSchema } } } : {}),
  };
}

/** The form to ask again in after a refusal, or `undefined` when the refusal was about something else. */
export function adaptForm(form: RequestForm, status: number, body: string): RequestForm | undefined {
  if (status !== 400 && status !== 422) return undefined;
  const most = Number(/max_tokens\W+\d+ > (\d+)/.exec(body)?.[1] ?? Number.NaN);
  if (most > 0 && most < form.mostOutputTokens) return { ...form, mostOutputTokens: most };
  if (form.channel === "json" && /output_config|output_format|json_schema|structured output/i.test(body)) {
    return { ...form, channel: "text" };
  }
  if (form.cacheControl && /cache_control/.test(body)) return { ...form, cacheControl: false };
  return undefined;
}

const sourceSchema = {
  type: "object",
  properties: {
    source: {
      type: "string",
      description:
        "The complete source that the instructions ask for, as it goes into the file: no code fence, no prose.",
    },
  },
  required: ["source"],
  additionalProperties: false,
};

/**
 * Where the part ends that all modules of a build share. Only there is a cache worth its price: a write costs a quarter more than
 * plain input, and what is a module's own is read again only by a repair.
 */
function lastOfProject(prompt: readonly PromptPart[]): number {
  const first = prompt.findIndex((part) => part.stability !== "project");
  return first === -1 ? prompt.length - 1 : first - 1;
}

/**
 * One block a part, so that a cache can end between two; a blank line keeps apart what the model reads as one text. The API
 * refuses blocks that say nothing.
 */
function blocks(prompt: readonly PromptPart[], role: PromptPart["role"], last: number): Anthropic.TextBlockParam[] {
  return prompt.flatMap((part, index) =>
    part.role !== role || part.text.trim() === ""
      ? []
      : [
          {
            type: "text" as const,
            text: `${part.text}\n\n`,
            ...(index === last ? { cache_control: { type: "ephemeral" as const, ttl: "5m" as const } } : {}),
          },
        ],
  );
}
