import { BackendError } from "@jaunt/core";
import { classifyConnectionError } from "./connection-error.ts";
import { createDeadline, type Deadline } from "./deadline.ts";
import { asObject, parseJson } from "./json.ts";
import { classifyError, readProviderError } from "./provider-error.ts";
import { readBody, readErrorBody, readStart } from "./read-body.ts";
import { readRetryAfter } from "./retry-after.ts";

/** Where calls go that ask no model: those that submit, poll and fetch batches. */
export interface ControlLine {
  /** Where requests go, without credentials, for messages. */
  readonly endpoint: string;
  /** Variables that may hold the key, for hints. */
  readonly keyVariables: readonly string[];
  /** Limit on one call, in milliseconds. */
  readonly totalMs: number;
  /** Limit on silence within a response, in milliseconds. */
  readonly idleMs: number;
  /** Takes keys out of a text that came from outside. */
  readonly clean: (text: string) => string;
}

/** A good response while it is read. */
export interface ControlReply {
  readonly response: Response;
  readonly deadline: Deadline;
}

/**
 * One such call: `send` gets any status, `read` only a good one.
 * @throws {BackendError} for every failure of provider and network
 */
export async function controlCall<Result>(
  line: ControlLine,
  signal: AbortSignal,
  send: (signal: AbortSignal) => Promise<Response>,
  read: (reply: ControlReply) => Promise<Result>,
): Promise<Result> {
  const { endpoint, keyVariables, totalMs, idleMs, clean } = line;
  const deadline = createDeadline({ signal, totalMs, idleMs });
  try {
    deadline.signal.throwIfAborted();
    const response = await send(deadline.signal);
    deadline.touch();
    if (response.ok) return await read({ response, deadline });
    const error = readProviderError(response.status, await readErrorBody(response, deadline), clean);
    throw classifyError(error, {
      endpoint,
      model: "",
      keyVariables,
      retryAfterMs: readRetryAfter(response.headers),
      forbidsRetry: response.headers.get("x-should-retry") === "false",
    });
  } catch (error) {
    const early = deadline.failure();
    if (early !== undefined) throw early;
    throw error instanceof BackendError ? error : classifyConnectionError(error, endpoint, clean);
  } finally {
    deadline.close();
  }
}

const longestObject = 16 * 1024 * 1024;

/** The object that a response is. @throws {BackendError} of kind `invalid-response` when it is none */
export async function readObject({ response }: ControlReply): Promise<Readonly<Record<string, unknown>>> {
  const text = await readStart(response.body, longestObject);
  const value = asObject(parseJson(text));
  if (value !== undefined) return value;
  throw new BackendError(`The answer is no JSON object (${String(text.length)} characters).`, {
    kind: "invalid-response",
  });
}

/** Beyond this a line is no answer to a prompt of ours, and a file none to a batch. */
const longestLine = 16 * 1024 * 1024;
const largestFile = 1024 * 1024 * 1024;

/** The objects of a JSONL file. Lines that hold none, or are too long to hold one, are passed over. */
export async function* readObjects({
  response,
  deadline,
}: ControlReply): AsyncGenerator<Readonly<Record<string, unknown>>> {
  let line: string[] = [];
  let length = 0;
  const take = (): Readonly<Record<string, unknown>> | undefined => {
    const value = length > longestLine ? undefined : asObject(parseJson(line.join("")));
    line = [];
    length = 0;
    return value;
  };
  for await (const piece of readBody(response.body, largestFile)) {
    deadline.touch();
    const [first = "", ...rest] = piece.split("\n");
    for (const [index, part] of [first, ...rest].entries()) {
      const finished = index > 0 ? take() : undefined;
      if (finished !== undefined) yield finished;
      length += part.length;
      if (length <= longestLine) line.push(part);
    }
  }
  const last = take();
  if (last !== undefined) yield last;
}
