import { apiKeyOf, leadsToLoopback, listModels, redact, runCall, type Exchange } from "@jaunt/backend-kit";
import { BackendError, JauntError, type Backend, type BackendSetup, type GenerateRequest } from "@jaunt/core";
import { defaultBase, parseEndpoint, type Endpoint } from "./endpoint.ts";
import { createReply } from "./reply.ts";
import { adaptDialect, formatRequest, usualDialect, type Dialect } from "./request.ts";

/** What a test or an embedder may replace. */
export interface LitellmOptions {
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** Limit on silence within an answer, in milliseconds. Default: the smaller of one minute and the limit on the call. */
  readonly idleTimeoutMs?: number;
}

/** Environment variables that may hold the key, first set wins. */
export const keyEnvironment: readonly string[] = ["LITELLM_API_KEY", "OPENAI_API_KEY"];

/** Whether a call needs a key: not when the endpoint is on this machine, as the default one is. */
export function keyRequired({ baseUrl }: Omit<BackendSetup, "apiKey">): boolean {
  return !leadsToLoopback(baseUrl === "" ? defaultBase : baseUrl);
}

/**
 * A backend for any endpoint that speaks OpenAI's chat completions: LiteLLM, Ollama, vLLM, LM Studio, OpenRouter.
 * @throws {JauntError} when the setup cannot work whatever the server says
 */
export function createBackend(setup: BackendSetup, options: LitellmOptions = {}): Backend {
  const apiKey = apiKeyOf(setup.apiKey, keyEnvironment);
  if (setup.output !== "auto" && setup.output !== "text") {
    throw new JauntError(`The provider ${setup.provider} cannot answer by output ${JSON.stringify(setup.output)}.`, {
      code: "backend-output",
      hint: 'Set [llm] output to "auto" or "text".',
      exitCode: 2,
    });
  }
  const client: Client = {
    endpoint: parseEndpoint(setup.baseUrl),
    authorization: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    fetch: options.fetch ?? globalThis.fetch,
  };
  const clean = (text: string): string => redact(text, apiKey);
  // What an endpoint refused of a model's first request is not sent again.
  const dialects = new Map<string, Dialect>();
  const offered = (): Promise<readonly string[]> =>
    listModels({
      endpoint: client.endpoint.shown,
      keyVariables: keyEnvironment,
      totalMs: setup.timeoutMs,
      send: (signal) => send(client, client.endpoint.models, { signal }),
      clean,
    });
  return {
    apiVersion: 1,
    name: setup.provider,
    async generate(request, callOptions) {
      const model = request.model === "" ? setup.model : request.model;
      if (model === "") throw await modelMissing(client.endpoint, offered);
      return runCall({
        exchange: exchange(client, request, model),
        form: dialects.get(model) ?? usualDialect,
        learn: (dialect) => void dialects.set(model, dialect),
        options: callOptions,
        totalMs: setup.timeoutMs,
        idleMs: options.idleTimeoutMs ?? Math.min(60_000, setup.timeoutMs),
        clean,
      });
    },
    async describe() {
      return { defaultModel: setup.model, models: await offered() };
    },
  };
}

/** One endpoint with its key. */
interface Client {
  readonly endpoint: Endpoint;
  readonly authorization: Readonly<Record<string, string>>;
  readonly fetch: typeof globalThis.fetch;
}

function exchange(client: Client, request: GenerateRequest, model: string): Exchange<Dialect> {
  return {
    endpoint: client.endpoint.shown,
    model,
    keyVariables: keyEnvironment,
    send: (dialect, signal) =>
      send(client, client.endpoint.completions, { body: formatRequest(request, model, dialect), signal }),
    adapt: adaptDialect,
    answer: () => createReply(request, model),
  };
}

function send(
  { authorization, fetch }: Client,
  url: URL,
  { body, signal }: { readonly body?: string; readonly signal: AbortSignal },
): Promise<Response> {
  const headers = { accept: "text/event-stream, application/json", ...authorization };
  return fetch(url, {
    ...(body === undefined
      ? { headers }
      : { method: "POST", headers: { "content-type": "application/json", ...headers }, body }),
    signal,
    // A redirect would carry the prompt, and perhaps the key, to a place nobody configured.
    redirect: "manual",
  });
}

async function modelMissing(endpoint: Endpoint, offered: () => Promise<readonly string[]>): Promise<BackendError> {
  const models = await offered().catch(() => []);
  const some = models.slice(0, 10).join(", ");
  return new BackendError("No model is configured: this provider has no default one.", {
    kind: "bad-request",
    hint: `Set [llm] model in jaunt.toml.${some === "" ? "" : ` ${endpoint.shown} offers ${some}${models.length > 10 ? " and more" : ""}.`}`,
  });
}
