import { BackendError, type GenerateOptions, type GenerateResponse } from "@jaunt/core";
import { createAnswerReader } from "./answer-reader.ts";
import { classifyConnectionError } from "./connection-error.ts";
import { createDeadline, type Deadline } from "./deadline.ts";
import { asObject } from "./json.ts";
import {
  classifyError,
  isContentRefusal,
  readErrorValue,
  readProviderError,
  type ProviderError,
} from "./provider-error.ts";
import { readBody, readErrorBody } from "./read-body.ts";
import { readRetryAfter } from "./retry-after.ts";

/** What has arrived of one answer. Fed with the events of a stream or with one whole document. */
export interface Answer {
  /** Adds one value off the wire. Values that hold an error never get here. */
  add(value: unknown): void;
  /** Notes that the provider refuses to answer, or to go on, and what it said. */
  refuse(detail: string): void;
  /** Characters of text so far. */
  outputCharacters(): number;
  /** Whether the provider said how the answer ended. */
  ended(): boolean;
  /**
   * The answer, once nothing more will come.
   * @throws {BackendError} when it is none
   */
  finish(): GenerateResponse;
}

/** One wire format's part in a call. `Form` is what may change of a request when an endpoint refuses it. */
export interface Exchange<Form> {
  /** Where requests go, without credentials, for messages. */
  readonly endpoint: string;
  readonly model: string;
  /** Variables that may hold the key, for hints. */
  readonly keyVariables: readonly string[];
  /** Sends the request; any status comes back. */
  send(form: Form, signal: AbortSignal): Promise<Response>;
  /** The form to ask again in after a refusal, or `undefined` when the refusal was about something else. */
  adapt(form: Form, status: number, body: string): Form | undefined;
  /** Starts an empty answer to a request of this form. */
  answer(form: Form): Answer;
  /** The object in a value off the wire that holds `error`, when it is one. Default: the value itself when it does. */
  errorIn?(value: unknown): unknown;
}

export interface Call<Form> {
  readonly exchange: Exchange<Form>;
  readonly form: Form;
  /** Told of the form that the endpoint turned out to want. */
  readonly learn: (form: Form) => void;
  readonly options: GenerateOptions;
  /** Limit on the call, in milliseconds. */
  readonly totalMs: number;
  /** Limit on silence within the answer, in milliseconds. */
  readonly idleMs: number;
  /** Takes keys out of a text that came from outside. */
  readonly clean: (text: string) => string;
}

/**
 * One model call over HTTP: asks, adapts to what the endpoint refuses of the request's form, and reads the answer. Never
 * repeats a request unchanged.
 * @throws {BackendError} for every failure of provider and network
 */
export async function runCall<Form>(call: Call<Form>): Promise<GenerateResponse> {
  const { options, totalMs, idleMs, exchange, clean } = call;
  const deadline = createDeadline({ signal: options.signal, totalMs, idleMs });
  try {
    return await ask(call, deadline);
  } catch (error) {
    // An early end first, for it is what broke the read.
    const early = deadline.failure();
    if (early !== undefined) throw early;
    throw error instanceof BackendError ? error : classifyConnectionError(error, exchange.endpoint, clean);
  } finally {
    deadline.close();
  }
}

async function ask<Form>(call: Call<Form>, deadline: Deadline): Promise<GenerateResponse> {
  const { exchange } = call;
  let { form } = call;
  for (;;) {
    // An SDK may take its time before it looks at the signal.
    deadline.signal.throwIfAborted();
    const response = await exchange.send(form, deadline.signal);
    if (response.ok) return receive(call, exchange.answer(form), response, deadline);
    deadline.touch();
    const body = await readErrorBody(response, deadline);
    const adapted = exchange.adapt(form, response.status, body);
    if (adapted === undefined) {
      const answer = exchange.answer(form);
      refuse(call, answer, readProviderError(response.status, body, call.clean), response.headers);
      return answer.finish();
    }
    form = adapted;
    call.learn(form);
  }
}

/** A refusal of the content is an answer; any other error is thrown. */
function refuse<Form>({ exchange }: Call<Form>, answer: Answer, error: ProviderError, headers: Headers): void {
  if (isContentRefusal(error)) {
    answer.refuse(error.message);
    return;
  }
  const { endpoint, model, keyVariables } = exchange;
  throw classifyError(error, {
    endpoint,
    model,
    keyVariables,
    retryAfterMs: readRetryAfter(headers),
    forbidsRetry: headers.get("x-should-retry") === "false",
  });
}

async function receive<Form>(
  call: Call<Form>,
  answer: Answer,
  response: Response,
  deadline: Deadline,
): Promise<GenerateResponse> {
  const { exchange, options } = call;
  const errorIn = exchange.errorIn ?? errorOf;
  const reader = createAnswerReader((value) => {
    // Gateways put errors into a 200, and providers into the middle of a stream.
    const error = errorIn(value);
    if (error !== undefined) {
      refuse(call, answer, readErrorValue(response.status, error, call.clean), response.headers);
    } else {
      answer.add(value);
      if (answer.outputCharacters() > 0) options.onProgress?.({ outputCharacters: answer.outputCharacters() });
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
    if (!disconnected || !answer.ended() || options.signal.aborted) throw error;
  }
  if (reader.streamed() && !reader.done() && !answer.ended()) {
    throw new BackendError(`The answer broke off after ${String(answer.outputCharacters())} characters.`, {
      kind: "connection",
    });
  }
  return answer.finish();
}

function errorOf(value: unknown): unknown {
  return asObject(value)?.["error"] ? value : undefined;
}
