import { parseBaseUrl, requestOf, versionedPath } from "@jaunt/backend-kit";
import OpenAI from "openai";

/** The API at one address with one key. */
export interface Client {
  /** For messages: the address without its query, which may hold a key. */
  readonly endpoint: string;
  /** Any status comes back as a response. */
  responses(body: OpenAI.Responses.ResponseCreateParamsStreaming, signal: AbortSignal): Promise<Response>;
}

export interface ClientOptions {
  /** Empty: OpenAI's own address. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  /** Limit on one call, in milliseconds. */
  readonly totalMs: number;
  readonly fetch: typeof globalThis.fetch;
}

const defaultBase = "https://api.openai.com/v1";

/**
 * Talks to the Responses API through the vendor's SDK, which retries nothing, logs nothing and takes no key or address from the
 * environment.
 * @throws {JauntError} when the base URL cannot be used
 */
export function createClient({ baseUrl, apiKey, totalMs, fetch }: ClientOptions): Client {
  const base = parseBaseUrl(baseUrl === "" ? defaultBase : baseUrl, defaultBase);
  const endpoint = `${base.origin}${versionedPath(base.pathname.replace(/\/+$/, "").replace(/\/responses$/, ""))}`;

  function through(fetch: typeof globalThis.fetch): OpenAI {
    return new OpenAI({
      baseURL: endpoint,
      defaultQuery: Object.fromEntries(base.searchParams),
      // The SDK insists on a key, also where none is sent.
      apiKey: apiKey ?? "none",
      ...(apiKey === undefined ? { defaultHeaders: { authorization: null } } : {}),
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      fetch,
      maxRetries: 0,
      // Ours ends the call first; this one stops at the headers.
      timeout: Math.ceil(totalMs) + 60_000,
      logLevel: "off",
    });
  }

  return {
    endpoint,
    responses: (body, signal) =>
      requestOf({ fetch, signal }, (fetch) => through(fetch).responses.create(body, { signal }).asResponse()),
  };
}
