import Anthropic from "@anthropic-ai/sdk";
import { parseBaseUrl, requestOf } from "@jaunt/backend-kit";

/** The API at one address with one key. */
export interface Client {
  /** For messages: the address without its query, which may hold a key. */
  readonly endpoint: string;
  /** Any status comes back as a response. */
  messages(body: Anthropic.MessageCreateParamsStreaming, signal: AbortSignal): Promise<Response>;
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

  return {
    endpoint,
    // Not `messages.create`, which writes to the console when a model is about to retire.
    messages: (body, signal) =>
      requestOf({ fetch, signal }, (fetch) =>
        through(fetch).post("/v1/messages", { body, signal, stream: true }).asResponse(),
      ),
  };
}
