import { parseBaseUrl, requestOf, versionedPath } from "@jaunt/backend-kit";
import OpenAI, { toFile } from "openai";

/** The API at one address with one key. */
export interface Client {
  /** For messages: the address without its query, which may hold a key. */
  readonly endpoint: string;
  /** Any status comes back as a response. */
  responses(body: OpenAI.Responses.ResponseCreateParamsStreaming, signal: AbortSignal): Promise<Response>;
  readonly batches: BatchCalls;
}

/** The calls about batches and their files. Any status comes back as a response. */
export interface BatchCalls {
  /** Uploads the text as a file of requests. */
  upload(name: string, text: string, signal: AbortSignal): Promise<Response>;
  create(body: OpenAI.Batches.BatchCreateParams, signal: AbortSignal): Promise<Response>;
  retrieve(id: string, signal: AbortSignal): Promise<Response>;
  /** Newest first; `after` is the last of the page before. */
  list(after: string | undefined, signal: AbortSignal): Promise<Response>;
  cancel(id: string, signal: AbortSignal): Promise<Response>;
  download(file: string, signal: AbortSignal): Promise<Response>;
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

  function ask(signal: AbortSignal, send: (api: OpenAI) => { asResponse(): Promise<Response> }): Promise<Response> {
    return requestOf({ fetch, signal }, (fetch) => send(through(fetch)).asResponse());
  }

  return {
    endpoint,
    responses: (body, signal) => ask(signal, ({ responses }) => responses.create(body, { signal })),
    batches: {
      async upload(name, text, signal) {
        const file = await toFile(Buffer.from(text, "utf8"), name, { type: "application/jsonl" });
        return ask(signal, ({ files }) => files.create({ file, purpose: "batch" }, { signal }));
      },
      create: (body, signal) => ask(signal, ({ batches }) => batches.create(body, { signal })),
      retrieve: (id, signal) => ask(signal, ({ batches }) => batches.retrieve(id, { signal })),
      list: (after, signal) =>
        ask(signal, ({ batches }) =>
          batches.list({ limit: 100, ...(after === undefined ? {} : { after }) }, { signal }),
        ),
      cancel: (id, signal) => ask(signal, ({ batches }) => batches.cancel(id, { signal })),
      download: (file, signal) => ask(signal, ({ files }) => files.content(file, { signal })),
    },
  };
}
