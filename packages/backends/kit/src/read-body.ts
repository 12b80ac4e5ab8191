import { BackendError } from "@jaunt/core";
import type { Deadline } from "./deadline.ts";

/** A body beyond this is no answer to a prompt of ours. */
const largestBody = 64 * 1024 * 1024;

/** The text of a body of at most `limit` bytes in pieces, characters whole wherever the bytes were split, byte order mark removed. */
export async function* readBody(
  body: ReadableStream<Uint8Array> | null,
  limit: number = largestBody,
): AsyncGenerator<string> {
  if (body === null) return;
  const decoder = new TextDecoder();
  let size = 0;
  for await (const bytes of body) {
    size += bytes.length;
    if (size > limit)
      throw new BackendError(`The answer is larger than ${String(limit / 1024 ** 2)} MiB.`, {
        kind: "invalid-response",
        retryable: false,
      });
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder.decode();
}

/** The first `limit` characters of a body. */
export async function readStart(body: ReadableStream<Uint8Array> | null, limit: number): Promise<string> {
  let text = "";
  for await (const piece of readBody(body)) {
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
