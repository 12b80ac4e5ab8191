/** A provider that this version of Jaunt knows by name. */
export type ProviderEntry =
  | {
      readonly kind: "built-in";
      readonly packageName: string;
      /** The backend package's named exports. */
      readonly load: () => Promise<unknown>;
      /** Whether `auto` may choose it when a key of it is set. */
      readonly auto: boolean;
      /** Where a key belongs when `auto` found it and no base_url is set, by the key's variable. */
      readonly baseUrls?: Readonly<Record<string, string>>;
      /** Whether it has no default model. */
      readonly needsModel: boolean;
      /** Whether it works from the folder of recordings. */
      readonly needsRecordings: boolean;
    }
  | {
      readonly kind: "planned";
      /** What to use today, as a sentence. */
      readonly instead: string;
      /** Keys that a user of it has set, named when `auto` finds no other. */
      readonly keyEnvironment: readonly string[];
    };

/** Providers by the name that `[llm] provider` gives. */
export type ProviderTable = Readonly<Record<string, ProviderEntry>>;

/** The one place that names concrete backends. Any other name in a configuration is a plug-in's module specifier. */
export const providers: ProviderTable = Object.freeze({
  litellm: {
    kind: "built-in",
    packageName: "@jaunt/backend-litellm",
    load: () => import("@jaunt/backend-litellm"),
    auto: true,
    baseUrls: { OPENAI_API_KEY: "https://api.openai.com/v1" },
    needsModel: true,
    needsRecordings: false,
  },
  replay: {
    kind: "built-in",
    packageName: "@jaunt/backend-replay",
    load: () => import("@jaunt/backend-replay"),
    auto: false,
    needsModel: false,
    needsRecordings: true,
  },
  anthropic: {
    kind: "planned",
    instead:
      'Use provider = "litellm" with base_url = "https://api.anthropic.com/v1", api_key_env = "ANTHROPIC_API_KEY" and a model.',
    keyEnvironment: ["ANTHROPIC_API_KEY"],
  },
  openai: {
    kind: "planned",
    instead:
      'Use provider = "litellm" with base_url = "https://api.openai.com/v1", api_key_env = "OPENAI_API_KEY" and a model.',
    keyEnvironment: ["OPENAI_API_KEY"],
  },
  agent: {
    kind: "planned",
    instead: 'Use provider = "litellm" with the base_url of any OpenAI-compatible endpoint, a local one included.',
    keyEnvironment: [],
  },
} satisfies ProviderTable);
