import { join } from "node:path";
import { JauntError, type BackendPlugin, type BackendSetup } from "@jaunt/core";
import type { Config } from "@jaunt/core/config";
import { isContinuousIntegration } from "../terminal.ts";
import { findLocalEndpoint } from "./find-local-endpoint.ts";
import { findSignedInAgent, type AgentSearch } from "./find-signed-in-agent.ts";
import { loadPlugin, type PluginContext } from "./load-plugin.ts";

export interface ChoiceContext extends PluginContext {
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A provider with all that its backend needs. */
export interface ProviderChoice {
  readonly provider: string;
  readonly plugin: BackendPlugin;
  readonly setup: BackendSetup;
  /** Variable that holds the key; undefined when no key is used. */
  readonly keyVariable: string | undefined;
  /** Why this provider, as a clause: `LITELLM_API_KEY is set`. */
  readonly why: string;
}

/**
 * The provider that a configuration and an environment mean, its key looked up.
 * @throws {JauntError} with exit code 2 when there is none, or its package or key is missing
 */
export async function chooseProvider(config: Config, context: ChoiceContext): Promise<ProviderChoice> {
  const { provider, api_key_env: named } = config.llm;
  if (provider === "auto") return chooseAutomatically(config, context);
  const plugin = await loadPlugin(provider, context);
  const setup = backendSetup(config, provider, context);
  const keyVariable = findKey(named === "" ? plugin.keyEnvironment : [named], context.env);
  if (keyVariable === undefined && (named !== "" || plugin.keyRequired(setup)))
    throw keyMissing(provider, named, plugin.keyEnvironment);
  return { provider, plugin, setup: withKey(setup, keyVariable, context), keyVariable, why: "jaunt.toml names it" };
}

/**
 * The first provider of the table of which a key is set and whose package is installed. A base_url without a provider's name is
 * taken for an OpenAI-compatible endpoint: no vendor's key goes to an address nobody named with it.
 */
async function chooseAutomatically(config: Config, context: ChoiceContext): Promise<ProviderChoice> {
  const looked: string[] = [];
  const passed: JauntError[] = [];
  for (const provider of Object.keys(context.providers)) {
    const variables = await automaticKeys(config, provider, context);
    looked.push(...variables.filter((variable) => !looked.includes(variable)));
    const keyVariable = findKey(variables, context.env);
    if (keyVariable === undefined) continue;
    try {
      const plugin = await loadPlugin(provider, context);
      const setup = withKey(backendSetup(config, provider, context), keyVariable, context);
      const why = [`${keyVariable} is set`, ...passed.map(({ message }) => `but: ${message}`)].join("; ");
      return { provider, plugin, setup, keyVariable, why };
    } catch (error) {
      if (!JauntError.isInstance(error) || error.code !== "provider-missing") throw error;
      passed.push(error);
    }
  }
  if (passed[0] !== undefined) throw passed[0];
  const local = await lookOnThisMachine(config, context);
  if (local.found === undefined) throw noProvider(config, looked, local.tried, context);
  return { ...local.found, keyVariable: undefined };
}

/**
 * A signed-in agent, else an endpoint at its usual address. A build server builds with what it was told to, never with what happens to be
 * on it.
 */
async function lookOnThisMachine(config: Config, context: ChoiceContext): Promise<AgentSearch> {
  const { base_url: baseUrl, api_key_env: named } = config.llm;
  if (baseUrl !== "" || named !== "") return { found: undefined, tried: [] };
  const entries = Object.entries(context.providers);
  if (isContinuousIntegration(context.env)) {
    const names = entries.flatMap(([name, { local, program }]) =>
      local === true || program !== undefined ? [name] : [],
    );
    return { found: undefined, tried: names.map((name) => `${name} is not looked for under CI`) };
  }
  const setupOf = (provider: string): BackendSetup =>
    withKey(backendSetup(config, provider, context), undefined, context);
  const agents = entries.flatMap(([provider, { program }]) =>
    program === undefined
      ? []
      : [{ provider, program, setup: setupOf(provider), load: () => loadPlugin(provider, context) }],
  );
  const agent = await findSignedInAgent(agents, context.env);
  if (agent.found !== undefined) return agent;
  const locals = entries.flatMap(([provider, { local }]) => (local === true ? [provider] : []));
  const endpoint = await findLocalEndpoint(
    await Promise.all(
      locals.map(async (provider) => ({
        provider,
        plugin: await loadPlugin(provider, context),
        setup: setupOf(provider),
      })),
    ),
  );
  return {
    found:
      endpoint.found === undefined
        ? undefined
        : { ...endpoint.found, why: "no key is set, and its endpoint answers on this machine" },
    tried: [...agent.tried, ...endpoint.tried],
  };
}

/** The variables that speak for a provider with this configuration. */
async function automaticKeys({ llm }: Config, provider: string, context: ChoiceContext): Promise<readonly string[]> {
  const entry = context.providers[provider];
  if (entry === undefined) return [];
  if (llm.base_url === "") {
    return entry.autoKeys.filter((name) => llm.api_key_env === "" || llm.api_key_env === name);
  }
  if (!entry.autoBaseUrl) return [];
  return llm.api_key_env === "" ? (await loadPlugin(provider, context)).keyEnvironment : [llm.api_key_env];
}

function backendSetup({ llm }: Config, provider: string, { root, env }: ChoiceContext): Omit<BackendSetup, "apiKey"> {
  return {
    provider,
    model: llm.model,
    baseUrl: llm.base_url,
    output: llm.output,
    timeoutMs: llm.timeout_seconds * 1000,
    recordings: join(root, llm.recordings),
    environment: env,
  };
}

function withKey(
  setup: Omit<BackendSetup, "apiKey">,
  keyVariable: string | undefined,
  { env }: ChoiceContext,
): BackendSetup {
  return { ...setup, apiKey: keyVariable === undefined ? undefined : env[keyVariable] };
}

/** The first variable that is set to anything but blanks. */
function findKey(variables: readonly string[], env: ChoiceContext["env"]): string | undefined {
  return variables.find((variable) => (env[variable] ?? "").trim() !== "");
}

function keyMissing(provider: string, named: string, variables: readonly string[]): JauntError {
  if (named !== "") {
    return new JauntError(`[llm] api_key_env names ${named}, but that variable is not set.`, {
      code: "provider-key-missing",
      exitCode: 2,
      hint: `Set ${named} in the environment of this command, or correct api_key_env in jaunt.toml.`,
    });
  }
  const names = variables.join(" or ");
  return new JauntError(`The provider ${JSON.stringify(provider)} needs an API key, and ${names} is not set.`, {
    code: "provider-key-missing",
    exitCode: 2,
    hint: `Set ${names}, or name the variable that holds the key in [llm] api_key_env.`,
  });
}

function noProvider(
  { llm }: Config,
  looked: readonly string[],
  tried: readonly string[],
  context: ChoiceContext,
): JauntError {
  const named =
    llm.api_key_env !== "" && findKey([llm.api_key_env], context.env) !== undefined
      ? [`${llm.api_key_env} is set, but does not tell whose key it is: name its provider under [llm] in jaunt.toml.`]
      : [];
  const local =
    llm.base_url === ""
      ? 'For an endpoint elsewhere, set provider = "litellm" (or azure, openrouter, vllm, ollama, lmstudio) and base_url.'
      : `base_url is set: name its provider too, provider = "litellm".`;
  const names = looked.length === 0 ? [llm.api_key_env] : looked;
  return new JauntError(`No provider was found for provider = "auto": none of ${names.join(", ")} is set.`, {
    code: "provider-none",
    exitCode: 2,
    hint: [
      ...named,
      `Set ${names.join(" or ")}, or name a provider under [llm] in jaunt.toml.`,
      local,
      ...(tried.length === 0 ? [] : [`On this machine: ${tried.join("; ")}.`]),
      'To play recorded replies, set provider = "replay".',
    ].join("\n"),
  });
}
