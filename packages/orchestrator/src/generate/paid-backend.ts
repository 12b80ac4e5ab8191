import type { Backend, BatchBackend, Usage } from "@jaunt/core";
import type { Config } from "@jaunt/core/config";
import { createBudget, type Budget, type Spending } from "../cost/budget.ts";
import { costOf, priceOf, type Price } from "../cost/prices.ts";
import type { ProjectContext } from "../project-context.ts";
import { withBudget } from "./with-budget.ts";
import { withTelemetry } from "./with-telemetry.ts";
import { withWarmUp } from "./with-warm-up.ts";

/** A backend under the project's budget, with what it spent. */
export interface PaidBackend {
  /** Makes the backend, and looks up its price; once, at the first call, and again only after it could not be made. */
  open(): Promise<OpenedBackend>;
  spending(): Spending;
  /** What was spent since this was last asked, each amount once. */
  takeSpending(): Pick<Spending, "dollars" | "tokens">;
  /** Dollars that these tokens cost; undefined where nobody knows the price. */
  costOf(usage: Usage): number | undefined;
  /** The model whose price counts; empty before a first call and where the backend does not tell. */
  model(): string;
}

/** A backend that was made. */
export interface OpenedBackend {
  /** Pays for every call out of the budget. */
  readonly backend: Backend;
  /** What takes its batches, which pay for themselves; undefined when it takes none. */
  readonly batch: BatchBackend | undefined;
  /** Undefined where calls cost nothing. */
  readonly budget: Budget | undefined;
}

/** The backend of a project under its budget. What shares one of these shares one budget, as the rounds of a watch do. */
export function openPaidBackend({ config, options, telemetry }: ProjectContext): PaidBackend {
  return paidBackend(config, async () => withTelemetry(await options.createBackend(config), await telemetry()));
}

/** Puts the backend that `createBackend` makes under the limits of `[llm]`, and lets it warm its prefixes up where it keeps them. */
function paidBackend({ llm }: Config, createBackend: () => Promise<Backend>): PaidBackend {
  let budget: Budget | undefined;
  let price: Price | undefined;
  let model = llm.model;
  const taken = { dollars: 0, tokens: 0 };
  let opened: Promise<OpenedBackend> | undefined;
  const open = async (): Promise<OpenedBackend> => {
    const made = await createBackend();
    const { batch } = made;
    // Recorded replies were paid for when they were recorded.
    if (llm.provider === "replay") return { backend: made, batch, budget };
    if (model === "") model = (await defaultModel(made)) ?? "";
    price = await priceOf(model, llm);
    budget = createBudget({ dollars: llm.max_cost_per_build, tokens: llm.max_tokens_per_build, price });
    return { backend: withBudget(made.keepsPrefixes === true ? withWarmUp(made) : made, budget), batch, budget };
  };
  return {
    async open() {
      opened ??= open();
      try {
        return await opened;
      } catch (error) {
        opened = undefined;
        throw error;
      }
    },
    spending: () => budget?.spending() ?? { dollars: 0, tokens: 0, reached: false },
    takeSpending() {
      const { dollars, tokens } = budget?.spending() ?? { dollars: 0, tokens: 0 };
      const since = {
        dollars: dollars === undefined ? undefined : dollars - taken.dollars,
        tokens: tokens - taken.tokens,
      };
      Object.assign(taken, { dollars: dollars ?? 0, tokens });
      return since;
    },
    // Before a first call, and with recordings, there is nothing to pay.
    costOf: (usage) => (budget === undefined ? 0 : price === undefined ? undefined : costOf(usage, price)),
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
