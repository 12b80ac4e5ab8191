import { BackendError } from "@jaunt/core";

/** A body beyond this is no answer to a prompt of ours. */
const largestBody = 64 * 1024 * 1024;

/** The text of a body in pieces, characters whole wherever the bytes were split, byte order mark removed. */
export async function* readBody(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string> {
  if (body === null) return;
  const decoder = new TextDecoder();
  let size = 0;
  for await (const bytes of body) {
    size += bytes.length;
    if (size > largestBody)
      throw new BackendError("The answer is larger than 64 MiB.", { kind: "invalid-response", retryable: false });
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
