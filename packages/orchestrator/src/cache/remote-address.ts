import { JauntError } from "@jaunt/core";

/** Where a shared cache is, with the credentials taken out of the address. */
export interface RemoteAddress {
  /** Without credentials and without a slash at its end; may be shown to anybody. */
  readonly url: string;
  /** Value of the `Authorization` header. A secret. */
  readonly authorization: string | undefined;
  /** True when everything, credentials too, travels readable to another machine. */
  readonly exposed: boolean;
}

/** Name of the environment variable with the bearer token; cli reads it. */
export const cacheTokenVariable = "JAUNT_CACHE_TOKEN";

/**
 * Reads `[cache] remote`. `user:password@` becomes a Basic header; `token`, where there is one, wins over it.
 * @throws {JauntError} `config-invalid`, which never repeats the address, for it may hold a password
 */
export function parseRemoteAddress(remote: string, token: string | undefined): RemoteAddress {
  const url = URL.canParse(remote) ? new URL(remote) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === "")
    throw invalid("[cache] remote is no address.", "Write it as https://host or https://host/folder.");
  if (url.search !== "" || url.hash !== "")
    throw invalid("[cache] remote has a query or a fragment.", "Write it as https://host or https://host/folder.");
  const authorization = token === undefined || token === "" ? basic(url) : bearer(token);
  const path = url.pathname.replace(/\/+$/, "");
  const exposed = url.protocol === "http:" && !isLoopback(url.hostname);
  return { url: `${url.protocol}//${url.host}${path}`, authorization, exposed };
}

function basic({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return undefined;
  try {
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(credentials, "utf8").toString("base64")}`;
  } catch {
    throw invalid(
      "The user name or the password in [cache] remote has a % that stands for nothing.",
      `Write % as %25, or set ${cacheTokenVariable} instead.`,
    );
  }
}

function bearer(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return `Bearer ${token}`;
  throw invalid(
    `${cacheTokenVariable} holds a character that no header can carry.`,
    "Set it to the token alone, without spaces and line ends.",
  );
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname.endsWith(".localhost") || /^(?:127\.[\d.]+|\[::1\])$/.test(hostname);
}

function invalid(message: string, hint: string): JauntError {
  return new JauntError(message, { code: "config-invalid", hint, exitCode: 2 });
}
