import type Anthropic from "@anthropic-ai/sdk";
import type { Backend, BackendSetup, GenerateRequest, GenerateResponse, PromptPart } from "@jaunt/core";
import { anthropicMessages, startHttpServer, type HttpServer, type SeenRequest } from "@jaunt/testkit";
import { httpConformance } from "@jaunt/testkit/conformance";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createBackend, keyEnvironment, keyRequired, type AnthropicOptions } from "./index.ts";

const usage = { input: 7, cacheRead: 0, output: 3, reasoning: 0 };
const source = "export const one = 1;\n";

httpConformance("anthropic", {
  wire: anthropicMessages,
  connect: ({ idleTimeoutMs, ...setup }) => backendFor(setup, { idleTimeoutMs }),
});

describe("the request", () => {
  test("has the rules as system blocks, the rest as one user message, and no sampling parameters", async () => {
    const server = await startServer([say("hello")]);
    await generate(server, {}, { maxOutputTokens: 500 });

    expect(bodies(server)[0]).toEqual({
      model: "claude-sonnet-5-5",
      max_tokens: 500,
      stream: true,
      system: [
        { type: "text", text: "rules\n\n" },
        { type: "text", text: "conventions\n\n", cache_control: { type: "ephemeral", ttl: "5m" } },
      ],
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "spec\n\n" },
            { type: "text", text: "errors\n\n" },
          ],
        },
      ],
    });
  });

  test.each<[string, readonly PromptPart[], string | undefined]>([
    ["at the last part that all modules share", [part("rules", "project"), part("spec", "module")], "rules"],
    ["also when that is the user's", [part("rules", "project"), user("project"), user("module")], "user project"],
    ["nowhere when nothing is shared", [part("spec", "module"), part("late", "project")], undefined],
    ["at the end when everything is", [part("rules", "project"), user("project")], "user project"],
  ])("the cache ends %s", async (_name, prompt, expected) => {
    const server = await startServer([say("hello")]);
    await generate(server, {}, { prompt });
    const { system = [], messages } = JSON.parse(server.requests[0]?.body ?? "") as Anthropic.MessageCreateParams;
    const blocks = [system, messages[0]?.content ?? []].flat() as Anthropic.TextBlockParam[];

    expect(blocks.filter((block) => block.cache_control != null).map(({ text }) => text.trim())).toEqual(
      expected === undefined ? [] : [expected],
    );
  });

  test("two modules of a build have the same bytes up to the cache's end", async () => {
    const server = await startServer([say("one"), say("two")]);
    for (const spec of ["first", "second"]) {
      await generate(server, {}, { prompt: [part("rules", "project"), { ...user("module"), text: spec }] });
    }
    const [first = "", second = ""] = server.requests.map(({ body }) => body);
    const end = first.indexOf("cache_control");

    expect(end).toBeGreaterThan(0);
    expect(second.slice(0, end)).toBe(first.slice(0, end));
  });

  test("nothing of the environment changes where it goes or what it carries", async () => {
    vi.stubEnv("ANTHROPIC_BASE_URL", "http://127.0.0.1:1");
    vi.stubEnv("ANTHROPIC_AUTH_TOKEN", "a-token-of-the-environment");
    vi.stubEnv("ANTHROPIC_LOG", "debug");
    onTestFinished(() => void vi.unstubAllEnvs());
    const server = await startServer([say("one"), say("two")]);
    await generate(server);
    await generate(server, { apiKey: undefined });

    const [keyed, keyless] = server.requests.map(({ headers }) => headers);
    expect(keyed).toMatchObject({ authorization: "Bearer a-key", "anthropic-version": expect.any(String) });
    expect(JSON.stringify(keyed)).not.toContain("a-token-of");
    expect(keyless).not.toHaveProperty("authorization");
    expect(keyless).not.toHaveProperty("x-api-key");
  });

  test.each(["", "/", "/v1", "/v1/", "/v1/messages"])("base_url may end in %j", async (ending) => {
    const server = await startServer([say("hello")]);
    await generate(server, { baseUrl: `${server.url}/anthropic${ending}?tenant=a%20b` });

    expect(server.requests[0]?.path).toBe("/anthropic/v1/messages?tenant=a%20b");
  });
});

describe("the reply", () => {
  test("the text blocks are the text, whatever stands between them", async () => {
    const content = [
      { type: "redacted_thinking", data: "…" },
      { type: "text", text: "```ts\n" },
      { type: "future_block", text: "no text" },
      { type: "text", text: "```\n" },
    ];
    const server = await startServer([message({ content })]);

    expect((await generate(server)).text).toBe("```ts\n```\n");
  });

  test.each<[string, object, object]>([
    ["a named refusal", { category: "cyber", explanation: "Not this." }, { finishDetail: "category cyber, Not this." }],
    ["a refusal by category", { category: "bio", explanation: null }, { finishDetail: "category bio" }],
    ["a refusal without a word", { category: null, explanation: null }, { finishDetail: "without saying why" }],
  ])("%s is an answer that says so", async (_name, stop_details, expected) => {
    const server = await startServer([message({ content: [], stop_reason: "refusal", stop_details })]);

    expect(await generate(server)).toMatchObject({ finish: "refusal", ...expected });
  });

  test.each<[string, string, object]>([
    ["a full context", "model_context_window_exceeded", { kind: "context-overflow", retryable: false }],
    ["a pause", "pause_turn", { kind: "invalid-response", retryable: true }],
  ])("%s is an error", async (_name, stop_reason, expected) => {
    const server = await startServer([message({ content: [{ type: "text", text: "half" }], stop_reason })]);

    await expect(generate(server)).rejects.toMatchObject(expected);
  });

  test("a reason to stop that nobody knows yet is taken for a stop", async () => {
    const server = await startServer([message({ content: [{ type: "text", text: "done" }], stop_reason: "bored" })]);

    expect(await generate(server)).toMatchObject({ text: "done", finish: "stop" });
  });

  test("usage counts what was read from and written to the cache beside the input, once", async () => {
    const start = { input_tokens: 12, cache_read_input_tokens: 0, cache_creation_input_tokens: 800, output_tokens: 1 };
    const end = {
      input_tokens: 12,
      cache_read_input_tokens: null,
      cache_creation_input_tokens: 800,
      output_tokens: 40,
    };
    const body = [
      { type: "message_start", message: { model: "m", content: [], usage: start } },
      { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "hello" } },
      { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: end },
      { type: "message_stop" },
    ]
      .map((event) => `data: ${JSON.stringify(event)}\n\n`)
      .join("");
    const server = await startServer([{ body }]);

    expect((await generate(server)).usage).toEqual({
      input: 12,
      cacheRead: 0,
      cacheWrite: 800,
      output: 40,
      reasoning: 0,
    });
  });
});

describe('with output = "json"', () => {
  test("the source comes out of the schema's field", async () => {
    const server = await startServer([say(JSON.stringify({ source }))]);
    const response = await generate(server, { output: "json" });

    expect(response).toMatchObject({ text: source, channel: "source", finish: "stop" });
    expect(bodies(server)[0]).toMatchObject({
      output_config: { format: { type: "json_schema", schema: { required: ["source"], additionalProperties: false } } },
    });
  });

  test.each([
    ["a fence in place of JSON", "```ts\nx\n```", "```ts\nx\n```"],
    ["a fence within the field", JSON.stringify({ source: "```ts\nx\n```" }), "```ts\nx\n```"],
    ["another field", '{"code":"x"}', '{"code":"x"}'],
    ["JSON that is none", '{"source":"x",}', '{"source":"x",}'],
  ])("%s is left to the reader of texts", async (_name, text, expected) => {
    const server = await startServer([say(text)]);

    expect(await generate(server, { output: "json" })).toMatchObject({ text: expected, channel: "text" });
  });

  test("half a document that was cut off is never parsed", async () => {
    const text = '{"source":"export const one = 1;"}';
    const server = await startServer([{ body: stream({ text, finish: "length" }) }]);

    expect(await generate(server, { output: "json" })).toMatchObject({ text, channel: "text", finish: "length" });
  });

  test("a model without schemas is asked for text, and remembered", async () => {
    const refusal = { status: 400, body: error("output_config: not supported by this model") };
    const server = await startServer([refusal, say("```ts\n```"), say("```ts\n```")]);
    const backend = backendFor({ baseUrl: server.url, output: "json" });

    expect((await backend.generate(request(), waiting)).channel).toBe("text");
    await backend.generate(request(), waiting);
    expect(bodies(server).map((body) => "output_config" in body)).toEqual([true, false, false]);
  });
});

describe("what the API refuses of the form is left out", () => {
  test("a limit beyond the model's own is lowered to it", async () => {
    const message = "max_tokens: 65536 > 64000, which is the maximum allowed number of output tokens for claude-x";
    const server = await startServer([{ status: 400, body: error(message) }, say("hello")]);
    await generate(server, {}, { maxOutputTokens: 65_536 });

    expect(bodies(server).map(({ max_tokens }) => max_tokens)).toEqual([65_536, 64_000]);
  });

  test("a gateway without prompt caches gets no cache_control", async () => {
    const refusal = { status: 400, body: error("system.1.cache_control: Extra inputs are not permitted") };
    const server = await startServer([refusal, say("hello")]);
    await generate(server);

    expect(server.requests.map(({ body }) => body.includes("cache_control"))).toEqual([true, false]);
  });

  test("an endpoint that goes on refusing is asked no further", async () => {
    const refusal = { status: 400, body: error("cache_control: no") };
    const server = await startServer([refusal, refusal]);

    await expect(generate(server)).rejects.toMatchObject({ kind: "bad-request" });
    expect(server.requests).toHaveLength(2);
  });
});

describe("the configuration", () => {
  test("the model of the request goes before that of the setup, and that before the default", async () => {
    const server = await startServer([say("1"), say("2"), say("3")]);
    await generate(server, { model: "claude-a" }, { model: "claude-b" });
    await generate(server, { model: "claude-a" });
    await generate(server);

    expect(bodies(server).map(({ model }) => model)).toEqual(["claude-b", "claude-a", "claude-sonnet-5-5"]);
  });

  test("a tool is refused, for it cannot be forced on current models", () => {
    expect(() => backendFor({ output: "tool" })).toThrow(
      expect.objectContaining({ code: "backend-output", exitCode: 2, hint: expect.stringContaining('"json"') }),
    );
  });

  test("a key that no header can carry is refused without being shown", () => {
    const bad = "a-key\nX-Injected: yes";
    expect(() => backendFor({ apiKey: bad })).toThrow(expect.objectContaining({ code: "backend-key", exitCode: 2 }));
    expect(() => backendFor({ apiKey: bad })).not.toThrow("X-Injected");
  });

  test("a key is needed but for this machine", () => {
    const setup = { provider: "anthropic", model: "", output: "auto", timeoutMs: 1, recordings: "" };

    expect(keyEnvironment).toEqual(["ANTHROPIC_API_KEY"]);
    expect(keyRequired({ ...setup, baseUrl: "" })).toBe(true);
    expect(keyRequired({ ...setup, baseUrl: "https://gateway.example.com" })).toBe(true);
    expect(keyRequired({ ...setup, baseUrl: "http://localhost:4000" })).toBe(false);
  });

  test("describe tells the model that will be asked, without a call", async () => {
    const unreachable = { baseUrl: "http://127.0.0.1:1" };

    expect(await backendFor(unreachable).describe?.()).toEqual({ defaultModel: "claude-sonnet-5-5" });
    expect(await backendFor({ ...unreachable, model: "mine" }).describe?.()).toEqual({ defaultModel: "mine" });
  });
});

interface Reply {
  readonly status?: number;
  readonly body: string;
}

const waiting = { signal: new AbortController().signal };

function part(name: string, stability: PromptPart["stability"]): PromptPart {
  return { name, role: "system", stability, text: name };
}

function user(stability: PromptPart["stability"]): PromptPart {
  return { name: "user", role: "user", stability, text: `user ${stability}` };
}

function stream({ text, finish = "stop" }: { readonly text: string; readonly finish?: "stop" | "length" }): string {
  return anthropicMessages.stream({ text, finish, usage, chunkSize: 9 }).join("");
}

function say(text: string): Reply {
  return { body: stream({ text }) };
}

function message(parts: object): Reply {
  return { body: JSON.stringify({ type: "message", model: "m", stop_reason: "end_turn", ...parts }) };
}

function error(text: string): string {
  return JSON.stringify({ type: "error", error: { type: "invalid_request_error", message: text } });
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

function bodies({ requests }: HttpServer): readonly Readonly<Record<string, unknown>>[] {
  return requests.map(({ body }: SeenRequest) => JSON.parse(body) as Readonly<Record<string, unknown>>);
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

function backendFor(overrides: Partial<BackendSetup>, options: AnthropicOptions = {}): Backend {
  const setup: BackendSetup = {
    provider: "anthropic",
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
