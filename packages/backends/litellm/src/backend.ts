import { BackendError, JauntError, type Backend, type BackendFacts, type BackendSetup } from "@jaunt/core";
import { createClient, type Client } from "./client.ts";
import { leadsToLoopback, parseEndpoint } from "./endpoint.ts";
import { generate } from "./generate.ts";
import { usualDialect, type Dialect } from "./request.ts";

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
  return !leadsToLoopback(baseUrl);
}

/**
 * A backend for any endpoint that speaks OpenAI's chat completions: LiteLLM, Ollama, vLLM, LM Studio, OpenRouter.
 * @throws {JauntError} when the setup cannot work whatever the server says
 */
export function createBackend(setup: BackendSetup, options: LitellmOptions = {}): Backend {
  const apiKey = sendableKey(setup.apiKey);
  if (setup.output !== "auto" && setup.output !== "text") {
    throw new JauntError(`The provider ${setup.provider} cannot answer by output ${JSON.stringify(setup.output)}.`, {
      code: "backend-output",
      hint: 'Set [llm] output to "auto" or "text".',
      exitCode: 2,
    });
  }
  const client = createClient({
    endpoint: parseEndpoint(setup.baseUrl),
    apiKey,
    totalMs: setup.timeoutMs,
    idleMs: options.idleTimeoutMs ?? Math.min(60_000, setup.timeoutMs),
    fetch: options.fetch ?? globalThis.fetch,
  });
  // What an endpoint refused of a model's first request is not sent again.
  const dialects = new Map<string, Dialect>();
  return {
    apiVersion: 1,
    name: setup.provider,
    async generate(request, callOptions) {
      const model = request.model === "" ? setup.model : request.model;
      if (model === "") throw await modelMissing(client);
      return generate({
        client,
        request,
        model,
        options: callOptions,
        dialect: dialects.get(model) ?? usualDialect,
        learn: (dialect) => void dialects.set(model, dialect),
      });
    },
    describe: () => describe(client, setup.model),
  };
}

/** Anything but visible ASCII would make `fetch` throw an error that shows the key. */
function sendableKey(apiKey: string | undefined): string | undefined {
  const key = apiKey?.trim();
  if (key === undefined || /^[\x21-\x7e]*$/.test(key)) return key === "" ? undefined : key;
  throw new JauntError("The API key holds a space, a line break or a character beyond ASCII.", {
    code: "backend-key",
    hint: `Check the value of ${keyEnvironment.join(" or ")}, or of the variable that [llm] api_key_env names.`,
    exitCode: 2,
  });
}

async function describe(client: Client, defaultModel: string): Promise<BackendFacts> {
  return { defaultModel, models: await client.listModels() };
}

async function modelMissing(client: Client): Promise<BackendError> {
  const models = await client.listModels().catch(() => []);
  const some = models.slice(0, 10).join(", ");
  return new BackendError("No model is configured: this provider has no default one.", {
    kind: "bad-request",
    hint: `Set [llm] model in jaunt.toml.${some === "" ? "" : ` ${client.endpoint.shown} offers ${some}${models.length > 10 ? " and more" : ""}.`}`,
  });
}
