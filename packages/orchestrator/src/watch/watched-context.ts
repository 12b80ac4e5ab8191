import { setMaxListeners } from "node:events";
import type { Config } from "@jaunt/core/config";
import { openPaidBackend } from "../generate/paid-backend.ts";
import { createContext, type ProjectContext } from "../project-context.ts";
import type { RunEvent } from "../events.ts";

/** A context for the rounds of a watch under one configuration: one backend, one budget. */
export function watchedContext(
  { root, options }: ProjectContext,
  config: Config,
  onEvent: (event: RunEvent) => void,
): ProjectContext {
  const context = createContext(root, config, { ...options, onEvent });
  return { ...context, paid: openPaidBackend(context) };
}

/** The same context with a signal of its own, by which a compiler that stays between rounds knows that files may have changed. */
export function forOneRound(context: ProjectContext): ProjectContext {
  const signal = AbortSignal.any([context.signal]);
  setMaxListeners(0, signal);
  return { ...context, signal, io: (ledger) => ({ ...context.io(ledger), signal }) };
}
