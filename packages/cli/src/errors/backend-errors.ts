import type { BackendErrorKind } from "@jaunt/core";
import type { ErrorEntry } from "./error-entry.ts";

/** Errors of calls, one for each kind of failure that a backend knows. */
export const backendErrors: Readonly<Record<`backend-${BackendErrorKind}`, ErrorEntry>> = Object.freeze({
  "backend-auth": {
    means: "The provider refused the key or the sign-in.",
    why: "The key is wrong, expired or not allowed to use the model.",
    mend: "Set a valid key, or sign in again.",
    exits: [2],
    next: "jaunt doctor",
  },
  "backend-quota": {
    means: "The account has no credit left.",
    why: "The provider answers no more calls until it has.",
    mend: "Add credit or raise the limit at the provider, then run the command again.",
    exits: [3],
    next: "again",
  },
  "backend-rate-limit": {
    means: "The provider takes no more calls for now.",
    why: "Its limits were still exceeded after the waits it asked for.",
    mend: "Run the command again later, or with fewer --jobs; what was finished is kept.",
    exits: [3],
    next: "again",
  },
  "backend-overloaded": {
    means: "The provider is overloaded.",
    why: "It refused several attempts in a row.",
    mend: "Run the command again later; what was finished is kept.",
    exits: [3],
    next: "again",
  },
  "backend-server": {
    means: "The provider failed.",
    why: "It answered several attempts with an error of its own.",
    mend: "Run the command again later; what was finished is kept.",
    exits: [3],
    next: "again",
  },
  "backend-connection": {
    means: "The provider cannot be reached.",
    why: "No server, no network, a proxy, or a certificate that is not trusted.",
    mend: "Check `[llm] base_url` and the network.",
    exits: [3],
    next: "jaunt doctor",
  },
  "backend-timeout": {
    means: "The provider did not answer in time.",
    why: "`[llm] timeout_seconds` was over before the last byte.",
    mend: "Raise `[llm] timeout_seconds`, or run the command again.",
    exits: [3],
    next: "again",
  },
  "backend-bad-request": {
    means: "The provider refused the request itself.",
    why: "Most often the model does not exist there, or does not know a setting.",
    mend: "Check `[llm] model` and the settings beside it.",
    exits: [3],
    next: "jaunt doctor",
  },
  "backend-context-overflow": {
    means: "The prompt is larger than the model's window.",
    why: "The spec and what it depends on are too long together.",
    mend: "Lower `[build] max_dependency_tokens`, split the module, or take a model with a larger window.",
    exits: [3],
  },
  "backend-invalid-response": {
    means: "The answer cannot be read.",
    why: "It is no answer of the provider's protocol: a proxy's page, or cut off.",
    mend: "Check `[llm] base_url`, and run the command again.",
    exits: [3],
    next: "jaunt doctor",
  },
  "backend-no-recording": {
    means: "There is no recorded reply for this prompt.",
    why: "The replay provider only plays what was recorded, and the prompt changed; or a build with --offline met no cached reply.",
    mend: "Record it with `jaunt build --record DIR` and a real provider, or build online.",
    exits: [3],
  },
  "backend-budget": {
    means: "The budget of the build does not allow the call.",
    why: "`max_cost_per_build` or `max_tokens_per_build` would be exceeded.",
    mend: "Run the command again for a new budget, or raise the limit in `[llm]`.",
    exits: [3],
    next: "again",
  },
  "backend-aborted": {
    means: "A call was ended before its answer.",
    why: "The command was interrupted.",
    mend: "Run the command again; what was finished is kept.",
    exits: [130],
    next: "again",
  },
});
