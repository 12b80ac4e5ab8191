export { configJsonSchema, defaultConfig, parseConfig } from "./parse-config.ts";
export type {
  BuildConfig,
  CacheConfig,
  Config,
  LlmConfig,
  ModelPrice,
  PathsConfig,
  PromptsConfig,
  TestConfig,
  TypescriptConfig,
} from "./schema.ts";
