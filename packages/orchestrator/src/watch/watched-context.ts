import { setMaxListeners } from "node:events";
import type { Backend } from "@jaunt/core";
import type { Config } from "@jaunt/core/config";
import { createAnalysisMemory } from "../cache/analysis-memory.ts";
import { createContext, type ProjectContext } from "../project-context.ts";
import type { RunEvent } from "../events.ts";

/** A context for the rounds of a watch under one configuration. Its backend is made once, and again only after it could not be. */
export function watchedContext(
  { root, options }: ProjectContext,
  config: Config,
  onEvent: (event: RunEvent) => void,
): ProjectContext {
  let made: Promise<Backend> | undefined;
  const createBackend = async (): Promise<Backend> => {
    made ??= options.createBackend(config);
    try {
      return await made;
    } catch (error) {
      made = undefined;
      throw error;
    }
  };
  return { ...createContext(root, config, { ...options, onEvent, createBackend }), memory: createAnalysisMemory() };
}

/** The same context with a signal of its own, by which a compiler that stays between rounds knows that files may have changed. */
export function forOneRound(context: ProjectContext): ProjectContext {
  const signal = AbortSignal.any([context.signal]);
  setMaxListeners(0, signal);
  return { ...context, signal, io: (ledger) => ({ ...context.io(ledger), signal }) };
}
