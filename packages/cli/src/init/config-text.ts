/** What `init` decides; everything else stays at its default. */
export interface InitChoices {
  readonly sourceRoots: readonly string[];
  readonly testRoots: readonly string[];
  readonly provider: string;
}

/** A new jaunt.toml: the decided keys, and the next ones that people reach for, commented out. */
export function configText({ sourceRoots, testRoots, provider }: InitChoices): string {
  return `# Jaunt reads specs (X.jaunt.ts), asks a model for what they declare, checks it, and writes it to __generated__/.
# Every key has a default; an unknown key is an error.
version = 1

[paths]
source_roots = ${tomlList(sourceRoots)}
test_roots = ${tomlList(testRoots)}
generated_dir = "__generated__"

[llm]
# auto takes the first provider whose key is in the environment; anthropic and openai are those APIs; ollama, vllm, lmstudio,
# openrouter and azure speak OpenAI's chat completions, litellm is any other endpoint that does; replay plays recorded replies,
# without key or network; any other name is a plug-in's module.
provider = ${JSON.stringify(provider)}
# model = "my-model"                             # as the endpoint names it
# base_url = "https://llm.example.org/v1"        # default: the provider's own
# api_key_env = "MY_LLM_KEY"                     # the variable that holds the key; never the key itself
${provider === "replay" ? "" : "# "}recordings = "recordings"${provider === "replay" ? "  " : ""}                      # what replay plays

[build]
jobs = 8                                         # modules at once
max_attempts = 3                                 # a rejected reply is sent back with its errors this often at most
`;
}

function tomlList(values: readonly string[]): string {
  return `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
}
