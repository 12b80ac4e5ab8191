import type { PresetName } from "@jaunt/backend-litellm";

/** A provider that this version of Jaunt knows by name. */
export interface ProviderEntry {
  readonly packageName: string;
  /** The backend package's named exports. */
  readonly load: () => Promise<unknown>;
  /** Whether the package comes with this one. */
  readonly included: boolean;
  /** Variables that make `auto` choose it when one is set; empty: never chosen so. */
  readonly autoKeys: readonly string[];
  /** Whether `auto` chooses it for a base_url that comes without a provider. */
  readonly autoBaseUrl: boolean;
  /** Whether it has no default model. */
  readonly needsModel: boolean;
  /** Whether it works from the folder of recordings. */
  readonly needsRecordings: boolean;
  /** Whether `--batch` works with it. */
  readonly takesBatches?: true;
  /** Whether its endpoint usually runs on the user's machine, where `auto` looks for it. */
  readonly local?: boolean;
  /** The signed-in program that it drives, by its name on the PATH, where `auto` looks for it. */
  readonly program?: string;
}

/** Providers by the name that `[llm] provider` gives. */
export type ProviderTable = Readonly<Record<string, ProviderEntry>>;

/** The one place that names concrete backends, in the order in which `auto` looks at them. Any other name in a configuration is a plug-in's module specifier. */
export const providers: ProviderTable = Object.freeze({
  anthropic: {
    packageName: "@jaunt/backend-anthropic",
    load: () => import("@jaunt/backend-anthropic"),
    included: false,
    autoKeys: ["ANTHROPIC_API_KEY"],
    autoBaseUrl: false,
    needsModel: false,
    needsRecordings: false,
    takesBatches: true,
  },
  openai: {
    packageName: "@jaunt/backend-openai",
    load: () => import("@jaunt/backend-openai"),
    included: false,
    autoKeys: ["OPENAI_API_KEY"],
    autoBaseUrl: false,
    needsModel: false,
    needsRecordings: false,
    takesBatches: true,
  },
  openrouter: preset("openrouter", { autoKeys: ["OPENROUTER_API_KEY"] }),
  ollama: preset("ollama", { local: true }),
  lmstudio: preset("lmstudio", { local: true }),
  vllm: preset("vllm", { local: true }),
  litellm: preset("litellm", { autoKeys: ["LITELLM_API_KEY"], autoBaseUrl: true, local: true }),
  azure: preset("azure", {}),
  "claude-code": agent("claude"),
  codex: agent("codex"),
  "gemini-cli": agent("gemini"),
  replay: {
    packageName: "@jaunt/backend-replay",
    load: () => import("@jaunt/backend-replay"),
    included: true,
    autoKeys: [],
    autoBaseUrl: false,
    needsModel: false,
    needsRecordings: true,
  },
} satisfies ProviderTable);

/** One kind of OpenAI-compatible endpoint. */
function preset(
  name: PresetName,
  auto: { readonly autoKeys?: readonly string[]; readonly autoBaseUrl?: boolean; readonly local?: boolean },
): ProviderEntry {
  return {
    packageName: "@jaunt/backend-litellm",
    load: async () => (await import("@jaunt/backend-litellm")).presetPlugin(name),
    included: true,
    autoKeys: auto.autoKeys ?? [],
    autoBaseUrl: auto.autoBaseUrl ?? false,
    needsModel: true,
    needsRecordings: false,
    local: auto.local ?? false,
  };
}

/** A coding agent that is installed and signed in. */
function agent(program: string): ProviderEntry {
  return {
    packageName: "@jaunt/backend-agent",
    load: () => import("@jaunt/backend-agent"),
    included: false,
    autoKeys: [],
    autoBaseUrl: false,
    needsModel: false,
    needsRecordings: false,
    program,
  };
}
