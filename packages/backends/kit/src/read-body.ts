import { BackendError } from "@jaunt/core";
import type { Deadline } from "./deadline.ts";

/** A body beyond this is no answer to a prompt of ours. */
const largestBody = 64 * 1024 * 1024;

/**
 * The text of a body of at most `limit` bytes in pieces, characters whole wherever the bytes were split, byte order mark removed. Bytes
 * that are no UTF-8 are an error unless `lenient`: within a source they would become other characters without a word.
 */
export async function* readBody(
  body: ReadableStream<Uint8Array> | null,
  limit: number = largestBody,
  lenient: boolean = false,
): AsyncGenerator<string> {
  if (body === null) return;
  const decoder = new TextDecoder("utf-8", { fatal: !lenient });
  let size = 0;
  for await (const bytes of body) {
    size += bytes.length;
    if (size > limit)
      throw new BackendError(`The answer is larger than ${String(limit / 1024 ** 2)} MiB.`, {
        kind: "invalid-response",
        retryable: false,
      });
    yield decode(decoder, bytes);
  }
  // Half a character at the end is a body that broke off, which is seen where its end is looked for.
  if (lenient) yield decoder.decode();
}

function decode(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes, { stream: true });
  } catch (cause) {
    throw new BackendError("The answer holds bytes that are no UTF-8.", { kind: "invalid-response", cause });
  }
}

/** The first `limit` characters of a body. */
export async function readStart(body: ReadableStream<Uint8Array> | null, limit: number): Promise<string> {
  let text = "";
  for await (const piece of readBody(body, largestBody, true)) {
    text += piece;
    if (text.length >= limit) break;
  }
  return text.slice(0, limit);
}

const longestErrorBody = 64 * 1024;

/** The body of an error, or where a redirect leads. The status says enough when the body does not arrive. */
export async function readErrorBody(response: Response, deadline: Deadline): Promise<string> {
  const location = response.headers.get("location");
  if (response.status < 400 && location !== null) return `a redirect to ${location.split("?")[0] ?? ""}`;
  try {
    return await readStart(response.body, longestErrorBody);
  } catch (error) {
    if (deadline.failure() !== undefined) throw error;
    return "";
  }
}
