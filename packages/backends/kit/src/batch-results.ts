import { BackendError, type BatchRequest, type BatchResult, type GenerateResponse } from "@jaunt/core";
import type { Answer } from "./call.ts";
import { asObject } from "./json.ts";
import { classifyError, isContentRefusal, readErrorValue } from "./provider-error.ts";

/** One answer of a batch, which comes as a whole document. */
export interface BatchAnswer {
  readonly id: string;
  /** An empty answer to the request. */
  readonly answer: Answer;
  /** HTTP status that the answer would have had; 200 where the provider does not say. */
  readonly status: number;
  readonly document: unknown;
  /** The object in the document that holds `error`, when it is one. Default: the document itself when it does. */
  readonly errorIn?: (value: unknown) => unknown;
  readonly clean: (text: string) => string;
}

/** Reads it as a live answer is read; whatever makes it none is the result of that one request. */
export function readBatchAnswer({ id, answer, status, document, errorIn, clean }: BatchAnswer): BatchResult {
  const error = (errorIn ?? errorOf)(document);
  if (error !== undefined || status >= 400) {
    const said = readErrorValue(status, error ?? document, clean);
    if (!isContentRefusal(said)) {
      const { kind } = classifyError(said, { endpoint: "", model: "", keyVariables: [] });
      return { id, failure: { kind, message: said.message } };
    }
    answer.refuse(said.message);
  } else answer.add(document);
  return finish(id, () => answer.finish());
}

/** Portions of at most `requests` and `bytes`; `bytesOf` is the size of one on the wire. */
export function divideRequests(
  requests: readonly BatchRequest[],
  most: { readonly requests: number; readonly bytes: number },
  bytesOf: (request: BatchRequest) => number,
): readonly (readonly BatchRequest[])[] {
  const portions: BatchRequest[][] = [];
  let size = 0;
  for (const request of requests) {
    const bytes = bytesOf(request);
    const last = portions.at(-1);
    if (last === undefined || last.length >= most.requests || size + bytes > most.bytes) {
      portions.push([request]);
      size = bytes;
    } else {
      last.push(request);
      size += bytes;
    }
  }
  return portions;
}

function finish(id: string, read: () => GenerateResponse): BatchResult {
  try {
    return { id, response: read() };
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    return { id, failure: { kind: error.kind, message: error.message } };
  }
}

function errorOf(value: unknown): unknown {
  return asObject(value)?.["error"] ? value : undefined;
}
