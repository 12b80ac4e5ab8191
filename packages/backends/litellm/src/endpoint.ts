import { JauntError } from "@jaunt/core";

/** Where requests go, without credentials. */
export interface Endpoint {
  readonly completions: URL;
  readonly models: URL;
  /** For messages: the base without its query, which may hold a key. */
  readonly shown: string;
  /** Whether it is on this machine, where a key is seldom needed. */
  readonly loopback: boolean;
}

const defaultBase = "http://localhost:4000";

/**
 * Reads `base_url`, with or without its version segment (`/v1`). Empty means a LiteLLM proxy on this machine.
 * @throws {JauntError} when it is not an http(s) URL or carries a password
 */
export function parseEndpoint(baseUrl: string): Endpoint {
  const base = parseUrl(baseUrl === "" ? defaultBase : baseUrl);
  const path = versionedPath(base.pathname);
  const at = (suffix: string): URL => {
    const url = new URL(base);
    url.pathname = `${path}${suffix}`;
    url.hash = "";
    return url;
  };
  return {
    completions: at("/chat/completions"),
    models: at("/models"),
    shown: `${base.origin}${path}`,
    loopback: isLoopback(base.hostname),
  };
}

/** Whether a base URL leads to this machine; false for one that cannot be read. */
export function leadsToLoopback(baseUrl: string): boolean {
  try {
    return parseEndpoint(baseUrl).loopback;
  } catch {
    return false;
  }
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw configurationError(
      `base_url ${JSON.stringify(text)} is not an http or https URL.`,
      `For example ${defaultBase}.`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    // The text itself is not repeated: it holds a password.
    throw configurationError(
      `base_url for ${url.host} holds a user name or a password.`,
      "Take them out of [llm] base_url and name the variable that holds the key in [llm] api_key_env.",
    );
  }
  return url;
}

function configurationError(message: string, hint: string): JauntError {
  return new JauntError(message, { code: "backend-base-url", hint, exitCode: 2 });
}

/** Adds `/v1` unless the path names a version already, as `/v1`, `/api/v1` or `/v1beta/openai` do. */
function versionedPath(pathname: string): string {
  const path = pathname.replace(/\/+$/, "").replace(/\/chat\/completions$/, "");
  return path.split("/").some((segment) => /^v\d/.test(segment)) ? path : `${path}/v1`;
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}
