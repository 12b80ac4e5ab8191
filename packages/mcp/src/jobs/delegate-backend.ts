import { BackendError, JauntError, type Backend, type GenerateRequest, type GenerateResponse } from "@jaunt/core";

/** A prompt that waits for the agent's source. */
export interface PendingPrompt {
  readonly module: string;
  /** From 1; a later one holds the errors of those before. */
  readonly attempt: number;
  /** The rules, the same for every module of a build. */
  readonly instructions: string;
  readonly prompt: string;
}

/** A backend whose model is the agent at the other end of the connection. */
export interface DelegateBackend extends Backend {
  /** In the order in which they came. */
  pending(): readonly PendingPrompt[];
  /**
   * Answers the pending prompt of a module.
   * @throws {JauntError} `submission-repeated` or `submission-unknown` when none is pending
   */
  submit(module: string, source: string): void;
}

export interface DelegateOptions {
  /** Who answers, for the header of what is written. */
  readonly agent: string;
  /** How long a prompt waits for its source, in milliseconds. */
  readonly timeLimitMs: number;
  /** Told whenever a prompt came or went. */
  readonly onChange: () => void;
}

/** Makes a backend that hands every prompt out and waits until its source is submitted. */
export function createDelegateBackend({ agent, timeLimitMs, onChange }: DelegateOptions): DelegateBackend {
  const waiting = new Map<string, Waiting>();
  const submitted = new Set<string>();
  return {
    apiVersion: 1,
    name: "delegate",
    generate: (request, { signal }) =>
      new Promise((resolve, reject) => {
        const { label } = request;
        const settle = (act: () => void): void => {
          clearTimeout(timer);
          signal.removeEventListener("abort", onAbort);
          waiting.delete(label);
          act();
          onChange();
        };
        const onAbort = (): void => settle(() => reject(aborted()));
        const timer = setTimeout(() => settle(() => reject(tooLate(label, timeLimitMs))), timeLimitMs);
        if (signal.aborted) return onAbort();
        signal.addEventListener("abort", onAbort, { once: true });
        submitted.delete(label);
        waiting.set(label, {
          prompt: pendingPrompt(request),
          answer: (source) => settle(() => resolve(responseOf(source, agent))),
        });
        onChange();
      }),
    pending: () => [...waiting.values()].map(({ prompt }) => prompt),
    submit(module, source) {
      const found = waiting.get(module);
      if (found === undefined) throw notPending(module, submitted.has(module), [...waiting.keys()]);
      submitted.add(module);
      found.answer(source);
    },
  };
}

interface Waiting {
  readonly prompt: PendingPrompt;
  answer(source: string): void;
}

function pendingPrompt({ label, attempt, prompt }: GenerateRequest): PendingPrompt {
  const textOf = (shared: boolean): string =>
    prompt
      .filter(({ stability }) => (stability === "project") === shared)
      .map(({ text }) => text.trimEnd())
      .join("\n\n");
  return { module: label, attempt, instructions: textOf(true), prompt: textOf(false) };
}

function responseOf(text: string, model: string): GenerateResponse {
  return {
    text,
    channel: text.includes("```") ? "text" : "source",
    finish: "stop",
    usage: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
    model,
  };
}

function aborted(): BackendError {
  return new BackendError("The build was cancelled.", { kind: "aborted" });
}

function tooLate(module: string, timeLimitMs: number): BackendError {
  return new BackendError(`No source for ${module} was submitted within ${String(Math.round(timeLimitMs / 1000))} s.`, {
    kind: "timeout",
    retryable: false,
    hint: "Start the delegated build again; what was submitted is kept.",
  });
}

function notPending(module: string, repeated: boolean, pending: readonly string[]): JauntError {
  const list = pending.length === 0 ? "No module waits for a source now." : `Waiting are: ${pending.join(", ")}.`;
  return repeated
    ? new JauntError(`A source for ${module} was submitted already.`, {
        code: "submission-repeated",
        exitCode: 2,
        hint: `${list} A rejected source comes back as a new prompt: see jaunt_job.`,
      })
    : new JauntError(`No prompt of this build waits for ${JSON.stringify(module)}.`, {
        code: "submission-unknown",
        exitCode: 2,
        hint: list,
      });
}
