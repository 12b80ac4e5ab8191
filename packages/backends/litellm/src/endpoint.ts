import { parseBaseUrl, versionedPath } from "@jaunt/backend-kit";

/** Where requests go, without credentials. */
export interface Endpoint {
  readonly completions: URL;
  readonly models: URL;
  /** For messages: the base without its query, which may hold a key. */
  readonly shown: string;
}

/** A LiteLLM proxy on this machine. */
export const defaultBase = "http://localhost:4000";

/**
 * Reads `base_url`, with or without its version segment (`/v1`). Empty means a LiteLLM proxy on this machine.
 * @throws {JauntError} when it is not an http(s) URL or carries a password
 */
export function parseEndpoint(baseUrl: string): Endpoint {
  const base = parseBaseUrl(baseUrl === "" ? defaultBase : baseUrl, defaultBase);
  const path = versionedPath(base.pathname.replace(/\/+$/, "").replace(/\/chat\/completions$/, ""));
  const at = (suffix: string): URL => {
    const url = new URL(base);
    url.pathname = `${path}${suffix}`;
    url.hash = "";
    return url;
  };
  return { completions: at("/chat/completions"), models: at("/models"), shown: `${base.origin}${path}` };
}
