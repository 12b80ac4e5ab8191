import type { GenerateResponse } from "@jaunt/core";

/** Replies by request key. */
export interface ResponseStore {
  get(key: string): Promise<GenerateResponse | undefined>;
  put(key: string, response: GenerateResponse): Promise<void>;
  remove(key: string): Promise<void>;
}

/** A store in `folder` (absolute), content-addressed and verified by cacache. A broken entry counts as absent. */
export function openResponseStore(folder: string): ResponseStore {
  return {
    async get(key) {
      const cacache = await import("cacache");
      try {
        const value: unknown = JSON.parse((await cacache.get(folder, key)).data.toString("utf8"));
        return isResponse(value) ? value : undefined;
      } catch {
        return undefined;
      }
    },
    async put(key, response) {
      const cacache = await import("cacache");
      await cacache.put(folder, key, JSON.stringify(response));
    },
    async remove(key) {
      const cacache = await import("cacache");
      await cacache.rm.entry(folder, key);
    },
  };
}

/** What a store keeps is untrusted: anything that is not a response counts as absent. */
function isResponse(value: unknown): value is GenerateResponse {
  if (typeof value !== "object" || value === null) return false;
  const { text, channel, finish, usage, model } = value as Partial<Record<keyof GenerateResponse, unknown>>;
  return (
    typeof text === "string" &&
    typeof model === "string" &&
    (channel === "text" || channel === "source") &&
    (finish === "stop" || finish === "length" || finish === "refusal") &&
    isUsage(usage)
  );
}

function isUsage(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const figures = value as Readonly<Record<string, unknown>>;
  return ["input", "cacheRead", "cacheWrite", "output", "reasoning"].every((name) => typeof figures[name] === "number");
}
