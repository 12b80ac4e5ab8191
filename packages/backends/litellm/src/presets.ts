import { leadsToLoopback } from "@jaunt/backend-kit";

/** What sets one kind of OpenAI-compatible endpoint apart from the others. */
export interface Preset {
  /** As `[llm] provider` spells it. */
  readonly name: PresetName;
  /** Used for an empty `base_url`; empty where every account has an address of its own. */
  readonly defaultBase: string;
  /** Shown when `base_url` is missing or cannot be read. */
  readonly exampleBase: string;
  /** Variables that may hold the key, first set wins. */
  readonly keyEnvironment: readonly string[];
  /** `remote`: unless the endpoint is on this machine. `never`: servers run without one as well, and say so when they want one. */
  readonly key: "remote" | "never";
  /** The header that carries the key. */
  readonly keyHeader: "authorization" | "api-key";
  /** How paths are made: `azure` puts the API below `/openai`, and dated versions below the deployment. */
  readonly paths: "openai" | "azure";
  /** Whether the list of models names what may be asked for; Azure lists what could be deployed. */
  readonly listsModels: boolean;
  /** Sent with a request that offers a tool or a schema. */
  readonly channelExtras?: Readonly<Record<string, unknown>>;
  /** What to do about an error, where the preset knows better than the error itself. */
  hint(error: PresetError): string | undefined;
  /** What to do when the context of the model was full, as a sentence. */
  readonly enlargeContext: string;
}

/** The part of a failure that hints go by. */
export interface PresetError {
  readonly status: number | undefined;
  readonly message: string;
  readonly model: string;
}

export type PresetName = "litellm" | "ollama" | "vllm" | "lmstudio" | "openrouter" | "azure";

const bearer = { keyHeader: "authorization", paths: "openai", listsModels: true } as const;

/**
 * A LiteLLM proxy, and any endpoint without a preset of its own. With a master key the proxy answers 401 to everything, the list of
 * models included; figures of cost are in headers that a stream cannot carry (https://docs.litellm.ai/docs/completion/usage).
 */
const litellm: Preset = {
  ...bearer,
  name: "litellm",
  defaultBase: "http://localhost:4000",
  exampleBase: "http://localhost:4000",
  keyEnvironment: ["LITELLM_API_KEY", "OPENAI_API_KEY"],
  key: "remote",
  hint: () => undefined,
  enlargeContext: "Set an [llm] model with a larger context, or lower [build] max_dependency_tokens.",
};

/**
 * Ollama. It needs no key (`OLLAMA_API_KEY` is for https://ollama.com/v1), answers 404 for a model that was not pulled, and takes no
 * length of context from a request: one of 4,096 tokens, its default with little graphics memory, silently cuts the prompt
 * (https://docs.ollama.com/context-length, https://docs.ollama.com/api/openai-compatibility, https://github.com/ollama/ollama/issues/2722).
 */
const ollama: Preset = {
  ...bearer,
  name: "ollama",
  defaultBase: "http://localhost:11434",
  exampleBase: "http://localhost:11434",
  keyEnvironment: ["OLLAMA_API_KEY"],
  key: "never",
  hint: ({ status, message, model }) =>
    status === 404 && /model|not found/i.test(message)
      ? `Run \`ollama pull ${model}\`, or correct [llm] model (${JSON.stringify(model)}).`
      : undefined,
  enlargeContext:
    "Start Ollama with a larger context, `OLLAMA_CONTEXT_LENGTH=64000 ollama serve`, or lower [build] max_dependency_tokens.",
};

/**
 * vLLM. A key is needed only where the server was started with one. A prompt and a limit on the reply that do not fit its context
 * together are a 400 that names both (https://github.com/vllm-project/vllm/issues/20409); thinking comes as `reasoning_content`, since 0.19
 * as `reasoning` (https://github.com/vllm-project/vllm/pull/34030).
 */
const vllm: Preset = {
  ...bearer,
  name: "vllm",
  defaultBase: "http://localhost:8000",
  exampleBase: "http://localhost:8000",
  keyEnvironment: ["VLLM_API_KEY"],
  key: "never",
  hint: ({ status, message }) =>
    status === 404 && /does not exist/i.test(message)
      ? "Set [llm] model to a name that the server serves: see /v1/models, and --served-model-name of `vllm serve`."
      : undefined,
  enlargeContext: "Start vLLM with a larger --max-model-len, or lower [build] max_dependency_tokens.",
};

/**
 * LM Studio. A model is loaded by hand, or at the first request where just-in-time loading is on; without either the answer is a 404
 * (https://github.com/lmstudio-ai/lms/issues/107). `response_format` takes `json_schema` and `text` alone
 * (https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/189).
 */
const lmstudio: Preset = {
  ...bearer,
  name: "lmstudio",
  defaultBase: "http://localhost:1234",
  exampleBase: "http://localhost:1234",
  keyEnvironment: ["LM_API_TOKEN"],
  key: "never",
  hint: ({ message, model }) =>
    /no models? loaded|model (?:is )?unloaded|failed to load model|model .{0,80}not found/i.test(message)
      ? `Run \`lms load ${model}\`, or turn on just-in-time model loading in the server's settings.`
      : undefined,
  enlargeContext:
    "Load the model with a larger context, `lms load --context-length 32768`, or lower [build] max_dependency_tokens.",
};

/**
 * OpenRouter. Errors after the first token are events in a 200, silence is filled with `: OPENROUTER PROCESSING` comments, and `usage`
 * says what was charged (https://openrouter.ai/docs/api-reference/streaming, https://openrouter.ai/docs/api/reference/errors-and-debugging,
 * https://openrouter.ai/docs/use-cases/usage-accounting). Providers that know no tools or schemas drop them silently unless
 * `require_parameters` is set (https://openrouter.ai/docs/features/provider-routing). The optional headers that attribute requests to
 * an app in public rankings are not sent.
 */
const openrouter: Preset = {
  ...bearer,
  name: "openrouter",
  defaultBase: "https://openrouter.ai/api/v1",
  exampleBase: "https://openrouter.ai/api/v1",
  keyEnvironment: ["OPENROUTER_API_KEY"],
  key: "remote",
  channelExtras: { provider: { require_parameters: true } },
  hint: ({ status, message, model }) =>
    (status === 404 || status === 503) && /no (?:endpoints|available model provider|allowed providers)/i.test(message)
      ? `No provider serves ${JSON.stringify(model)} under the account's privacy and routing settings: see https://openrouter.ai/settings, or set another [llm] model.`
      : undefined,
  enlargeContext: "Set an [llm] model with a larger context, or lower [build] max_dependency_tokens.",
};

/**
 * Azure OpenAI. Every resource has an address of its own; the key goes into the header `api-key`; `model` is the name of a deployment.
 * The v1 API (`/openai/v1`) wants no `api-version`, the dated one wants it and has the deployment in its path
 * (https://learn.microsoft.com/en-us/azure/foundry/openai/api-version-lifecycle). Versions before 2024-10-21 refuse `stream_options`
 * (https://github.com/griptape-ai/griptape/issues/1640), and models that reason refuse `max_tokens`.
 */
const azure: Preset = {
  name: "azure",
  defaultBase: "",
  exampleBase: "https://RESOURCE.openai.azure.com",
  keyEnvironment: ["AZURE_OPENAI_API_KEY"],
  key: "remote",
  keyHeader: "api-key",
  paths: "azure",
  listsModels: false,
  hint: ({ status, model }) =>
    status === 404
      ? `Set [llm] model (${JSON.stringify(model)}) to the name of a deployment of this resource, and check base_url and its api-version.`
      : undefined,
  enlargeContext: "Deploy a model with a larger context, or lower [build] max_dependency_tokens.",
};

/** Every preset by its name. */
export const presets: Readonly<Record<PresetName, Preset>> = { litellm, ollama, vllm, lmstudio, openrouter, azure };

/** The preset of a provider's name; that of `litellm` for any other name. */
export function presetOf(provider: string): Preset {
  return Object.hasOwn(presets, provider) ? presets[provider as PresetName] : litellm;
}

/** Whether a call needs a key with this `base_url`. */
export function needsKey(preset: Preset, baseUrl: string): boolean {
  return preset.key === "remote" && !leadsToLoopback(baseUrl === "" ? preset.defaultBase : baseUrl);
}
