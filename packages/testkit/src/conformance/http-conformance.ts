import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { BackendError, type Backend, type GenerateResponse } from "@jaunt/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { waitFor } from "../wait-for.ts";
import { startHttpServer, type HttpServer, type SeenRequest } from "../wire/http-server.ts";
import type { WireAnswer, WireFormat } from "../wire/wire-format.ts";
import { backendConformance } from "./backend-conformance.ts";
import { conformanceRequest, everythingIn, neverAborted, rejection } from "./calls.ts";
import { wireFaults } from "./wire-faults.ts";

/** A backend that speaks one vendor's API. */
export interface HttpBackend {
  readonly wire: WireFormat;
  /** Makes it for a server of the suite; times in milliseconds. It must answer by text. */
  connect(setup: {
    readonly baseUrl: string;
    readonly apiKey: string;
    readonly timeoutMs: number;
    readonly idleTimeoutMs: number;
  }): Backend;
}

/** Of no form that a redaction by looks would know. */
const secret = "zebra7Quartz9Lantern";
const expected = "export const größe = 「7」;";
const patient = { timeoutMs: 20_000, idleTimeoutMs: 10_000 };
const hasty = { timeoutMs: 600, idleTimeoutMs: 150 };
const answer: WireAnswer = {
  text: expected,
  finish: "stop",
  usage: { input: 90, cacheRead: 10, output: 30, reasoning: 5 },
  chunkSize: 4,
};

/**
 * Declares the tests that every backend over HTTP must pass: those of every backend, then what can happen to bytes on the way. The
 * server writes every byte itself.
 */
export function httpConformance(name: string, { wire, connect }: HttpBackend): void {
  backendConformance(name, async (wanted) => {
    const server = await startHttpServer((_request, reply) => {
      if (wanted.failure === undefined) return sendStream(reply, { ...wanted, chunkSize: 3 }, wanted.stalls);
      const { status, body } = wire.failure(wanted.failure, `Said of ${secret}, sent as Bearer ${secret}.`);
      return reply.writeHead(status, wanted.failure === "rate-limit" ? { "retry-after": "7" } : {}).end(body);
    });
    return {
      backend: connect({ baseUrl: server.url, apiKey: secret, ...patient }),
      secret,
      sent: () => server.requests.map((request) => `${JSON.stringify(request.headers)}\n${request.body}`),
      close: () => server.close(),
    };
  });

  function sendStream(reply: ServerResponse, wanted: WireAnswer, stalls: boolean): void {
    const events = wire.stream(wanted);
    reply.setHeader("content-type", "text/event-stream");
    if (stalls) reply.write(events.slice(0, events.length / 2).join(""));
    else reply.end(events.join(""));
  }

  const whole = wire.stream(answer).join("");

  async function serve(handler: (request: SeenRequest, reply: ServerResponse) => unknown): Promise<HttpServer> {
    const server = await startHttpServer(handler);
    onTestFinished(() => server.close());
    return server;
  }

  async function ask(
    handler: (reply: ServerResponse) => unknown,
    limits: typeof patient = patient,
  ): Promise<GenerateResponse> {
    const { url } = await serve((_request, reply) => handler(reply));
    return connect({ baseUrl: url, apiKey: secret, ...limits }).generate(conformanceRequest(), {
      signal: neverAborted(),
    });
  }

  describe(`${name} over HTTP`, () => {
    test("the request is a stream's, and carries the prompt in its order and the limit", async () => {
      const { url, requests } = await serve((_request, reply) => reply.end(whole));
      await connect({ baseUrl: url, apiKey: secret, ...patient }).generate(conformanceRequest(), {
        signal: neverAborted(),
      });
      expect(requests).toHaveLength(1);
      const { method, path, headers, body } = requests[0] as SeenRequest;
      expect({ method, path, type: headers["content-type"] }).toEqual({
        method: "POST",
        path: wire.path,
        type: "application/json",
      });
      expect(body).toMatch(/You write TypeScript\.[^]*export declare const greeting/);
      expect(JSON.parse(body)).toMatchObject({ model: "some-model", stream: true });
      expect(body).toContain("1000");
      expect(body).not.toContain("src/email");
      expect(JSON.stringify(headers)).toContain(secret);
    });

    test.each<[string, string]>([
      ["line feeds", whole],
      ["carriage returns", whole.replaceAll("\n", "\r\n")],
      ["no space after data:", whole.replaceAll("data: ", "data:")],
      ["comments between events", `: hello\n\n${whole.replaceAll("\n\n", "\n\n: keep-alive\n\n")}`],
      ["ids of events", whole.replaceAll("data: ", "id: 1\ndata: ")],
      ["a byte order mark", `\uFEFF${whole}`],
      ["an event nobody knows", `event: future\ndata: {"type":"future","choices":[]}\n\n${whole}`],
    ])("a stream is read with %s", async (_name, body) => {
      expect(await ask((reply) => reply.end(body))).toMatchObject({ text: expected, finish: "stop" });
    });

    test.each([1, 3, 7])("characters survive pieces of %i bytes", async (size) => {
      const bytes = Buffer.from(whole);
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
      const response = await ask((reply) =>
        reply.setHeader("content-type", type).end(`\n ${JSON.stringify(wire.document(answer))}`),
      );
      expect(response).toMatchObject({ text: expected, finish: "stop", model: "wire-model" });
      expect(response.usage).toEqual({ input: 90, cacheRead: 10, cacheWrite: 0, output: 30, reasoning: 5 });
    });

    test("a server that keeps the connection after the end does not keep us", async () => {
      expect((await ask((reply) => reply.write(whole), hasty)).text).toBe(expected);
    });

    test("an answer that was declared ended survives a reset", async () => {
      const response = await ask(async (reply) => {
        reply.write(whole);
        await sleep(20);
        reply.socket?.destroy();
      });
      expect(response).toMatchObject({ text: expected, finish: "stop" });
    });

    test("a stream cut before any of its events is never an answer", async () => {
      const events = wire.stream(answer);
      const ends = Array.from({ length: events.length - 1 }, (_, index) => index + 1);
      const outcomes = await Promise.all(
        ends.map(async (end) => {
          const body = events.slice(0, end).join("");
          return ask((reply) => reply.end(body)).then(
            ({ text, finish }) => ({ text, finish }),
            (error: unknown) => (error instanceof BackendError && error.retryable ? "asked again" : error),
          );
        }),
      );
      // Where the text is complete and its end was declared, the rest may be missing: usage, or a last full stop.
      const accepted = outcomes.filter((outcome) => outcome !== "asked again");
      expect(accepted).toEqual(accepted.map(() => ({ text: expected, finish: "stop" })));
      expect(accepted.length).toBeLessThanOrEqual(2);
    });

    test.each(["length", "refusal"] as const)(
      "half an answer that ends by %s is not taken for a whole one",
      async (finish) => {
        const half = { ...answer, text: "export const", finish };
        for (const body of [wire.stream(half).join(""), JSON.stringify(wire.document(half))]) {
          expect((await ask((reply) => reply.end(body))).finish).toBe(finish);
        }
      },
    );

    test.each(wireFaults({ wire, answer, secret }))("%s is an error that says so", async (_name, handler, failure) => {
      const thrown = await rejection(ask(handler, hasty));
      expect(thrown).toMatchObject({ name: "BackendError", ...failure });
      expect(everythingIn(thrown)).not.toContain(secret);
    });

    test("a body that never comes is waited for no longer than the call may take", async () => {
      const started = performance.now();
      const thrown = await rejection(ask((reply) => void reply.flushHeaders(), hasty));
      expect(thrown).toMatchObject({ kind: "timeout", retryable: true });
      expect(performance.now() - started).toBeLessThan(hasty.timeoutMs * 5);
    });

    test("a model may think in silence for longer than an answer may pause", async () => {
      const response = await ask(
        async (reply) => {
          reply.flushHeaders();
          await sleep(hasty.idleTimeoutMs * 2);
          reply.end(whole);
        },
        { ...patient, idleTimeoutMs: hasty.idleTimeoutMs },
      );
      expect(response.text).toBe(expected);
    });

    test("a redirect is not followed, so that prompt and key go nowhere else", async () => {
      const elsewhere = await serve((_request, reply) => reply.end(whole));
      const thrown = await rejection(
        ask((reply) => reply.writeHead(307, { location: `${elsewhere.url}${wire.path}?token=x` }).end()),
      );
      expect(thrown).toMatchObject({ kind: "bad-request", retryable: false, status: 307 });
      expect(thrown.message).toContain(`a redirect to ${elsewhere.url}${wire.path}`);
      expect(thrown.message).not.toContain("token=x");
      expect(elsewhere.requests).toEqual([]);
    });

    test("a failure is met once: asking again is not the backend's to decide", async () => {
      const { url, requests } = await serve((_request, reply) => reply.writeHead(529).end());
      const backend = connect({ baseUrl: url, apiKey: secret, ...patient });
      await rejection(backend.generate(conformanceRequest(), { signal: neverAborted() }));
      expect(requests).toHaveLength(1);
    });

    test.each([
      [{ "retry-after": "1.5" }, 1_500],
      [{ "retry-after-ms": "150", "retry-after": "7" }, 150],
      [{ "retry-after": "Fri, 20 Nov 2026 10:00:30 GMT", date: "Fri, 20 Nov 2026 10:00:00 GMT" }, 30_000],
      [{ "retry-after": "3600" }, 3_600_000],
      [{}, undefined],
    ])("the wait in %j is read as %s ms", async (headers, expectedMs) => {
      const thrown = await rejection(ask((reply) => reply.writeHead(429, headers as Record<string, string>).end()));
      expect(thrown).toMatchObject({ kind: "rate-limit", retryable: true, retryAfterMs: expectedMs });
    });

    test("an abort closes the connection", async () => {
      const server = await serve((_request, reply) => sendStream(reply, answer, true));
      const controller = new AbortController();
      const backend = connect({ baseUrl: server.url, apiKey: secret, ...patient });
      const call = backend.generate(conformanceRequest(), {
        signal: controller.signal,
        onProgress: () => controller.abort(),
      });
      expect(await rejection(call)).toMatchObject({ kind: "aborted" });
      await waitFor(() => server.connections() === 0, { what: "the connection to close" });
    });

    test("a server that is not there is said with its address and the setting", async () => {
      const server = await serve(() => undefined);
      await server.close();
      const backend = connect({ baseUrl: server.url, apiKey: secret, ...patient });
      const thrown = await rejection(backend.generate(conformanceRequest(), { signal: neverAborted() }));
      expect(thrown).toMatchObject({ kind: "connection", retryable: true });
      expect(thrown.message).toContain("ECONNREFUSED");
      expect(thrown.hint).toContain("[llm] base_url");
    });

    test("nothing is written to the console", async () => {
      const written: string[] = [];
      const streams = [process.stdout, process.stderr];
      const originals = streams.map((stream) => stream.write.bind(stream));
      streams.forEach((stream) => {
        stream.write = (text: string | Uint8Array) => written.push(String(text)) > 0;
      });
      try {
        await rejection(ask((reply) => reply.end("data: {oops}\n\n")));
        await rejection(ask((reply) => reply.writeHead(401).end("{}")));
      } finally {
        streams.forEach((stream, index) => {
          stream.write = originals[index] as typeof stream.write;
        });
      }
      expect(written).toEqual([]);
    });
  });
}
