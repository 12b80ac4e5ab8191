import { BackendError, type Backend, type BackendErrorKind, type GenerateRequest, type Usage } from "@jaunt/core";
import type { Budget } from "../cost/budget.ts";
import { estimateTokens } from "../render/estimate-tokens.ts";
import { noUsage } from "./usage.ts";

/** A backend that pays for every call out of a purse: the most it can cost is set aside before, what it did cost is booked after. */
export function withBudget(backend: Backend, budget: Budget): Backend {
  return {
    ...backend,
    async generate(request, options) {
      const inputTokens = countInput(request);
      const reservation = await budget.reserve({ inputTokens, outputTokens: request.maxOutputTokens });
      if (reservation === undefined) throw overBudget();
      try {
        const response = await backend.generate(request, options);
        reservation.settle(response.usage);
        return response;
      } catch (error) {
        reservation.settle(usageOfFailure(error, inputTokens));
        throw error;
      }
    },
  };
}

/** About how many tokens the prompt of a request has. */
export function countInput({ prompt }: GenerateRequest): number {
  return prompt.reduce((sum, { text }) => sum + estimateTokens(text), 0);
}

/** The error of a call that may not be paid for. */
export function overBudget(): BackendError {
  return new BackendError("The budget of this build is used up.", {
    kind: "budget",
    hint: "Raise `[llm] max_cost_per_build` or `max_tokens_per_build` in jaunt.toml, or run the build again for the rest.",
  });
}

/** Calls that began to be answered are billed although no usage came back: at least their input is. */
const billed: ReadonlySet<BackendErrorKind> = new Set(["timeout", "invalid-response", "aborted"]);

function usageOfFailure(error: unknown, inputTokens: number): Usage {
  const isBilled = error instanceof BackendError && billed.has(error.kind);
  return isBilled ? { ...noUsage, input: inputTokens, estimated: true } : noUsage;
}
