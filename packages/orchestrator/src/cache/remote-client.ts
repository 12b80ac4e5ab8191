import { cacheTokenVariable, type RemoteAddress } from "./remote-address.ts";

/** What a shared cache made of a request. */
export type RemoteAnswer =
  | { readonly kind: "found"; readonly body: Buffer }
  | { readonly kind: "missing" }
  /** A `2xx` whose body is longer than it may be. */
  | { readonly kind: "oversized" }
  | { readonly kind: "problem"; readonly problem: RemoteProblem };

/** Why a shared cache is of no use now: a predicate to its address, and what to do. */
export interface RemoteProblem {
  /** `refused` is a matter of credentials; `unwilling` concerns storing only. */
  readonly kind: "unreachable" | "timeout" | "refused" | "unwilling" | "broken";
  readonly what: string;
  readonly hint: string;
}

/** HTTP with a shared cache in the layout of Bazel's HTTP caching protocol: `/ac/<key>` and `/cas/<sha256>`. Never throws. */
export interface RemoteClient {
  get(path: string, maxBytes: number): Promise<RemoteAnswer>;
  put(path: string, body: Buffer, signal: AbortSignal): Promise<RemoteProblem | undefined>;
  /** Asks for the headers of what a cache may or may not have. */
  probe(): Promise<RemoteProblem | undefined>;
}

/** Time for one request, from the connection to the last byte, in milliseconds. */
const requestMs = 2_000;

/** Bodies that nobody reads are drained up to this, so that the connection can be used again. */
const drainedBytes = 64 * 1024;

/** Name of the empty blob, which every store may be asked for. */
const emptyBlob = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** A client of the cache at `address`. Requests end at the latest after `requestMs`, or when `signal` aborts. */
export function createRemoteClient({ url, authorization }: RemoteAddress, signal: AbortSignal): RemoteClient {
  const headers: Readonly<Record<string, string>> = {
    "accept-encoding": "identity",
    ...(authorization === undefined ? {} : { authorization }),
  };
  const send = async (
    method: "GET" | "PUT" | "HEAD",
    path: string,
    { body, maxBytes, stop }: { readonly body?: Buffer; readonly maxBytes: number; readonly stop?: AbortSignal },
  ): Promise<{ readonly status: number; readonly body: Buffer | undefined }> => {
    const deadline = startDeadline(stop === undefined ? [signal] : [signal, stop]);
    try {
      const response = await fetch(url + path, {
        method,
        headers,
        // A redirect would carry keys of prompts, and perhaps a password, to a place nobody configured.
        redirect: "manual",
        signal: deadline.signal,
        ...(body === undefined ? {} : { body: new Uint8Array(body) }),
      });
      return { status: response.status, body: await readBody(response, response.ok ? maxBytes : drainedBytes) };
    } catch (error) {
      throw deadline.isOver() ? new TimeoutError() : error;
    } finally {
      deadline.close();
    }
  };
  return {
    async get(path, maxBytes) {
      try {
        const { status, body } = await send("GET", path, { maxBytes });
        if (status === 404 || status === 410) return { kind: "missing" };
        if (status !== 200) return { kind: "problem", problem: problemOfStatus(status, "GET") };
        return body === undefined ? { kind: "oversized" } : { kind: "found", body };
      } catch (error) {
        return signal.aborted ? { kind: "missing" } : { kind: "problem", problem: problemOfError(error) };
      }
    },
    async put(path, body, stop) {
      try {
        const { status } = await send("PUT", path, { body, maxBytes: drainedBytes, stop });
        return status >= 200 && status < 300 ? undefined : problemOfStatus(status, "PUT");
      } catch (error) {
        return signal.aborted || stop.aborted ? undefined : problemOfError(error);
      }
    },
    async probe() {
      try {
        const { status } = await send("HEAD", `/cas/${emptyBlob}`, { maxBytes: drainedBytes });
        return status === 200 || status === 404 || status === 410 ? undefined : problemOfStatus(status, "GET");
      } catch (error) {
        return problemOfError(error);
      }
    },
  };
}

class TimeoutError extends Error {}

/** A signal that aborts with any of `signals`, and when the time of a request is over. */
function startDeadline(signals: readonly AbortSignal[]): {
  readonly signal: AbortSignal;
  isOver(): boolean;
  close(): void;
} {
  const controller = new AbortController();
  let over = false;
  const abort = (): void => controller.abort();
  const timer = setTimeout(() => {
    over = true;
    abort();
  }, requestMs);
  for (const signal of signals) {
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
  }
  return {
    signal: controller.signal,
    isOver: () => over,
    close() {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener("abort", abort);
    },
  };
}

/** The whole body; undefined when it is longer than `maxBytes`, and then the rest is not waited for. */
async function readBody(response: Response, maxBytes: number): Promise<Buffer | undefined> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += piece.length;
    // Leaving the loop closes the connection.
    if (size > maxBytes) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function problemOfStatus(status: number, method: "GET" | "PUT"): RemoteProblem {
  const code = String(status);
  if (status === 401 || status === 403) {
    return {
      kind: "refused",
      what: method === "GET" ? `refuses access (${code})` : `refuses to store replies (${code})`,
      hint: `Set ${cacheTokenVariable}${method === "GET" ? "" : ", or remote_write = false in jaunt.toml"}.`,
    };
  }
  if (status >= 300 && status < 400)
    return { kind: "broken", what: `sends elsewhere (${code})`, hint: "Set [cache] remote to the final address." };
  if (status === 413 || status === 507)
    return {
      kind: "unwilling",
      what: `has no room (${code})`,
      hint: "Give it more room, or set remote_write = false.",
    };
  if (method === "PUT" && status < 500)
    return {
      kind: "unwilling",
      what: `cannot be written to (${code})`,
      hint: "Let its server accept PUT below /ac/ and /cas/, or set remote_write = false.",
    };
  return { kind: "broken", what: `answers with status ${code}`, hint: "Check the server and [cache] remote." };
}

function problemOfError(error: unknown): RemoteProblem {
  const hint = "Check [cache] remote, or that its server can be reached from here.";
  if (error instanceof TimeoutError)
    return { kind: "timeout", what: `did not answer within ${String(requestMs / 1_000)} s`, hint };
  const code = codeOf(error);
  if (code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL/.test(code)) {
    return {
      kind: "unreachable",
      what: `cannot be trusted (${code})`,
      hint: "If the certificate is your organisation's own, name its file in NODE_EXTRA_CA_CERTS.",
    };
  }
  if (code !== undefined && /^(?:UND_ERR_SOCKET|ECONNRESET|EPIPE|HPE_\w+)$/.test(code))
    return { kind: "unreachable", what: `broke the connection off (${code})`, hint };
  return { kind: "unreachable", what: `cannot be reached${code === undefined ? "" : ` (${code})`}`, hint };
}

/** `fetch` hides the reason in causes. Only the code is taken: a message may repeat what was sent. */
function codeOf(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code } = current as { readonly code?: unknown };
    if (typeof code === "string") return code;
    if (current instanceof AggregateError && current.errors.length > 0) return codeOf(current.errors[0]);
  }
  return undefined;
}
