import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { WireAnswer, WireFormat } from "../wire/wire-format.ts";

/** A name, what the server does, and what the error must be like. */
export type WireFault = readonly [string, (reply: ServerResponse) => unknown, object];

/**
 * What can go wrong on the way. Whatever can be said in an answer or an error says `secret`, as a gateway may that logs what
 * it was sent.
 */
export function wireFaults({
  wire,
  answer,
  secret,
}: {
  readonly wire: WireFormat;
  readonly answer: WireAnswer;
  readonly secret: string;
}): readonly WireFault[] {
  const events = wire.stream(answer);
  const whole = events.join("");
  const half = events.slice(0, Math.ceil(events.length / 2)).join("");
  const brokenOff = { kind: "connection", retryable: true, message: /broke off|failed/ };
  return [
    ["a stream that ends early", (reply) => reply.end(half), matching(brokenOff)],
    ["a stream cut within an event", (reply) => reply.end(`${half}data: {"`), { kind: "connection", retryable: true }],
    ["a reset in the middle", (reply) => resetAfter(reply, half), { kind: "connection", retryable: true }],
    ["a reset before the headers", (reply) => reply.socket?.destroy(), { kind: "connection", retryable: true }],
    [
      "a body shorter than it says",
      (reply) =>
        resetAfter(reply.setHeader("content-length", "5000"), JSON.stringify(wire.document(answer)).slice(0, 40)),
      { kind: "connection", retryable: true },
    ],
    [
      "half a JSON document",
      (reply) => reply.end(JSON.stringify(wire.document(answer)).slice(0, 40)),
      { kind: "invalid-response", retryable: true },
    ],
    [
      "a JSON document of something else",
      (reply) => reply.end(`[${JSON.stringify(secret)}, null]`),
      { kind: "invalid-response", retryable: true },
    ],
    [
      "a broken event",
      (reply) => reply.end(`data: {"${secret}: oops}\n\n${whole}`),
      { kind: "invalid-response", retryable: true },
    ],
    [
      "neither JSON nor events",
      (reply) => reply.end(`It works! ${secret}`),
      { kind: "invalid-response", retryable: true },
    ],
    [
      "bytes that are no UTF-8",
      (reply) => reply.end(Buffer.from(whole, "latin1")),
      { kind: "invalid-response", retryable: true, message: "The answer holds bytes that are no UTF-8." },
    ],
    ["an empty body", (reply) => reply.end(), { kind: "invalid-response", retryable: true }],
    ["only comments", (reply) => reply.end(": hello\n\n"), { kind: "invalid-response", retryable: true }],
    [
      "an answer of white space",
      (reply) => reply.end(wire.stream({ ...answer, text: " \n" }).join("")),
      { kind: "invalid-response", message: "The model sent an empty answer." },
    ],
    [
      "an answer without any text",
      (reply) => reply.end(JSON.stringify(wire.document({ ...answer, text: "" }))),
      { kind: "invalid-response", message: "The model sent an empty answer." },
    ],
    [
      "a page of HTML",
      (reply) => reply.setHeader("content-type", "text/html").end(`<!doctype html><title>Sign in ${secret}</title>`),
      { kind: "invalid-response", retryable: false },
    ],
    [
      "an error in a 200",
      (reply) => reply.end(`{"error":{"message":"upstream failed for Bearer ${secret}"}}`),
      { kind: "server", retryable: true },
    ],
    [
      "an error in the middle of a stream",
      (reply) => reply.end(`${half}${wire.errorEvent(`overloaded ${secret}`)}`),
      { kind: "overloaded", retryable: true },
    ],
    [
      "a tool call nobody offered",
      (reply) => reply.end(wire.stream({ ...answer, tool: "shell" }).join("")),
      matching({ kind: "invalid-response", retryable: true, message: /called a tool/ }),
    ],
    [
      "silence within an answer",
      (reply) => reply.write(half),
      { kind: "timeout", retryable: true, message: "The model sent nothing for 0.15 s." },
    ],
    ["an error body that never ends", (reply) => void reply.writeHead(500).write("{"), { kind: "timeout" }],
    ["an error body that breaks off", (reply) => resetAfter(reply.writeHead(503), "{"), { kind: "overloaded" }],
    [
      "an answer that drips for ever",
      (reply) => drip(reply, events),
      { kind: "timeout", message: "The model took over 0.6 s." },
    ],
    ["silence before an answer", () => undefined, { kind: "timeout", message: "The model took over 0.6 s." }],
    [
      "a gateway's page of HTML",
      (reply) => reply.writeHead(502).end(`<html><title>Bad gateway</title>Authorization: Bearer ${secret}</html>`),
      { kind: "server", retryable: true, status: 502 },
    ],
    [
      "a key that is refused and repeated",
      (reply) => reply.writeHead(401).end(JSON.stringify({ error: { message: `Incorrect key: ${secret}` } })),
      { kind: "auth", retryable: false, status: 401 },
    ],
    ["a key that may not do this", (reply) => reply.writeHead(403).end("{}"), { kind: "auth", retryable: false }],
    ["an account without credit", (reply) => reply.writeHead(402).end("{}"), { kind: "quota", retryable: false }],
    [
      "a server that forbids asking again",
      (reply) => reply.writeHead(429, { "x-should-retry": "false" }).end("{}"),
      { kind: "rate-limit", retryable: false },
    ],
    [
      "a model that is gone",
      (reply) => reply.writeHead(404).end(JSON.stringify({ error: { message: "model: some-model" } })),
      matching({ kind: "bad-request", retryable: false, hint: /\[llm\] model \("some-model"\)/ }),
    ],
    [
      "a parameter that the model does not know",
      (reply) =>
        reply.writeHead(400).end(JSON.stringify({ error: { message: "frobnicate: Extra inputs are not permitted" } })),
      matching({ kind: "bad-request", retryable: false, hint: /set another \[llm\] model/ }),
    ],
    [
      "a prompt that is too large",
      (reply) => reply.writeHead(413).end(),
      { kind: "context-overflow", retryable: false },
    ],
  ];
}

/** The expectation with patterns in place of texts, for `toMatchObject`. */
function matching(expected: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(expected).map(([name, value]) => [
      name,
      value instanceof RegExp ? expect.stringMatching(value) : value,
    ]),
  );
}

async function resetAfter(reply: ServerResponse, text: string): Promise<void> {
  reply.write(text);
  await sleep(20);
  reply.socket?.destroy();
}

/** Says the same piece again and again. */
async function drip(reply: ServerResponse, events: readonly string[]): Promise<void> {
  const piece = events[Math.floor(events.length / 2)] ?? "";
  while (!reply.destroyed) {
    reply.write(piece);
    await sleep(30);
  }
}
