import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { GenerateResponse } from "@jaunt/core";
import { decodeActionResult, encodeActionResult } from "./action-result.ts";
import type { RemoteAddress } from "./remote-address.ts";
import { createRemoteClient, type RemoteProblem } from "./remote-client.ts";
import { parseResponse } from "./response.ts";

/** Replies that a team shares, by request key. It may help a build and never harms it: no method throws. */
export interface RemoteStore {
  get(key: string): Promise<GenerateResponse | undefined>;
  /** Starts to store a reply, and returns at once. Does nothing unless writing is allowed. */
  put(key: string, response: GenerateResponse): void;
  /** Waits a moment for what is still being stored, and gives up on the rest. */
  close(): Promise<void>;
}

export interface RemoteStoreOptions {
  readonly address: RemoteAddress;
  /** Whether `put` stores anything. */
  readonly write: boolean;
  /** Ends every request. */
  readonly signal: AbortSignal;
  /** Called once at most about trouble, and once about an address that others can listen to. */
  warn(message: string, hint: string): void;
}

/** Largest `/ac/` entry that is read. Ours has 85 bytes; servers add a little. */
const largestEntry = 64 * 1024;

/** Largest reply that is read or stored, in bytes: several times what a model can write at once. */
const largestReply = 8 * 1024 * 1024;

/** A lookup that brings nothing may take this long, in milliseconds, before it counts as slow. */
const ordinaryMs = 250;

/** Time that one build spends on slow lookups before it does without the cache, in milliseconds. */
const patienceMs = 5_000;

/** Time that `close` waits, in milliseconds. */
const closeMs = 2_000;

const uploadsAtOnce = 8;

/**
 * A shared cache over HTTP. The first failure of the connection, the server or the credentials ends the use of it for reading, or
 * for writing; a wrong answer counts as a miss. Whatever happens, there is one warning.
 */
export function openRemoteStore(options: RemoteStoreOptions): RemoteStore {
  const { address, signal } = options;
  const client = createRemoteClient(address, signal);
  const stop = new AbortController();
  const uploads = new Set<Promise<void>>();
  const waiting: (() => Promise<void>)[] = [];
  let reading = true;
  let writing = options.write;
  let patience = patienceMs;
  let warned = false;
  let used = false;

  const use = (): void => {
    if (used) return;
    used = true;
    if (address.exposed) options.warn(exposedMessage(address), exposedHint);
  };
  const warn = (what: string, consequence: string, hint: string): void => {
    if (warned || signal.aborted) return;
    warned = true;
    options.warn(`The shared cache ${address.url} ${what}; ${consequence}.`, hint);
  };
  const stopReading = ({ what, hint }: RemoteProblem): undefined => {
    reading = false;
    warn(what, "this build goes on without it", hint);
  };
  const distrust = (what: string): undefined => {
    warn(what, "the model is asked instead", "Whoever runs it should look at it: `[cache] remote` in jaunt.toml.");
  };

  const lookUp = async (key: string): Promise<GenerateResponse | undefined> => {
    const entry = await client.get(`/ac/${key}`, largestEntry);
    if (entry.kind === "missing") return undefined;
    if (entry.kind === "problem") return stopReading(entry.problem);
    const blob = entry.kind === "found" ? decodeActionResult(entry.body) : undefined;
    if (blob === undefined || blob.size > largestReply) return distrust("sent something that is no cache entry");
    const reply = await client.get(`/cas/${blob.hash}`, blob.size);
    if (reply.kind === "missing") return undefined;
    if (reply.kind === "problem") return stopReading(reply.problem);
    if (reply.kind === "oversized" || reply.body.length !== blob.size || sha256(reply.body) !== blob.hash)
      return distrust("sent a reply that does not match its digest");
    return parseResponse(reply.body.toString("utf8")) ?? distrust("sent something that is no reply");
  };

  const upload = async (key: string, response: GenerateResponse): Promise<void> => {
    const body = Buffer.from(JSON.stringify(response), "utf8");
    if (!writing || body.length > largestReply) return;
    const blob = { hash: sha256(body), size: body.length };
    // The reply first: an entry must never point at nothing.
    const problem =
      (await client.put(`/cas/${blob.hash}`, body, stop.signal)) ??
      (stop.signal.aborted ? undefined : await client.put(`/ac/${key}`, encodeActionResult(blob), stop.signal));
    if (problem === undefined) return;
    writing = false;
    warn(problem.what, "what this build asks for is not shared", problem.hint);
  };
  const startUploads = (): void => {
    while (uploads.size < uploadsAtOnce) {
      const next = waiting.shift();
      if (next === undefined) return;
      const running = next().finally(() => {
        uploads.delete(running);
        startUploads();
      });
      uploads.add(running);
    }
  };
  const settled = async (): Promise<void> => {
    while (uploads.size > 0) await Promise.all(uploads);
  };

  return {
    async get(key) {
      if (!reading || signal.aborted) return undefined;
      use();
      const start = performance.now();
      const response = await lookUp(key);
      if (response !== undefined) return response;
      patience -= Math.max(0, performance.now() - start - ordinaryMs);
      if (reading && patience <= 0) stopReading(tooSlow);
      return undefined;
    },
    put(key, response) {
      if (!writing || signal.aborted) return;
      use();
      waiting.push(() => upload(key, response));
      startUploads();
    },
    async close() {
      if (uploads.size > 0 && !signal.aborted) {
        await Promise.race([settled(), sleep(closeMs, undefined, { signal, ref: false }).catch(() => undefined)]);
        const left = uploads.size + waiting.length;
        if (left > 0) warn("took too long to store replies", `${String(left)} of them are not shared`, slowHint);
      }
      waiting.length = 0;
      stop.abort();
    },
  };
}

const slowHint = "Check its server, or set remote_write = false.";

const tooSlow: RemoteProblem = {
  kind: "timeout",
  what: "is slow",
  hint: "Check its server, or leave [cache] remote empty.",
};

/** What is said of an address that others can listen to. */
export function exposedMessage({ url }: RemoteAddress): string {
  return `The shared cache ${url} is reached over plain http: replies and credentials can be read and changed on the way.`;
}

/** What to do about it. */
export const exposedHint = "Use https:// in [cache] remote.";

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
