import { BackendError, type Backend, type GenerateRequest } from "@jaunt/core";
import { digest, type Field } from "@jaunt/core/digest";
import type { FoundReply, LayeredStore } from "../cache/layered-store.ts";

export interface CacheSettings {
  readonly store: LayeredStore;
  /** True: a request that is not in the cache fails instead of being sent. */
  readonly offline: boolean;
  /** False: nothing is looked up, but replies are still stored. */
  readonly read: boolean;
  onHit(request: GenerateRequest, from: FoundReply["from"]): void;
}

/**
 * A backend that stores every reply the moment it arrives, before anyone judges it, and answers the same request from there:
 * a killed build never pays twice. A hit is judged again like any reply.
 */
export function withResponseCache(backend: Backend, settings: CacheSettings): Backend {
  return {
    ...backend,
    async generate(request, options) {
      const key = requestKey(backend.name, request);
      const found = settings.read ? await settings.store.get(key) : undefined;
      if (found !== undefined) {
        settings.onHit(request, found.from);
        return found.response;
      }
      if (settings.offline) throw notCached(request);
      const response = await backend.generate(request, options);
      await settings.store.put(key, response);
      return response;
    },
  };
}

/** The cache's key of a request: digest of all that reaches the model, and of who answers. Label and attempt are no part of it. */
export function requestKey(provider: string, request: GenerateRequest): string {
  const parts: readonly Field[] = request.prompt.map((part) => [part.role, part.text]);
  return digest("request", [provider, request.model, String(request.maxOutputTokens), parts]);
}

function notCached({ label }: GenerateRequest): BackendError {
  return new BackendError(`The reply for ${label} is not in the cache.`, {
    kind: "no-recording",
    hint: "Run once without --offline to ask the model.",
  });
}
