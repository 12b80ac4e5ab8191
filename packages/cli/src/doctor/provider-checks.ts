import { existsSync } from "node:fs";
import { JauntError } from "@jaunt/core";
import type { Config } from "@jaunt/core/config";
import { chooseProvider, type ChoiceContext, type ProviderChoice } from "../plugins/choose-provider.ts";
import type { DoctorCheck } from "../report.ts";
import { fail, failOf, ok } from "./results.ts";

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
  const builtIn = entry?.kind === "built-in" ? entry : undefined;
  return [
    ok("provider", `${provider}: ${why}`),
    ok("key", keyVariable === undefined ? "none is needed" : `${keyVariable} is set`),
    ...(builtIn?.needsModel === true ? [checkModel(setup.model, provider)] : []),
    ...(builtIn?.needsRecordings === true ? [checkRecordings(setup.recordings)] : []),
  ];
}

function checkModel(model: string, provider: string): DoctorCheck {
  if (model !== "") return ok("model", model);
  return fail(
    "model",
    `none is set, and ${provider} has no default`,
    "Set [llm] model in jaunt.toml to a name the endpoint knows.",
  );
}

function checkRecordings(folder: string): DoctorCheck {
  if (existsSync(folder)) return ok("recordings", folder);
  return fail(
    "recordings",
    `${folder} does not exist`,
    "Correct [llm] recordings in jaunt.toml, or record replies with `jaunt build --record DIR`.",
  );
}
