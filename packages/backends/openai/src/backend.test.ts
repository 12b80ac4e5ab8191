import type { Backend, BackendSetup, GenerateRequest, GenerateResponse, PromptPart } from "@jaunt/core";
import { openaiResponses, startHttpServer, type HttpServer, type WireAnswer } from "@jaunt/testkit";
import { httpConformance } from "@jaunt/testkit/conformance";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createBackend, keyEnvironment, keyRequired, type OpenaiOptions } from "./index.ts";

const usage = { input: 7, cacheRead: 0, output: 3, reasoning: 0 };
const source = "export const one = 1;\n";

httpConformance("openai", {
  wire: openaiResponses,
  connect: ({ idleTimeoutMs, ...setup }) => backendFor(setup, { idleTimeoutMs }),
});

describe("the request", () => {
  test("is not stored, offers the free-text tool, and ends its cache where modules begin to differ", async () => {
    const server = await startServer([hand(source)]);
    await generate(server, {}, { maxOutputTokens: 500 });

    expect(bodies(server)[0]).toEqual({
      model: "gpt-5.6-terra",
      store: false,
      stream: true,
      max_output_tokens: 500,
      input: [
        {
          role: "system",
          content: [
            { type: "input_text", text: "rules\n\n" },
            { type: "input_text", text: "conventions\n\n", prompt_cache_breakpoint: { mode: "explicit" } },
          ],
        },
        {
          role: "user",
          content: [
            { type: "input_text", text: "spec\n\n" },
            { type: "input_text", text: "errors\n\n" },
          ],
        },
      ],
      tools: [{ type: "custom", name: "write_source", description: expect.stringContaining("no code fence") }],
      tool_choice: { type: "custom", name: "write_source" },
      parallel_tool_calls: false,
      prompt_cache_key: expect.stringMatching(/^jaunt-[0-9a-f]{16}$/),
      prompt_cache_options: { mode: "explicit" },
    });
  });

  test("modules with the same rules share a cache key, and others do not", async () => {
    const server = await startServer([hand("1"), hand("2"), hand("3")]);
    await generate(server, {}, { prompt: [part("rules", "project"), part("one", "module")] });
    await generate(server, {}, { prompt: [part("rules", "project"), part("two", "module")] });
    await generate(server, {}, { prompt: [part("other rules", "project"), part("one", "module")] });
    const [first, second, third] = bodies(server).map((body) => body["prompt_cache_key"]);

    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  test.each([
    ["gpt-5.6-terra", "tool", "breakpoint"],
    ["gpt-6-mini", "tool", "breakpoint"],
    ["gpt-5.2", "tool", "key"],
    ["openai/gpt-5", "tool", "key"],
    ["gpt-4.1", "text", "key"],
    ["gpt-oss-120b", "text", "key"],
    ["qwen3-coder", "text", "key"],
  ])("%s is asked by %s, with the cache by %s", async (model, output, cache) => {
    const server = await startServer([output === "tool" ? hand(source) : write(source)]);
    await generate(server, { model });
    const body = bodies(server)[0] ?? {};

    expect("tools" in body ? "tool" : "text").toBe(output);
    expect("prompt_cache_options" in body ? "breakpoint" : "key").toBe(cache);
  });

  test("nothing of the environment changes where it goes or what it carries", async () => {
    vi.stubEnv("OPENAI_BASE_URL", "http://127.0.0.1:1");
    vi.stubEnv("OPENAI_ORG_ID", "an-organization");
    vi.stubEnv("OPENAI_ADMIN_KEY", "an-admin-key");
    vi.stubEnv("OPENAI_LOG", "debug");
    onTestFinished(() => void vi.unstubAllEnvs());
    const server = await startServer([hand("one"), hand("two")]);
    await generate(server);
    await generate(server, { apiKey: undefined });

    const [keyed, keyless] = server.requests.map(({ headers }) => headers);
    expect(keyed).toMatchObject({ authorization: "Bearer a-key" });
    expect(JSON.stringify(keyed)).not.toMatch(/an-organization|an-admin-key/);
    expect(keyless).not.toHaveProperty("authorization");
  });

  test.each(["", "/", "/v1", "/v1/", "/v1/responses"])("base_url may end in %j", async (ending) => {
    const server = await startServer([hand("hello")]);
    await generate(server, { baseUrl: `${server.url}/openai${ending}?api-version=preview` });

    expect(server.requests[0]?.path).toBe("/openai/v1/responses?api-version=preview");
  });
});

describe("the tool", () => {
  test("hands the source over as it is", async () => {
    const server = await startServer([hand(source)]);

    expect(await generate(server)).toMatchObject({ text: source, channel: "source", finish: "stop" });
  });

  test("a fence within it is left to the reader of texts", async () => {
    const server = await startServer([hand("```ts\nx\n```")]);

    expect(await generate(server)).toMatchObject({ text: "```ts\nx\n```", channel: "text" });
  });

  test("a model that writes text in its place is heard", async () => {
    const server = await startServer([write("```ts\nx\n```")]);

    expect(await generate(server)).toMatchObject({ text: "```ts\nx\n```", channel: "text" });
  });

  test.each<[string, readonly object[], RegExp]>([
    ["two calls", [call("a"), call("b")], /more than once/],
    ["a call of another tool", [{ ...call("a"), name: "shell" }], /called a tool/],
    ["a call as a function", [{ ...call("a"), type: "function_call", arguments: "{}" }], /called a tool/],
    ["a call of nothing", [call(" ")], /empty answer/],
  ])("%s is an error", async (_name, output, message) => {
    const server = await startServer([response({ output })]);

    await expect(generate(server)).rejects.toMatchObject({
      kind: "invalid-response",
      retryable: true,
      message: expect.stringMatching(message),
    });
  });

  test("half of it that was cut off is no source", async () => {
    const server = await startServer([
      { body: stream({ text: "export const", finish: "length", tool: "write_source" }) },
    ]);

    expect(await generate(server)).toMatchObject({ text: "export const", channel: "text", finish: "length" });
  });

  test("a model without it is asked for text, and remembered", async () => {
    const refusal = { status: 400, body: error("Tools of type custom are not supported with this model.") };
    const server = await startServer([refusal, write("```ts\n```"), write("```ts\n```")]);
    const backend = backendFor({ baseUrl: server.url });
    await backend.generate(request(), waiting);
    await backend.generate(request(), waiting);

    expect(bodies(server).map((body) => "tools" in body)).toEqual([true, false, false]);
  });
});

describe('with output = "json"', () => {
  test("the source comes out of the schema's field", async () => {
    const server = await startServer([write(JSON.stringify({ source }))]);

    expect(await generate(server, { output: "json" })).toMatchObject({ text: source, channel: "source" });
    expect(bodies(server)[0]).toMatchObject({
      text: { format: { type: "json_schema", strict: true, schema: { required: ["source"] } } },
    });
    expect(bodies(server)[0]).not.toHaveProperty("tools");
  });

  test("a model without schemas is asked for text", async () => {
    const refusal = {
      status: 400,
      body: error("Invalid parameter: 'text.format' of type 'json_schema' is not supported."),
    };
    const server = await startServer([refusal, write("```ts\n```")]);

    expect((await generate(server, { output: "json" })).channel).toBe("text");
    expect(bodies(server).map((body) => "text" in body)).toEqual([true, false]);
  });
});

describe("the reply", () => {
  test("commentary is no part of the answer, nor of its progress", async () => {
    const events = [
      { type: "response.output_item.added", output_index: 0, item: { ...say("", "commentary"), content: [] } },
      { type: "response.output_text.delta", output_index: 0, delta: "Let me see …" },
      { type: "response.output_item.added", output_index: 1, item: { ...say(""), content: [] } },
      { type: "response.output_text.delta", output_index: 1, delta: "```ts\n" },
      { type: "response.output_text.delta", output_index: 1, delta: "```" },
      {
        type: "response.completed",
        response: { status: "completed", output: [say("Let me see …", "commentary"), say("```ts\n```")] },
      },
    ];
    const server = await startServer([{ body: events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("") }]);
    const seen: number[] = [];
    const { text } = await backendFor({ baseUrl: server.url, output: "text" }).generate(request(), {
      ...waiting,
      onProgress: ({ outputCharacters }) => seen.push(outputCharacters),
    });

    expect(text).toBe("```ts\n```");
    expect(seen.at(-1)).toBe(text.length);
  });

  test("where a final answer is marked, only that is the answer", async () => {
    const output = [say("Working on it."), say("```ts\n```", "final_answer")];
    const server = await startServer([response({ output })]);

    expect((await generate(server, { output: "text" })).text).toBe("```ts\n```");
  });

  test("items of a kind nobody knows are passed over, also when only events list them", async () => {
    const events = [
      { type: "response.output_item.done", output_index: 0, item: { type: "future_item", text: "no" } },
      { type: "response.output_item.done", output_index: 1, item: say("```ts\n```") },
      { type: "response.completed", response: { status: "completed", output: [] } },
    ];
    const server = await startServer([{ body: events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("") }]);

    expect((await generate(server, { output: "text" })).text).toBe("```ts\n```");
  });

  test("a refusal is an answer that says why", async () => {
    const content = [{ type: "refusal", refusal: "I cannot do that." }];
    const server = await startServer([response({ output: [{ ...say(""), content }] })]);

    expect(await generate(server)).toMatchObject({ finish: "refusal", finishDetail: "I cannot do that." });
  });

  test.each<[string, object, object]>([
    ["in_progress", { output: [say("half")] }, { kind: "invalid-response", retryable: false }],
    ["queued", {}, { kind: "invalid-response", retryable: false }],
    ["cancelled", {}, { kind: "invalid-response", retryable: false }],
    ["incomplete", { output: [say("half")], incomplete_details: null }, { kind: "invalid-response", retryable: true }],
    ["failed", { error: { code: "server_error", message: "boom" } }, { kind: "server", retryable: true }],
    ["failed", { error: { code: "rate_limit_exceeded", message: "slow" } }, { kind: "rate-limit", retryable: true }],
    ["failed", { error: { code: "invalid_prompt", message: "no" } }, { kind: "bad-request", retryable: false }],
  ])("a response that ends as %s with %j is an error", async (status, parts, expected) => {
    for (const reply of [response({ status, ...parts }), lastEvent({ status, ...parts })]) {
      const server = await startServer([reply]);
      await expect(generate(server)).rejects.toMatchObject(expected);
    }
  });

  test("usage takes the cache's share out of the input, once", async () => {
    const figures = {
      input_tokens: 812,
      input_tokens_details: { cached_tokens: 500, cache_write_tokens: 300 },
      output_tokens: 122,
      output_tokens_details: { reasoning_tokens: 100 },
    };
    const server = await startServer([response({ output: [call(source)], usage: figures })]);

    expect((await generate(server)).usage).toEqual({
      input: 12,
      cacheRead: 500,
      cacheWrite: 300,
      output: 122,
      reasoning: 100,
    });
  });
});

describe("what the API refuses of the form is left out", () => {
  test.each<[string, string, (body: Body) => unknown, readonly unknown[]]>([
    [
      "the end of the cache",
      "Unknown parameter: 'prompt_cache_options'.",
      (body) => [/prompt_cache_breakpoint|options/.test(JSON.stringify(body)), "prompt_cache_key" in body],
      [
        [true, true],
        [false, true],
      ],
    ],
    [
      "the limit",
      "Invalid value for max_output_tokens: expected a value <= 32768",
      (body) => body["max_output_tokens"],
      [65_536, 32_768],
    ],
  ])("%s", async (_name, message, look, expected) => {
    const server = await startServer([{ status: 400, body: error(message) }, hand(source)]);
    await generate(server, {}, { maxOutputTokens: 65_536 });

    expect(bodies(server).map(look)).toEqual(expected);
  });

  test("an endpoint that goes on refusing is asked no further", async () => {
    const refusal = { status: 400, body: error("prompt_cache_key, prompt_cache_options, tools: unknown") };
    const server = await startServer([refusal, refusal, refusal, refusal, refusal]);

    await expect(generate(server)).rejects.toMatchObject({ kind: "bad-request" });
    expect(server.requests).toHaveLength(4);
  });
});

describe("the configuration", () => {
  test("a key is needed but for this machine", () => {
    const setup = { provider: "openai", model: "", output: "auto", timeoutMs: 1, recordings: "" };

    expect(keyEnvironment).toEqual(["OPENAI_API_KEY"]);
    expect(keyRequired({ ...setup, baseUrl: "" })).toBe(true);
    expect(keyRequired({ ...setup, baseUrl: "http://localhost:1234/v1" })).toBe(false);
  });

  test("a key that no header can carry is refused without being shown", () => {
    expect(() => backendFor({ apiKey: "a key" })).toThrow(
      expect.objectContaining({ code: "backend-key", exitCode: 2, message: expect.not.stringContaining("a key") }),
    );
  });

  test("describe tells the model that will be asked, without a call", async () => {
    const unreachable = { baseUrl: "http://127.0.0.1:1" };

    expect(await backendFor(unreachable).describe?.()).toEqual({ defaultModel: "gpt-5.6-terra" });
    expect(await backendFor({ ...unreachable, model: "mine" }).describe?.()).toEqual({ defaultModel: "mine" });
  });
});

interface Reply {
  readonly status?: number;
  readonly body: string;
}

type Body = Readonly<Record<string, unknown>>;

const waiting = { signal: new AbortController().signal };

function part(name: string, stability: PromptPart["stability"]): PromptPart {
  return { name, role: "system", stability, text: name };
}

function stream(answer: Partial<WireAnswer> & { readonly text: string }): string {
  return openaiResponses.stream({ finish: "stop", usage, chunkSize: 9, ...answer }).join("");
}

/** The text, handed to the tool. */
function hand(text: string): Reply {
  return { body: stream({ text, tool: "write_source" }) };
}

/** The text, written as a message. */
function write(text: string): Reply {
  return { body: stream({ text }) };
}

function say(text: string, phase?: string): object {
  return {
    type: "message",
    role: "assistant",
    content: [{ type: "output_text", text }],
    ...(phase === undefined ? {} : { phase }),
  };
}

function call(input: string): object {
  return { type: "custom_tool_call", call_id: "c", name: "write_source", input };
}

function response(parts: object): Reply {
  return { body: JSON.stringify({ object: "response", status: "completed", model: "m", output: [], ...parts }) };
}

/** The same as the last event of a stream. */
function lastEvent(parts: { readonly status: string }): Reply {
  const type = ["failed", "incomplete", "cancelled"].includes(parts.status)
    ? `response.${parts.status}`
    : "response.completed";
  return { body: `data: ${JSON.stringify({ type, response: { object: "response", output: [], ...parts } })}\n\n` };
}

function error(message: string): string {
  return JSON.stringify({ error: { message, type: "invalid_request_error", param: null, code: null } });
}

/** Gives its replies to successive requests. */
async function startServer(replies: readonly Reply[]): Promise<HttpServer> {
  const left = [...replies];
  const server = await startHttpServer((_request, reply) => {
    const { status = 200, body } = left.shift() ?? { status: 400, body: "The script is over." };
    reply.writeHead(status).end(body);
  });
  onTestFinished(() => server.close());
  return server;
}

function bodies({ requests }: HttpServer): readonly Body[] {
  return requests.map(({ body }) => JSON.parse(body) as Body);
}

function request(overrides: Partial<GenerateRequest> = {}): GenerateRequest {
  return {
    label: "src/greet",
    attempt: 1,
    prompt: [
      part("rules", "project"),
      part("conventions", "project"),
      { name: "spec", role: "user", stability: "module", text: "spec" },
      { name: "nothing", role: "user", stability: "module", text: "" },
      { name: "errors", role: "user", stability: "attempt", text: "errors" },
    ],
    model: "",
    maxOutputTokens: 1_000,
    ...overrides,
  };
}

function generate(
  server: HttpServer,
  setup: Partial<BackendSetup> = {},
  overrides: Partial<GenerateRequest> = {},
): Promise<GenerateResponse> {
  return backendFor({ baseUrl: server.url, ...setup }).generate(request(overrides), waiting);
}

function backendFor(overrides: Partial<BackendSetup>, options: OpenaiOptions = {}): Backend {
  const setup: BackendSetup = {
    provider: "openai",
    model: "",
    apiKey: "a-key",
    baseUrl: "",
    output: "auto",
    timeoutMs: 10_000,
    recordings: "",
    ...overrides,
  };
  return createBackend(setup, options);
}
