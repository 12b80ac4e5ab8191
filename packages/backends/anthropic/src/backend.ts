import { apiKeyOf, leadsToLoopback, redact, runCall, type Exchange } from "@jaunt/backend-kit";
import { JauntError, type Backend, type BackendSetup, type GenerateRequest } from "@jaunt/core";
import { createAnswer } from "./answer.ts";
import { createBatches } from "./batches.ts";
import { createClient, type Client } from "./client.ts";
import { adaptForm, formatRequest, usualForm, type RequestForm } from "./request.ts";

/** What a test or an embedder may replace. */
export interface AnthropicOptions {
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** Limit on silence within an answer, in milliseconds. Default: the smaller of one minute and the limit on the call. */
  readonly idleTimeoutMs?: number;
}

/** Environment variables that may hold the key, first set wins. */
export const keyEnvironment: readonly string[] = ["ANTHROPIC_API_KEY"];

const defaultModel = "claude-sonnet-5-5";

/** Whether a call needs a key: not when `base_url` leads to this machine. */
export function keyRequired({ baseUrl }: Omit<BackendSetup, "apiKey">): boolean {
  return !leadsToLoopback(baseUrl);
}

/**
 * A backend for Anthropic's Messages API, streamed.
 * @throws {JauntError} when the setup cannot work whatever the server says
 */
export function createBackend(setup: BackendSetup, options: AnthropicOptions = {}): Backend {
  const firstForm = usualForm(channelOf(setup));
  const apiKey = apiKeyOf(setup.apiKey, keyEnvironment);
  const client = createClient({
    baseUrl: setup.baseUrl,
    apiKey,
    totalMs: setup.timeoutMs,
    fetch: options.fetch ?? globalThis.fetch,
  });
  const clean = (text: string): string => redact(text, apiKey);
  // What the API refused of a model's first request is not sent again.
  const forms = new Map<string, RequestForm>();
  const modelOf = (request: GenerateRequest): string =>
    [request.model, setup.model].find((name) => name !== "") ?? defaultModel;
  const formOf = (model: string): RequestForm => forms.get(model) ?? firstForm;
  const limits = { totalMs: setup.timeoutMs, idleMs: options.idleTimeoutMs ?? Math.min(60_000, setup.timeoutMs) };
  return {
    apiVersion: 1,
    name: setup.provider,
    keepsPrefixes: true,
    generate(request, callOptions) {
      const model = modelOf(request);
      return runCall({
        exchange: exchange(client, request, model),
        form: formOf(model),
        learn: (form) => void forms.set(model, form),
        options: callOptions,
        ...limits,
        clean,
      });
    },
    batch: createBatches({
      client,
      line: { endpoint: client.endpoint, keyVariables: keyEnvironment, ...limits, clean },
      modelOf,
      formOf,
    }),
    // Of the configuration alone: it is asked for before every build, to know the price.
    describe: () => Promise.resolve({ defaultModel: setup.model === "" ? defaultModel : setup.model }),
  };
}

/** Text is what current models do best: code within JSON costs quality, and a tool cannot be forced on them. */
function channelOf({ output, provider }: BackendSetup): RequestForm["channel"] {
  if (output === "auto" || output === "text") return "text";
  if (output === "json") return "json";
  throw new JauntError(`The provider ${provider} cannot answer by output ${JSON.stringify(output)}.`, {
    code: "backend-output",
    hint: 'Current Claude models refuse a forced tool call. Set [llm] output to "auto", "text" or "json".',
    exitCode: 2,
  });
}

function exchange(client: Client, request: GenerateRequest, model: string): Exchange<RequestForm> {
  return {
    endpoint: client.endpoint,
    model,
    keyVariables: keyEnvironment,
    send: (form, signal) => client.messages(formatRequest(request, model, form), signal),
    adapt: adaptForm,
    answer: (form) => createAnswer(request, model, form.channel),
  };
}
