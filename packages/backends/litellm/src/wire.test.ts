import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { GenerateResponse } from "@jaunt/core";
import { expect, onTestFinished, test } from "vitest";
import { createBackend } from "./index.ts";

// What a well-behaved mock cannot do: every byte on the wire is written by hand here.

const usage = { model: "m", choices: [], usage: { prompt_tokens: 5, completion_tokens: 3 } };
const whole = [chunk("export const "), chunk("größe = 「7」;"), finish("stop"), usage].map(event).join("");
const expected = "export const größe = 「7」;";

test.each<[string, string]>([
  ["line feeds", `${whole}data: [DONE]\n\n`],
  ["carriage returns", `${whole}data: [DONE]\n\n`.replaceAll("\n", "\r\n")],
  ["no space after data:", `${whole}data: [DONE]\n\n`.replaceAll("data: ", "data:")],
  ["comments between events", `: hello\n\n${whole.replaceAll("\n\n", "\n\n: keep-alive\n\n")}data: [DONE]\n\n`],
  ["event names and ids", `${whole}data: [DONE]\n\n`.replaceAll("data: ", "event: completion\nid: 1\ndata: ")],
  ["a byte order mark", `\uFEFF${whole}data: [DONE]\n\n`],
  ["no [DONE], for the finish reason is there", whole],
  ["no last line end", `${whole}data: [DONE]`],
  ["a first chunk without choices", `${event({ choices: [], prompt_filter_results: [] })}${whole}`],
])("a stream is read with %s", async (_name, body) => {
  const response = await ask((reply) => reply.end(body));

  expect(response).toMatchObject({ text: expected, finish: "stop", model: "m", usage: { input: 5, output: 3 } });
});

test.each([1, 2, 3, 7])("characters survive pieces of %i bytes", async (size) => {
  const bytes = Buffer.from(`${whole}data: [DONE]\n\n`);
  const response = await ask(async (reply) => {
    for (let place = 0; place < bytes.length; place += size) {
      reply.write(bytes.subarray(place, place + size));
      // Small writes would be sent as one otherwise.
      await new Promise(setImmediate);
    }
    reply.end();
  });

  expect(response.text).toBe(expected);
});

test.each([
  ["with its type", "application/json"],
  ["under the type of a stream", "text/event-stream"],
  ["as plain text", "text/plain"],
])("one JSON document in place of a stream is an answer, %s", async (_name, type) => {
  const message = {
    role: "assistant",
    content: [
      { type: "text", text: "export " },
      { type: "text", text: "{};" },
    ],
  };
  const body = { model: "m", choices: [{ index: 0, message, finish_reason: "length" }], usage: usage.usage };
  const response = await ask((reply) => reply.setHeader("content-type", type).end(`\n ${JSON.stringify(body)}`));

  expect(response).toMatchObject({ text: "export {};", finish: "length", usage: { input: 5, output: 3 } });
});

test("a server that keeps the connection after [DONE] does not keep us", async () => {
  const response = await ask((reply) => reply.write(`${event(chunk("done"))}data: [DONE]\n\n`));

  expect(response.text).toBe("done");
});

test("an answer that was declared ended survives a reset", async () => {
  const response = await ask(async (reply) => {
    reply.write(event(chunk("done")) + event(finish("stop")));
    await sleep(20);
    reply.socket?.destroy();
  });

  expect(response).toMatchObject({ text: "done", finish: "stop", usage: { estimated: true } });
});

test("text is taken from the one choice that was asked for", async () => {
  const other = { model: "m", choices: [{ index: 1, delta: { content: "another " } }] };
  const response = await ask((reply) => reply.end(event(other) + whole));

  expect(response.text).toBe(expected);
});

test.each<[string, (reply: ServerResponse) => unknown, object]>([
  [
    "a stream that ends early",
    (reply) => reply.end(event(chunk("half"))),
    { kind: "connection", message: "The answer broke off after 4 characters." },
  ],
  ["a stream cut within an event", (reply) => reply.end(`${event(chunk("half"))}data: {"choi`), { kind: "connection" }],
  ["a reset in the middle", (reply) => resetAfter(reply, event(chunk("half"))), { kind: "connection" }],
  ["a reset before the headers", (reply) => reply.socket?.destroy(), { kind: "connection" }],
  [
    "a body shorter than it says",
    (reply) => resetAfter(reply.setHeader("content-length", "5000"), '{"choices":['),
    { kind: "connection" },
  ],
  ["half a JSON document", (reply) => reply.end('{"choices":['), { kind: "invalid-response", retryable: true }],
  ["a broken event", (reply) => reply.end(`data: {oops}\n\n${whole}`), { kind: "invalid-response", retryable: true }],
  ["neither JSON nor events", (reply) => reply.end("It works!"), { kind: "invalid-response", retryable: true }],
  ["an empty body", (reply) => reply.end(), { kind: "invalid-response", message: "The model sent an empty answer." }],
  ["only comments", (reply) => reply.end(": hello\n\n"), { kind: "invalid-response" }],
  [
    "an answer of white space",
    (reply) => reply.end(event(chunk(" \n")) + event(finish("stop"))),
    { kind: "invalid-response", retryable: true },
  ],
  [
    "a page of HTML",
    (reply) => reply.end("<!doctype html><title>Sign in</title>"),
    { kind: "invalid-response", retryable: false },
  ],
  [
    "an error in a 200",
    (reply) => reply.end('{"error":{"message":"upstream failed"}}'),
    { kind: "server", retryable: true },
  ],
  [
    "an error in the middle of a stream",
    (reply) =>
      reply.end(`${event(chunk("half"))}${event({ error: { message: "overloaded", code: 529 } })}data: [DONE]\n\n`),
    { kind: "overloaded", retryable: true },
  ],
  [
    "a tool call nobody offered",
    (reply) => reply.end(event({ choices: [{ delta: { tool_calls: [{ index: 0 }] } }] }) + event(finish("tool_calls"))),
    { kind: "invalid-response", message: expect.stringContaining("called a tool") },
  ],
  [
    "silence within an answer",
    (reply) => reply.write(event(chunk("half"))),
    { kind: "timeout", message: "The model sent nothing for 0.15 s." },
  ],
  ["an error body that never ends", (reply) => void reply.writeHead(500).write("{"), { kind: "timeout" }],
  ["an error body that breaks off", (reply) => resetAfter(reply.writeHead(503), "{"), { kind: "overloaded" }],
  ["an answer that drips for ever", (reply) => drip(reply), { kind: "timeout", message: "The model took over 0.6 s." }],
  ["silence before an answer", () => undefined, { kind: "timeout", message: "The model took over 0.6 s." }],
])("%s is an error that says so", async (_name, serve, failure) => {
  await expect(ask(serve)).rejects.toMatchObject({ name: "BackendError", ...failure });
});

test("a redirect is not followed, so that the prompt goes nowhere else", async () => {
  let reached = false;
  const elsewhere = await serve(() => {
    reached = true;
  });
  const answer = ask((reply) => reply.writeHead(307, { location: `${elsewhere}/v1/chat/completions?token=x` }).end());

  await expect(answer).rejects.toMatchObject({
    kind: "bad-request",
    message: expect.stringMatching(/answered 307: a redirect to http:\/\/127.0.0.1:\d+\/v1\/chat\/completions$/),
  });
  expect(reached).toBe(false);
});

test("a model may think in silence for longer than an answer may pause", async () => {
  const response = await ask(async (reply) => {
    reply.flushHeaders();
    await sleep(300);
    reply.end(whole);
  });

  expect(response.text).toBe(expected);
});

function chunk(content: string): object {
  return { model: "m", choices: [{ index: 0, delta: { content }, finish_reason: null }] };
}

function finish(reason: string): object {
  return { model: "m", choices: [{ index: 0, delta: {}, finish_reason: reason }] };
}

function event(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

async function resetAfter(reply: ServerResponse, text: string): Promise<void> {
  reply.write(text);
  await sleep(20);
  reply.socket?.destroy();
}

async function drip(reply: ServerResponse): Promise<void> {
  while (!reply.destroyed) {
    reply.write(event(chunk("drip ")));
    await sleep(30);
  }
}

/** Asks a backend whose pauses are limited to 150 ms and calls to 600 ms. */
async function ask(answer: (reply: ServerResponse) => unknown): Promise<GenerateResponse> {
  const setup = { provider: "litellm", model: "m", apiKey: undefined, output: "auto", timeoutMs: 600, recordings: "" };
  const backend = createBackend({ ...setup, baseUrl: await serve(answer) }, { idleTimeoutMs: 150 });
  const part = { name: "spec", role: "user", stability: "module", text: "spec" } as const;
  const request = { label: "src/a", attempt: 1, prompt: [part], model: "", maxOutputTokens: 100 };
  return backend.generate(request, { signal: new AbortController().signal });
}

async function serve(answer: (reply: ServerResponse) => unknown): Promise<string> {
  const server = createServer((request, reply) => {
    request.resume().once("end", () => void answer(reply));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
