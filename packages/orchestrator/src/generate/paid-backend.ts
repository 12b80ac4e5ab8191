import type { Backend } from "@jaunt/core";
import type { Config } from "@jaunt/core/config";
import { createBudget, type Budget, type Spending } from "../cost/budget.ts";
import { priceOf } from "../cost/prices.ts";
import { withBudget } from "./with-budget.ts";
import { withWarmUp } from "./with-warm-up.ts";

/** A backend under the project's budget, with what it spent. */
export interface PaidBackend {
  /** Makes the backend, and looks up its price; called at the first call. */
  create(): Promise<Backend>;
  spending(): Spending;
  /** The model whose price counts; empty before a first call and where the backend does not tell. */
  model(): string;
}

/** Puts the backend that `createBackend` makes under the limits of `[llm]`, and lets it warm its prefixes up where it keeps them. */
export function paidBackend({ llm }: Config, createBackend: () => Promise<Backend>): PaidBackend {
  let budget: Budget | undefined;
  let model = llm.model;
  return {
    async create() {
      const made = await createBackend();
      // Recorded replies were paid for when they were recorded.
      if (llm.provider === "replay") return made;
      if (model === "") model = (await defaultModel(made)) ?? "";
      const price = await priceOf(model, llm);
      budget = createBudget({ dollars: llm.max_cost_per_build, tokens: llm.max_tokens_per_build, price });
      return withBudget(made.keepsPrefixes === true ? withWarmUp(made) : made, budget);
    },
    spending: () => budget?.spending() ?? { dollars: 0, tokens: 0, reached: false },
    model: () => model,
  };
}

/** Facts only serve the price, so a backend that cannot tell them now is no reason to stop. */
async function defaultModel(backend: Backend): Promise<string | undefined> {
  try {
    return (await backend.describe?.())?.defaultModel;
  } catch {
    return undefined;
  }
}
