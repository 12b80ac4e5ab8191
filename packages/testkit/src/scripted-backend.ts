import { setTimeout as sleep } from "node:timers/promises";
import {
  BackendError,
  type Backend,
  type BackendErrorOptions,
  type GenerateRequest,
  type GenerateResponse,
} from "@jaunt/core";

/**
 * What one call gets: a text, parts of a response, a failure, or a function that decides. `delayMs` comes first and
 * honours abort.
 */
export type ScriptedReply =
  | string
  | (Partial<GenerateResponse> & { readonly delayMs?: number })
  | { readonly error: BackendErrorOptions & { readonly message?: string }; readonly delayMs?: number }
  | ((request: GenerateRequest) => ScriptedReply | Promise<ScriptedReply>);

/** An in-process backend with a log. */
export interface ScriptedBackend extends Backend {
  /** Every request so far, in the order of arrival. */
  readonly calls: readonly GenerateRequest[];
  /** The most calls that were ever under way at once. */
  peak(): number;
}

/**
 * A backend that answers from `script`, by label. A list gives its replies to successive calls; a single reply serves
 * every call. A call without a reply fails with kind `no-recording`, which nothing retries.
 */
export function createScriptedBackend(
  script: Readonly<Record<string, ScriptedReply | readonly ScriptedReply[]>>,
): ScriptedBackend {
  const calls: GenerateRequest[] = [];
  const served = new Map<string, number>();
  let running = 0;
  let peak = 0;
  return {
    apiVersion: 1,
    name: "scripted",
    calls,
    peak: () => peak,
    async generate(request, { signal, onProgress }) {
      const earlier = served.get(request.label) ?? 0;
      served.set(request.label, earlier + 1);
      calls.push(request);
      running += 1;
      peak = Math.max(peak, running);
      try {
        const reply = await settle(replyFor(script, request, earlier), request);
        await pause(typeof reply === "string" ? 0 : (reply.delayMs ?? 0), signal);
        const response = respond(reply, request);
        onProgress?.({ outputCharacters: response.text.length });
        return response;
      } finally {
        running -= 1;
      }
    },
    describe: () => Promise.resolve({ defaultModel: "scripted-model", models: ["scripted-model"] }),
  };
}

type SettledReply = Exclude<ScriptedReply, (request: GenerateRequest) => unknown>;

function replyFor(
  script: Readonly<Record<string, ScriptedReply | readonly ScriptedReply[]>>,
  { label }: GenerateRequest,
  index: number,
): ScriptedReply {
  const replies = Object.hasOwn(script, label) ? script[label] : undefined;
  const reply = isList(replies) ? replies[index] : replies;
  return (
    reply ?? {
      error: { kind: "no-recording", message: `The script has no reply for call ${String(index + 1)} of ${label}.` },
    }
  );
}

function isList(replies: ScriptedReply | readonly ScriptedReply[] | undefined): replies is readonly ScriptedReply[] {
  return Array.isArray(replies);
}

async function settle(reply: ScriptedReply, request: GenerateRequest): Promise<SettledReply> {
  let settled = reply;
  while (typeof settled === "function") settled = await settled(request);
  return settled;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    if (milliseconds > 0) await sleep(milliseconds, undefined, { signal });
  } catch {
    // Only the signal can end the wait early, and it is looked at next.
  }
  if (signal.aborted) throw new BackendError("The call was aborted.", { kind: "aborted" });
}

function respond(reply: SettledReply, request: GenerateRequest): GenerateResponse {
  if (typeof reply !== "string" && "error" in reply) {
    throw new BackendError(reply.error.message ?? `Scripted ${reply.error.kind} failure.`, reply.error);
  }
  const { delayMs: _, ...parts } = typeof reply === "string" ? { text: reply } : reply;
  return {
    text: "",
    channel: "text",
    finish: "stop",
    usage: { input: 100, cacheRead: 0, cacheWrite: 0, output: 10, reasoning: 0 },
    model: request.model === "" ? "scripted-model" : request.model,
    ...parts,
  };
}
