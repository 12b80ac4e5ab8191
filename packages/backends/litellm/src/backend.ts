import { apiKeyOf, asObject, asObjects, listModels, redact, runCall, type Exchange } from "@jaunt/backend-kit";
import {
  BackendError,
  type Backend,
  type BackendPlugin,
  type BackendSetup,
  type GenerateRequest,
  type GenerateResponse,
} from "@jaunt/core";
import { contextWarning } from "./context-warning.ts";
import { parseEndpoint, type Endpoint } from "./endpoint.ts";
import { needsKey, presetOf, presets, type Preset, type PresetName } from "./presets.ts";
import { createReply } from "./reply.ts";
import { adaptDialect, formatRequest, lastingDialect, usualDialect, type Dialect } from "./request.ts";

/** What a test or an embedder may replace. */
export interface LitellmOptions {
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** Limit on silence within an answer, in milliseconds. Default: the smaller of one minute and the limit on the call. */
  readonly idleTimeoutMs?: number;
}

/** Environment variables that may hold the key of the preset `litellm`, first set wins. */
export const keyEnvironment: readonly string[] = presets.litellm.keyEnvironment;

/** Whether a call needs a key: not when the endpoint is on this machine, nor with presets for servers that run without one. */
export function keyRequired({ provider, baseUrl }: Omit<BackendSetup, "apiKey">): boolean {
  return needsKey(presetOf(provider), baseUrl);
}

/** The backend package as a preset sees it: with its own key variables. */
export function presetPlugin(name: PresetName): BackendPlugin {
  return { createBackend, keyEnvironment: presets[name].keyEnvironment, keyRequired };
}

/**
 * A backend for any endpoint that speaks OpenAI's chat completions: LiteLLM, Ollama, vLLM, LM Studio, OpenRouter, Azure. The name of the
 * provider is the name of the preset.
 * @throws {JauntError} when the setup cannot work whatever the server says
 */
export function createBackend(setup: BackendSetup, options: LitellmOptions = {}): Backend {
  const preset = presetOf(setup.provider);
  const apiKey = apiKeyOf(setup.apiKey, preset.keyEnvironment);
  const client: Client = {
    preset,
    endpoint: parseEndpoint(setup.baseUrl, preset),
    authorization: authorization(preset, apiKey),
    fetch: options.fetch ?? globalThis.fetch,
  };
  const clean = (text: string): string => redact(text, apiKey);
  // What an endpoint refused of a model's first request is not sent again.
  const dialects = new Map<string, Dialect>();
  const offered = async (): Promise<readonly string[]> =>
    listModels({
      endpoint: client.endpoint.shown,
      keyVariables: preset.keyEnvironment,
      totalMs: setup.timeoutMs,
      send: (signal) => send(client, client.endpoint.models, { signal }),
      clean,
    });
  return {
    apiVersion: 1,
    name: setup.provider,
    async generate(request, callOptions) {
      const model = request.model === "" ? setup.model : request.model;
      if (model === "") throw await modelMissing(client, offered);
      const response = await withHints(client.preset, model, () =>
        runCall({
          exchange: exchange(client, request, model),
          form: dialects.get(model) ?? usualDialect(setup.output),
          learn: (dialect) => void dialects.set(model, lastingDialect(dialect)),
          options: callOptions,
          totalMs: setup.timeoutMs,
          idleMs: options.idleTimeoutMs ?? Math.min(60_000, setup.timeoutMs),
          clean,
        }),
      );
      const warning = contextWarning(request, response, preset);
      if (warning !== undefined) callOptions.onWarning?.(warning);
      return response;
    },
    async describe() {
      return { defaultModel: setup.model, ...(preset.listsModels ? { models: await offered() } : {}) };
    },
  };
}

/** One endpoint with its key. */
interface Client {
  readonly preset: Preset;
  readonly endpoint: Endpoint;
  readonly authorization: Readonly<Record<string, string>>;
  readonly fetch: typeof globalThis.fetch;
}

function authorization({ keyHeader }: Preset, apiKey: string | undefined): Readonly<Record<string, string>> {
  if (apiKey === undefined) return {};
  return keyHeader === "api-key" ? { "api-key": apiKey } : { authorization: `Bearer ${apiKey}` };
}

function exchange(client: Client, request: GenerateRequest, model: string): Exchange<Dialect> {
  const { preset, endpoint } = client;
  return {
    endpoint: endpoint.shown,
    model,
    keyVariables: preset.keyEnvironment,
    send: (dialect, signal) =>
      send(client, endpoint.completions(model), {
        body: formatRequest(request, model, dialect, preset.channelExtras),
        signal,
      }),
    adapt: adaptDialect,
    answer: (dialect) => createReply(request, model, dialect.channel),
    errorIn,
  };
}

/** Gateways put an error beside the choices, and some into one of them. */
function errorIn(value: unknown): unknown {
  const chunk = asObject(value);
  if (chunk?.["error"]) return chunk;
  return asObjects(chunk?.["choices"]).find((choice) => choice["error"]);
}

function send(
  { authorization: credentials, fetch }: Client,
  url: URL,
  { body, signal }: { readonly body?: string; readonly signal: AbortSignal },
): Promise<Response> {
  const headers = { accept: "text/event-stream, application/json", ...credentials };
  return fetch(url, {
    ...(body === undefined
      ? { headers }
      : { method: "POST", headers: { "content-type": "application/json", ...headers }, body }),
    signal,
    // A redirect would carry the prompt, and perhaps the key, to a place nobody configured.
    redirect: "manual",
  });
}

/** Says what to do about a failure where the preset knows better than the failure itself. */
async function withHints(
  preset: Preset,
  model: string,
  call: () => Promise<GenerateResponse>,
): Promise<GenerateResponse> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    const { kind, status, retryAfterMs, retryable, message } = error;
    const hint = kind === "context-overflow" ? preset.enlargeContext : preset.hint({ status, message, model });
    if (hint === undefined) throw error;
    throw new BackendError(message, {
      kind,
      hint,
      retryable,
      ...(status === undefined ? {} : { status }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      cause: error.cause,
    });
  }
}

async function modelMissing(
  { endpoint, preset }: Client,
  offered: () => Promise<readonly string[]>,
): Promise<BackendError> {
  const models = preset.listsModels ? await offered().catch(() => []) : [];
  const some = models.slice(0, 10).join(", ");
  return new BackendError("No model is configured: this provider has no default one.", {
    kind: "bad-request",
    hint: `Set [llm] model in jaunt.toml.${some === "" ? "" : ` ${endpoint.shown} offers ${some}${models.length > 10 ? " and more" : ""}.`}`,
  });
}
