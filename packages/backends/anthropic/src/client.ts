import Anthropic from "@anthropic-ai/sdk";
import { parseBaseUrl, requestOf } from "@jaunt/backend-kit";

/** The API at one address with one key. */
export interface Client {
  /** For messages: the address without its query, which may hold a key. */
  readonly endpoint: string;
  /** Any status comes back as a response. */
  messages(body: Anthropic.MessageCreateParamsStreaming, signal: AbortSignal): Promise<Response>;
  readonly batches: BatchCalls;
}

/** The calls about Message Batches. Any status comes back as a response. */
export interface BatchCalls {
  create(body: Anthropic.Messages.BatchCreateParams, signal: AbortSignal): Promise<Response>;
  retrieve(id: string, signal: AbortSignal): Promise<Response>;
  /** Newest first; `after` is the last of the page before. */
  list(after: string | undefined, signal: AbortSignal): Promise<Response>;
  cancel(id: string, signal: AbortSignal): Promise<Response>;
  /** From where the API says, if that is where the key goes anyway; else from where it is documented to be. */
  results(id: string, url: string | undefined, signal: AbortSignal): Promise<Response>;
}

export interface ClientOptions {
  /** Empty: Anthropic's own address. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  /** Limit on one call, in milliseconds. */
  readonly totalMs: number;
  readonly fetch: typeof globalThis.fetch;
}

const defaultBase = "https://api.anthropic.com";

/**
 * Talks to the Messages API through the vendor's SDK, which retries nothing, logs nothing and reads no credentials of its own.
 * @throws {JauntError} when the base URL cannot be used
 */
export function createClient({ baseUrl, apiKey, totalMs, fetch }: ClientOptions): Client {
  const base = parseBaseUrl(baseUrl === "" ? defaultBase : baseUrl, defaultBase);
  // The SDK adds `/v1/messages` itself.
  const path = base.pathname.replace(/\/+$/, "").replace(/\/v1(?:\/messages)?$/, "");
  const endpoint = `${base.origin}${path}`;

  function through(fetch: typeof globalThis.fetch): Anthropic {
    return new Anthropic({
      baseURL: endpoint,
      defaultQuery: Object.fromEntries(base.searchParams),
      // A key that is given, even an empty one, keeps the SDK from looking for others in files and the environment.
      apiKey: apiKey ?? "none",
      ...(apiKey === undefined ? { defaultHeaders: { authorization: null } } : {}),
      fetch,
      maxRetries: 0,
      // Ours ends the call first; this one stops at the headers.
      timeout: Math.ceil(totalMs) + 60_000,
      logLevel: "off",
      openTelemetry: false,
    });
  }

  function ask(signal: AbortSignal, send: (api: Anthropic) => { asResponse(): Promise<Response> }): Promise<Response> {
    return requestOf({ fetch, signal }, (fetch) => send(through(fetch)).asResponse());
  }

  return {
    endpoint,
    // Not `messages.create`, which writes to the console when a model is about to retire.
    messages: (body, signal) => ask(signal, (api) => api.post("/v1/messages", { body, signal, stream: true })),
    batches: {
      create: (body, signal) => ask(signal, ({ messages }) => messages.batches.create(body, { signal })),
      retrieve: (id, signal) => ask(signal, ({ messages }) => messages.batches.retrieve(id, {}, { signal })),
      list: (after, signal) =>
        ask(signal, ({ messages }) =>
          messages.batches.list({ limit: 100, ...(after === undefined ? {} : { after_id: after }) }, { signal }),
        ),
      cancel: (id, signal) => ask(signal, ({ messages }) => messages.batches.cancel(id, {}, { signal })),
      results: (id, url, signal) =>
        // Not `batches.results`, which would send the key to wherever the answer says.
        ask(signal, (api) =>
          api.get(
            url !== undefined && URL.canParse(url) && new URL(url).origin === base.origin
              ? url
              : `/v1/messages/batches/${encodeURIComponent(id)}/results`,
            { signal, headers: { accept: "application/binary" } },
          ),
        ),
    },
  };
}
