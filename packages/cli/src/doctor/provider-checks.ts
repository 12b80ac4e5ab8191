import { existsSync } from "node:fs";
import { JauntError } from "@jaunt/core";
import type { Config } from "@jaunt/core/config";
import { chooseProvider, type ChoiceContext, type ProviderChoice } from "../plugins/choose-provider.ts";
import type { DoctorCheck } from "../report.ts";
import { fail, failOf, ok, warn } from "./results.ts";

/** The provider, its key (present or not, never the key itself), its model or its recordings. */
export async function checkProvider(config: Config, context: ChoiceContext): Promise<readonly DoctorCheck[]> {
  let choice: ProviderChoice;
  try {
    choice = await chooseProvider(config, context);
  } catch (error) {
    const isKey = JauntError.isInstance(error) && error.code === "provider-key-missing";
    return isKey ? [ok("provider", config.llm.provider), failOf("key", error)] : [failOf("provider", error)];
  }
  const { provider, keyVariable, why, setup } = choice;
  const entry = Object.hasOwn(context.providers, provider) ? context.providers[provider] : undefined;
  return [
    ok("provider", `${provider}: ${why}`),
    ok("key", keyVariable === undefined ? "none is needed" : `${keyVariable} is set`),
    ...(await checkProgram(choice)),
    ...(entry?.needsModel === true ? [checkModel(setup.model, provider)] : []),
    ...(entry?.local === true && keyVariable === undefined ? [await checkEndpoint(choice)] : []),
    ...(entry?.needsRecordings === true ? [checkRecordings(setup.recordings)] : []),
  ];
}

/** The program that the provider drives, if it drives one. */
async function checkProgram({ plugin, setup }: ProviderChoice): Promise<readonly DoctorCheck[]> {
  const facts = await plugin.inspect?.(setup);
  if (facts === undefined) return [];
  const { command, installed, version, signedIn, install, signIn } = facts;
  if (!installed) return [fail("agent", `there is no ${command} on the PATH`, `Run \`${install}\`. ${signIn}`)];
  const named = `${command} ${version ?? "of an unknown version"}`;
  return signedIn
    ? [ok("agent", `${named}, signed in`)]
    : [warn("agent", `${named}; nobody seems to be signed in`, signIn)];
}

function checkModel(model: string, provider: string): DoctorCheck {
  if (model !== "") return ok("model", model);
  return fail(
    "model",
    `none is set, and ${provider} has no default`,
    "Set [llm] model in jaunt.toml to a name the endpoint knows.",
  );
}

/** How long an endpoint may take to say what it offers, in milliseconds. */
const patienceMs = 3_000;

/** Whether a server without a key is running, and has the model. */
async function checkEndpoint({ provider, plugin, setup }: ProviderChoice): Promise<DoctorCheck> {
  try {
    const backend = await plugin.createBackend({ ...setup, timeoutMs: patienceMs });
    const models = (await backend.describe?.())?.models ?? [];
    const names = models.slice(0, 10).join(", ");
    // Ollama leaves out the tag that it takes when there is none.
    if (setup.model === "" || models.some((name) => name === setup.model || name === `${setup.model}:latest`))
      return ok("endpoint", models.length === 0 ? "it offers no model yet" : `it offers ${names}`);
    return warn(
      "endpoint",
      models.length === 0 ? "it offers no model" : `${setup.model} is not among the models it offers: ${names}`,
      provider === "ollama"
        ? `Run \`ollama pull ${setup.model}\`, or correct [llm] model.`
        : "Correct [llm] model, or load that model.",
    );
  } catch (error) {
    if (!JauntError.isInstance(error)) throw error;
    return warn("endpoint", error.message, error.hint ?? "Start the server, or correct [llm] base_url.");
  }
}

function checkRecordings(folder: string): DoctorCheck {
  if (existsSync(folder)) return ok("recordings", folder);
  return fail(
    "recordings",
    `${folder} does not exist`,
    "Correct [llm] recordings in jaunt.toml, or record replies with `jaunt build --record DIR`.",
  );
}
