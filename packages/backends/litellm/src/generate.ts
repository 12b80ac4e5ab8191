import { BackendError, type GenerateOptions, type GenerateRequest, type GenerateResponse } from "@jaunt/core";
import { createAnswerReader } from "./answer-reader.ts";
import type { Client } from "./client.ts";
import type { Deadline } from "./deadline.ts";
import { asObject } from "./json.ts";
import {
  classifyError,
  isContentRefusal,
  readErrorValue,
  readProviderError,
  type ProviderError,
} from "./provider-error.ts";
import { readBody, readStart } from "./read-body.ts";
import { createReply, type Reply } from "./reply.ts";
import { adaptDialect, formatRequest, type Dialect } from "./request.ts";
import { readRetryAfter } from "./retry-after.ts";

export interface Call {
  readonly client: Client;
  readonly request: GenerateRequest;
  readonly model: string;
  readonly options: GenerateOptions;
  readonly dialect: Dialect;
  /** Told of the dialect that the endpoint turned out to want. */
  readonly learn: (dialect: Dialect) => void;
}

const longestErrorBody = 64 * 1024;

/**
 * One model call: asks, adapts to what the endpoint refuses of the request's form, and reads the answer. Never repeats a
 * request unchanged.
 */
export async function generate(call: Call): Promise<GenerateResponse> {
  const deadline = call.client.deadline(call.options.signal);
  try {
    return await ask(call, deadline);
  } catch (error) {
    throw call.client.failure(error, deadline);
  } finally {
    deadline.close();
  }
}

async function ask(call: Call, deadline: Deadline): Promise<GenerateResponse> {
  let dialect = call.dialect;
  for (;;) {
    const response = await call.client.post(formatRequest(call.request, call.model, dialect), deadline);
    if (response.ok) return receive(call, response, deadline);
    deadline.touch();
    const body = await readErrorBody(response, deadline);
    const adapted = adaptDialect(dialect, response.status, body);
    if (adapted === undefined) {
      const reply = createReply(call.request, call.model);
      refuse(call, reply, readProviderError(response.status, body, call.client.clean), response.headers);
      return reply.finish();
    }
    dialect = adapted;
    call.learn(dialect);
  }
}

/** The status says enough when the body does not arrive. */
async function readErrorBody(response: Response, deadline: Deadline): Promise<string> {
  const location = response.headers.get("location");
  if (response.status < 400 && location !== null) return `a redirect to ${location.split("?")[0] ?? ""}`;
  try {
    return await readStart(response.body, longestErrorBody);
  } catch (error) {
    if (deadline.failure() !== undefined) throw error;
    return "";
  }
}

/** A refusal of the content is an answer; any other error is thrown. */
function refuse({ client, model }: Call, reply: Reply, error: ProviderError, headers: Headers): void {
  if (!isContentRefusal(error)) {
    throw classifyError(error, { endpoint: client.endpoint.shown, model, retryAfterMs: readRetryAfter(headers) });
  }
  reply.refuse(error.message);
}

async function receive(call: Call, response: Response, deadline: Deadline): Promise<GenerateResponse> {
  const reply = createReply(call.request, call.model);
  const reader = createAnswerReader((value) => {
    // Gateways put errors into a 200, and providers into the middle of a stream.
    if (asObject(value)?.["error"]) {
      refuse(call, reply, readErrorValue(response.status, value, call.client.clean), response.headers);
    } else {
      reply.add(value);
      if (reply.outputCharacters() > 0) call.options.onProgress?.({ outputCharacters: reply.outputCharacters() });
    }
  });
  try {
    for await (const piece of readBody(response.body)) {
      deadline.touch();
      reader.push(piece);
      if (reader.done()) break;
    }
    reader.end();
  } catch (error) {
    // An answer that was declared ended is whole, whatever becomes of the connection afterwards.
    const disconnected = !(error instanceof BackendError) || error === deadline.failure();
    if (!disconnected || !reply.ended() || call.options.signal.aborted) throw error;
  }
  if (reader.streamed() && !reader.done() && !reply.ended()) {
    throw new BackendError(`The answer broke off after ${String(reply.outputCharacters())} characters.`, {
      kind: "connection",
    });
  }
  return reply.finish();
}
