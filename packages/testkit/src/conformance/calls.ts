import { inspect } from "node:util";
import { BackendError, type GenerateRequest } from "@jaunt/core";
import { expect } from "vitest";

/** The label and attempt of every request the suites make, for harnesses that must know them before. */
export const conformanceLabel = "src/email";

/** The request that the suites make. Frozen throughout, so that a backend that changes its request fails. */
export function conformanceRequest(): GenerateRequest {
  const part = { name: "rules", role: "system", stability: "project", text: "You write TypeScript." } as const;
  const spec = {
    name: "spec",
    role: "user",
    stability: "module",
    text: "export declare const greeting: string;",
  } as const;
  return Object.freeze({
    label: conformanceLabel,
    attempt: 1,
    prompt: Object.freeze([Object.freeze(part), Object.freeze(spec)]),
    model: "some-model",
    maxOutputTokens: 1_000,
  });
}

/** A signal of a caller who waits. */
export function neverAborted(): AbortSignal {
  return new AbortController().signal;
}

/** What a call that must fail fails with. */
export async function rejection(call: Promise<unknown>): Promise<BackendError> {
  const outcome = await call.then(
    (response) => ({ response }),
    (error: unknown) => ({ error }),
  );
  if (!("error" in outcome)) throw new Error(`The call was to fail, and answered ${JSON.stringify(outcome.response)}.`);
  expect(outcome.error).toBeInstanceOf(BackendError);
  return outcome.error as BackendError;
}

/** Every place a log or a crash report could print from. */
export function everythingIn(error: BackendError): string {
  return `${inspect(error, { depth: 10, showHidden: true })}\n${String(error.stack)}\n${JSON.stringify({ ...error })}\n${String(error.hint)}`;
}
