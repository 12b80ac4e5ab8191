import { setTimeout as sleep } from "node:timers/promises";
import { JauntError, type Backend } from "@jaunt/core";
import type { Config } from "@jaunt/core/config";
import type { EventListener } from "@jaunt/orchestrator";
import { chooseProvider, type ChoiceContext } from "./choose-provider.ts";

/**
 * Chooses the provider, says which and why, and makes its backend.
 * @throws {JauntError} with exit code 2 when there is none, or its package, key or model is missing
 */
export async function createBackend(config: Config, context: ChoiceContext, onEvent: EventListener): Promise<Backend> {
  const { provider, plugin, setup, why } = await chooseProvider(config, context);
  onEvent({ type: "backend-chosen", provider, model: setup.model, why });
  const backend = await plugin.createBackend(setup);
  const entry = Object.hasOwn(context.providers, provider) ? context.providers[provider] : undefined;
  if (setup.model === "" && entry?.needsModel === true) throw await modelMissing(provider, backend);
  return backend;
}

/** What headers name as their generator before any backend exists; undefined while only a call can tell. */
export function generatorModel({ llm }: Config): string | undefined {
  return llm.provider === "auto" || llm.provider === "replay" || llm.model === ""
    ? undefined
    : `${llm.provider}/${llm.model}`;
}

/** How long an endpoint may take to tell its models, in milliseconds: they only make an error more helpful. */
const patienceMs = 3_000;

async function modelMissing(provider: string, backend: Backend): Promise<JauntError> {
  const described = backend.describe?.().catch(() => undefined);
  const facts = await Promise.race([described, sleep(patienceMs, undefined, { ref: false })]);
  const models = facts?.models ?? [];
  const some = models.slice(0, 10).join(", ");
  const offer = some === "" ? "" : ` The endpoint offers ${some}${models.length > 10 ? " and more" : ""}.`;
  return new JauntError(`No model is set, and the provider ${JSON.stringify(provider)} has no default one.`, {
    code: "model-missing",
    exitCode: 2,
    hint: `Set [llm] model in jaunt.toml.${offer}`,
  });
}
