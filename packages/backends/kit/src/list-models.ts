import { BackendError } from "@jaunt/core";
import { classifyConnectionError } from "./connection-error.ts";
import { createDeadline } from "./deadline.ts";
import { asList, asObject, asText, parseJson } from "./json.ts";
import { classifyError, readProviderError } from "./provider-error.ts";
import { readStart } from "./read-body.ts";

export interface ModelList {
  /** Where the request goes, without credentials, for messages. */
  readonly endpoint: string;
  readonly keyVariables: readonly string[];
  /** Limit on a model call, in milliseconds; a list gets ten seconds at most. */
  readonly totalMs: number;
  /** Asks for the list; any status comes back. */
  send(signal: AbortSignal): Promise<Response>;
  clean(text: string): string;
}

const longestList = 4 * 1024 * 1024;

/**
 * Names of the models on offer, in the server's order, from the `data` list that every vendor sends.
 * @throws {BackendError} when the server does not tell
 */
export async function listModels({
  endpoint,
  keyVariables,
  totalMs,
  send,
  clean,
}: ModelList): Promise<readonly string[]> {
  const limit = Math.min(10_000, totalMs);
  const deadline = createDeadline({ signal: new AbortController().signal, totalMs: limit, idleMs: limit });
  try {
    const response = await send(deadline.signal);
    const text = await readStart(response.body, longestList);
    if (!response.ok) {
      throw classifyError(readProviderError(response.status, text, clean), { endpoint, model: "", keyVariables });
    }
    return asList(asObject(parseJson(text))?.["data"]).flatMap((model) => asText(asObject(model)?.["id"]) ?? []);
  } catch (error) {
    const early = deadline.failure();
    if (early !== undefined) throw early;
    throw error instanceof BackendError ? error : classifyConnectionError(error, endpoint, clean);
  } finally {
    deadline.close();
  }
}
