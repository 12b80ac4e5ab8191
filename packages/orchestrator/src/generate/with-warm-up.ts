import type { Backend, GenerateRequest } from "@jaunt/core";
import { digest } from "@jaunt/core/digest";
import { estimateTokens } from "../render/estimate-tokens.ts";

/** Below this many tokens no provider keeps a prefix. */
const minimumTokens = 512;

/**
 * A backend whose provider keeps prompt prefixes: the first call with a shared prefix goes alone until the answer begins, so that the
 * others read the prefix instead of paying to write it once more each.
 */
export function withWarmUp(backend: Backend): Backend {
  /** By prefix: whether the first call's answer began; false when it failed before. */
  const warm = new Map<string, Promise<boolean>>();
  return {
    ...backend,
    async generate(request, options) {
      const prefix = prefixOf(request);
      if (prefix === undefined) return backend.generate(request, options);
      for (let earlier = warm.get(prefix); earlier !== undefined; earlier = warm.get(prefix)) {
        if (await unlessAborted(earlier, options.signal)) return backend.generate(request, options);
      }
      let settle = (_began: boolean): void => {};
      warm.set(prefix, new Promise((resolve) => (settle = resolve)));
      try {
        const response = await backend.generate(request, {
          ...options,
          onProgress(progress) {
            settle(true);
            options.onProgress?.(progress);
          },
        });
        settle(true);
        return response;
      } catch (error) {
        // Nothing may have been kept for the others to read: one of them goes first.
        warm.delete(prefix);
        settle(false);
        throw error;
      }
    },
  };
}

/** Identifies what every request of a build begins with; undefined where that is too short to be kept. */
function prefixOf({ model, prompt }: GenerateRequest): string | undefined {
  const shared = prompt.filter(({ stability }) => stability === "project").map(({ text }) => text);
  return estimateTokens(shared.join("")) < minimumTokens ? undefined : digest("prefix", [model, shared]);
}

/** What the promise says, or true on abort: then the call itself ends at once. */
async function unlessAborted(promise: Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return true;
  let onAbort = (): void => {};
  const aborted = new Promise<boolean>((resolve) => (onAbort = () => resolve(true)));
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
