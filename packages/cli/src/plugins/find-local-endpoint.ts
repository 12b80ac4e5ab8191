import type { BackendPlugin, BackendSetup } from "@jaunt/core";

/** A provider whose endpoint may be running on this machine, set up for its usual address. */
export interface LocalProvider {
  readonly provider: string;
  readonly plugin: BackendPlugin;
  readonly setup: BackendSetup;
}

/** What came of looking: the first that offers a model, and of all the others what was found in their place. */
export interface LocalSearch {
  readonly found: LocalProvider | undefined;
  /** One clause a provider: `ollama does not answer`. */
  readonly tried: readonly string[];
}

/** How long an endpoint on this machine may take to say what it offers, in milliseconds. */
const patienceMs = 300;

/** Asks all at once what models they offer. Sends no key. */
export async function findLocalEndpoint(candidates: readonly LocalProvider[]): Promise<LocalSearch> {
  const outcomes = await Promise.all(candidates.map(look));
  const first = outcomes.findIndex((outcome) => outcome === undefined);
  return {
    found: candidates[first],
    tried: outcomes.flatMap((outcome, index) =>
      outcome === undefined ? [] : [`${candidates[index]?.provider ?? ""} ${outcome}`],
    ),
  };
}

/** Why this endpoint is of no use; undefined when it is. */
async function look({ plugin, setup }: LocalProvider): Promise<string | undefined> {
  try {
    const backend = await plugin.createBackend({ ...setup, apiKey: undefined, timeoutMs: patienceMs });
    const facts = await backend.describe?.();
    return (facts?.models ?? []).length > 0 ? undefined : "answers, and offers no model";
  } catch (error) {
    const status = (error as { readonly status?: unknown }).status;
    return typeof status === "number" ? `answers ${String(status)}` : "does not answer";
  }
}
