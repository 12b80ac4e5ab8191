import { BackendError } from "@jaunt/core";
import { classifyConnectionError } from "./connection-error.ts";
import { createDeadline, type Deadline } from "./deadline.ts";
import type { Endpoint } from "./endpoint.ts";
import { asList, asObject, asText, parseJson } from "./json.ts";
import { classifyError, readProviderError } from "./provider-error.ts";
import { readStart } from "./read-body.ts";
import { redact } from "./redact.ts";

export interface ClientOptions {
  readonly endpoint: Endpoint;
  readonly apiKey: string | undefined;
  readonly totalMs: number;
  readonly idleMs: number;
  readonly fetch: typeof globalThis.fetch;
}

/** One endpoint with its key and its limits. */
export interface Client {
  readonly endpoint: Endpoint;
  /** Starts the clocks of one call. */
  deadline(signal: AbortSignal): Deadline;
  /** Sends a chat completion request; any status comes back. */
  post(body: string, deadline: Deadline): Promise<Response>;
  /** Names of the models on offer, in the server's order. Gives up after ten seconds. */
  listModels(): Promise<readonly string[]>;
  /** Takes keys out of a text that came from outside. */
  clean(text: string): string;
  /** Whatever reading threw, as the port knows errors: an early end first, for it is what broke the read. */
  failure(error: unknown, deadline: Deadline): BackendError;
}

const longestList = 4 * 1024 * 1024;

/** Talks HTTP to one endpoint. Knows neither prompts nor answers. */
export function createClient(options: ClientOptions): Client {
  const { endpoint, apiKey } = options;
  const authorization: Readonly<Record<string, string>> =
    apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const clean = (text: string): string => redact(text, apiKey);

  const client: Client = {
    endpoint,
    clean,
    deadline: (signal) => createDeadline({ signal, totalMs: options.totalMs, idleMs: options.idleMs }),
    post: (body, deadline) =>
      options.fetch(endpoint.completions, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "text/event-stream, application/json",
          ...authorization,
        },
        body,
        signal: deadline.signal,
        // A redirect would carry the prompt, and perhaps the key, to a place nobody configured.
        redirect: "manual",
      }),
    async listModels() {
      const totalMs = Math.min(10_000, options.totalMs);
      const deadline = createDeadline({ signal: new AbortController().signal, totalMs, idleMs: totalMs });
      try {
        const response = await options.fetch(endpoint.models, {
          headers: { accept: "application/json", ...authorization },
          signal: deadline.signal,
          redirect: "manual",
        });
        const text = await readStart(response.body, longestList);
        if (!response.ok) {
          throw classifyError(readProviderError(response.status, text, clean), { endpoint: endpoint.shown, model: "" });
        }
        return asList(asObject(parseJson(text))?.["data"]).flatMap((model) => asText(asObject(model)?.["id"]) ?? []);
      } catch (error) {
        throw client.failure(error, deadline);
      } finally {
        deadline.close();
      }
    },
    failure: (error, deadline) =>
      deadline.failure() ??
      (error instanceof BackendError ? error : classifyConnectionError(error, endpoint.shown, clean)),
  };
  return client;
}
