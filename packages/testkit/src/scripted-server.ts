import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** How the server answers one chat completion. A bare string is an answer that streams that text. */
export interface ScriptedAnswer {
  readonly text?: string;
  /** Default `stop`; null sends none. */
  readonly finishReason?: string | null;
  /** As the wire has it; null sends none, absent sends those of a small module. */
  readonly usage?: Readonly<Record<string, unknown>> | null;
  /** Characters in one event. Default 24. */
  readonly chunkSize?: number;
  /** Before the headers. */
  readonly delayMs?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of the stream: a text as it is, or a value as JSON. */
  readonly body?: unknown;
  /** After sending everything but the end: keep the connection open, or reset it. */
  readonly ending?: "hang" | "reset";
}

/** One request the server has seen. */
export interface ScriptedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
  /** What `match` made of the body. */
  readonly key: string;
  /** When the whole answer had been handed to the system, by `performance.now()`; absent until then. */
  readonly answeredAt?: number;
  /** When the client closed the connection before the answer was whole, by `performance.now()`. */
  readonly brokenOffAt?: number;
}

export interface ScriptedServerOptions {
  /** The script's key of a request body, usually by a marker that the rendered prompt contains. Default: always `*`. */
  readonly match?: (body: string) => string;
  /** For `/v1/models`. */
  readonly models?: readonly string[];
}

export interface ScriptedServer {
  /** Without a trailing slash, for `base_url`. */
  readonly url: string;
  /** Every request so far, in the order of arrival. */
  readonly requests: readonly ScriptedRequest[];
  /** Connections that are open now. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

type Script = Readonly<Record<string, string | ScriptedAnswer | readonly (string | ScriptedAnswer)[]>>;

/**
 * Serves OpenAI chat completions on loopback from a script. A list gives its answers to successive requests of a key;
 * a single answer serves every one. A request without an answer gets a 400 that says so, which nothing retries.
 */
export async function startScriptedServer(
  script: Script,
  options: ScriptedServerOptions = {},
): Promise<ScriptedServer> {
  const requests: ScriptedRequest[] = [];
  const served = new Map<string, number>();
  const server = createServer((request, response) => {
    void handle(request, response, { script, options, requests, served });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface ServerState {
  readonly script: Script;
  readonly options: ScriptedServerOptions;
  readonly requests: ScriptedRequest[];
  /** Requests so far, by key. */
  readonly served: Map<string, number>;
}

async function handle(request: IncomingMessage, response: ServerResponse, state: ServerState): Promise<void> {
  const { script, options, requests, served } = state;
  const body = await readBody(request);
  const path = request.url ?? "";
  const key = request.method === "POST" ? (options.match?.(body) ?? "*") : "";
  const seen: { -readonly [Name in keyof ScriptedRequest]: ScriptedRequest[Name] } = {
    method: request.method ?? "",
    path,
    headers: request.headers,
    body,
    key,
  };
  requests.push(seen);
  response.once("finish", () => (seen.answeredAt = performance.now()));
  response.once("close", () => {
    if (!response.writableFinished) seen.brokenOffAt = performance.now();
  });
  if (request.method === "GET" && path === "/v1/models") {
    const data = (options.models ?? ["scripted-model"]).map((id) => ({ id, object: "model" }));
    return sendJson(response, 200, { object: "list", data });
  }
  if (request.method !== "POST" || path !== "/v1/chat/completions") {
    return sendJson(response, 404, { error: { message: `Nothing is served at ${path}.` } });
  }
  const earlier = served.get(key) ?? 0;
  served.set(key, earlier + 1);
  const answer = answerFor(script, key, earlier);
  if (answer === undefined) {
    const message = `The script has no answer for request ${String(earlier + 1)} of ${key}; it knows ${Object.keys(script).join(", ")}.`;
    return sendJson(response, 400, { error: { message } });
  }
  await sendAnswer(response, typeof answer === "string" ? { text: answer } : answer);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function answerFor(script: Script, key: string, index: number): string | ScriptedAnswer | undefined {
  const answers = Object.hasOwn(script, key) ? script[key] : undefined;
  return isList(answers) ? answers[index] : answers;
}

function isList(answers: Script[string] | undefined): answers is readonly (string | ScriptedAnswer)[] {
  return Array.isArray(answers);
}

async function sendAnswer(response: ServerResponse, answer: ScriptedAnswer): Promise<void> {
  if (answer.delayMs !== undefined) await sleep(answer.delayMs);
  if (answer.body !== undefined) {
    const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers });
    response.write(text);
  } else {
    response.writeHead(answer.status ?? 200, { "content-type": "text/event-stream; charset=utf-8", ...answer.headers });
    for (const event of events(answer)) response.write(`data: ${JSON.stringify(event)}\n\n`);
  }
  if (answer.ending === "hang") return;
  if (answer.ending === "reset") {
    // What was written must arrive before the reset does.
    await sleep(20);
    response.socket?.destroy();
    return;
  }
  response.end(answer.body === undefined ? "data: [DONE]\n\n" : undefined);
}

function events(answer: ScriptedAnswer): readonly object[] {
  const { text = "", chunkSize = 24, finishReason = "stop", usage } = answer;
  const deltas = Array.from({ length: Math.ceil(text.length / chunkSize) }, (_, index) => ({
    content: text.slice(index * chunkSize, (index + 1) * chunkSize),
  }));
  const chunk = (delta: object, finish_reason: string | null): object => ({
    id: "chatcmpl-scripted",
    object: "chat.completion.chunk",
    model: "scripted-model",
    choices: [{ index: 0, delta, finish_reason }],
  });
  return [
    chunk({ role: "assistant", content: "" }, null),
    ...deltas.map((delta) => chunk(delta, null)),
    ...(finishReason === null ? [] : [chunk({}, finishReason)]),
    ...(usage === null
      ? []
      : [
          {
            id: "chatcmpl-scripted",
            object: "chat.completion.chunk",
            model: "scripted-model",
            choices: [],
            usage: usage ?? defaultUsage,
          },
        ]),
  ];
}

/** Of a small module: fewer input tokens would look like a prompt that was cut. */
const defaultUsage: object = { prompt_tokens: 3_000, completion_tokens: 10, total_tokens: 3_010 };

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
