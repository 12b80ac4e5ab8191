import { join } from "node:path";
import { JauntError, type BackendPlugin, type BackendSetup } from "@jaunt/core";
import type { Config } from "@jaunt/core/config";
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
  if (provider === "auto") return chooseByKey(config, context);
  const plugin = await loadPlugin(provider, context);
  const setup = backendSetup(config, provider, context.root);
  const keyVariable = findKey(named === "" ? plugin.keyEnvironment : [named], context.env);
  if (keyVariable === undefined && (named !== "" || plugin.keyRequired(setup)))
    throw keyMissing(provider, named, plugin.keyEnvironment);
  return { provider, plugin, setup: withKey(setup, keyVariable, context), keyVariable, why: "jaunt.toml names it" };
}

/** Every automatic provider of which a key is in the environment, in the table's order; the first is taken. */
async function chooseByKey(config: Config, context: ChoiceContext): Promise<ProviderChoice> {
  const looked: string[] = [];
  for (const [provider, entry] of Object.entries(context.providers)) {
    if (entry.kind !== "built-in" || !entry.auto) continue;
    const plugin = await loadPlugin(provider, context);
    const variables = config.llm.api_key_env === "" ? plugin.keyEnvironment : [config.llm.api_key_env];
    looked.push(...variables.filter((variable) => !looked.includes(variable)));
    const keyVariable = findKey(variables, context.env);
    if (keyVariable === undefined) continue;
    const setup = backendSetup(config, provider, context.root);
    const baseUrl = setup.baseUrl === "" ? (entry.baseUrls?.[keyVariable] ?? "") : setup.baseUrl;
    return {
      provider,
      plugin,
      setup: withKey({ ...setup, baseUrl }, keyVariable, context),
      keyVariable,
      why: `${keyVariable} is set`,
    };
  }
  throw noProvider(config, looked, context);
}

function backendSetup(config: Config, provider: string, root: string): Omit<BackendSetup, "apiKey"> {
  const { model, base_url: baseUrl, output, timeout_seconds: seconds, recordings } = config.llm;
  return { provider, model, baseUrl, output, timeoutMs: seconds * 1000, recordings: join(root, recordings) };
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

function noProvider({ llm }: Config, looked: readonly string[], { providers, env }: ChoiceContext): JauntError {
  const planned = Object.values(providers).flatMap((entry) =>
    entry.kind !== "planned"
      ? []
      : entry.keyEnvironment
          .filter((name) => findKey([name], env) !== undefined && !looked.includes(name))
          .map((name) => `${name} is set, but its provider is not part of this version. ${entry.instead}`),
  );
  const local =
    llm.base_url === ""
      ? 'For an endpoint that needs no key, set provider = "litellm" and base_url.'
      : `base_url is set: name its provider too, provider = "litellm".`;
  return new JauntError(`No provider was found for provider = "auto": none of ${looked.join(", ")} is set.`, {
    code: "provider-none",
    exitCode: 2,
    hint: [
      ...planned,
      `Set ${looked.join(" or ")}, or name a provider under [llm] in jaunt.toml.`,
      local,
      'To play recorded replies, set provider = "replay".',
      "Signed-in agents and local endpoints are not looked for yet.",
    ].join("\n"),
  });
}
