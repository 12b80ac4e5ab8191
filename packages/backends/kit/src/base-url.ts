import { JauntError } from "@jaunt/core";

/**
 * Reads a `base_url`.
 * @throws {JauntError} when it is not an http(s) URL or carries a password; `example` is then shown
 */
export function parseBaseUrl(text: string, example: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw configurationError(
      `base_url ${JSON.stringify(text)} is not an http or https URL.`,
      `For example ${example}.`,
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

/** Adds `/v1` to a path unless it names a version already, as `/v1`, `/api/v1` or `/v1beta/openai` do. */
export function versionedPath(pathname: string): string {
  const path = pathname.replace(/\/+$/, "");
  return path.split("/").some((segment) => /^v\d/.test(segment)) ? path : `${path}/v1`;
}

/** Whether a base URL leads to this machine, where a key is seldom needed; false for one that cannot be read. */
export function leadsToLoopback(baseUrl: string): boolean {
  return URL.canParse(baseUrl) && isLoopback(new URL(baseUrl).hostname);
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}

function configurationError(message: string, hint: string): JauntError {
  return new JauntError(message, { code: "backend-base-url", hint, exitCode: 2 });
}
