import type { Backend } from "@jaunt/core";
import type { Config } from "@jaunt/core/config";
import type { EventListener } from "@jaunt/orchestrator";
import { chooseProvider, type ChoiceContext } from "./choose-provider.ts";

/** Chooses the provider, says which and why, and makes its backend. */
export async function createBackend(config: Config, context: ChoiceContext, onEvent: EventListener): Promise<Backend> {
  const { provider, plugin, setup, why } = await chooseProvider(config, context);
  onEvent({ type: "backend-chosen", provider, model: setup.model, why });
  return plugin.createBackend(setup);
}

/** What headers name as their generator before any backend exists; undefined while only a call can tell. */
export function generatorModel({ llm }: Config): string | undefined {
  return llm.provider === "auto" || llm.provider === "replay" || llm.model === ""
    ? undefined
    : `${llm.provider}/${llm.model}`;
}
