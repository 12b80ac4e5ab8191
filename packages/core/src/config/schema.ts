/** `[paths]` of jaunt.toml. */
export interface PathsConfig {
  readonly source_roots: readonly string[];
  readonly test_roots: readonly string[];
  readonly generated_dir: string;
}

/** Dollars per million tokens. */
export interface ModelPrice {
  readonly input: number;
  readonly cached?: number | undefined;
  readonly output: number;
}

/** `[llm]` of jaunt.toml. */
export interface LlmConfig {
  readonly provider: string;
  readonly model: string;
  readonly api_key_env: string;
  readonly base_url: string;
  readonly output: "auto" | "text" | "tool" | "json";
  readonly timeout_seconds: number;
  readonly max_cost_per_build: number;
  readonly max_tokens_per_build: number;
  /** Folder of the replay provider's recordings, relative to the root. */
  readonly recordings: string;
  readonly pricing: Readonly<Record<string, ModelPrice>>;
}

/** `[build]` of jaunt.toml. */
export interface BuildConfig {
  readonly jobs: number;
  readonly infer_deps: boolean;
  readonly max_attempts: number;
  readonly verify: "types" | "examples" | "tests";
  readonly on_dependency_change: "verify" | "regenerate";
  readonly dependency_context: "api" | "source";
  readonly max_dependency_tokens: number;
  readonly rebuild_on: readonly ("model" | "prompts")[];
}

/** `[test]` of jaunt.toml. */
export interface TestConfig {
  readonly jobs: number;
  readonly infer_deps: boolean;
  readonly runner: "vitest" | "node:test";
  readonly args: readonly string[];
}

/** `[cache]` of jaunt.toml. */
export interface CacheConfig {
  readonly dir: string;
  readonly remote: string;
  readonly remote_write: boolean;
}

/** `[prompts]` of jaunt.toml: paths of files that replace a template, and text added to the system part. */
export interface PromptsConfig {
  readonly build_system: string;
  readonly build_module: string;
  readonly test_system: string;
  readonly test_module: string;
  readonly extra_system: string;
}

/** `[typescript]` of jaunt.toml. */
export interface TypescriptConfig {
  readonly tsconfig: string;
}

/** A whole jaunt.toml, defaults filled in. Keys are named as in the file. */
export interface Config {
  readonly version: 1;
  readonly paths: PathsConfig;
  readonly llm: LlmConfig;
  readonly build: BuildConfig;
  readonly test: TestConfig;
  readonly cache: CacheConfig;
  readonly prompts: PromptsConfig;
  readonly typescript: TypescriptConfig;
}
