import { LLMock } from "@copilotkit/aimock";
import type { Backend, BackendSetup, GenerateRequest, GenerateResponse } from "@jaunt/core";
import { startScriptedServer, type ScriptedAnswer, type ScriptedServer } from "@jaunt/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { createBackend, keyEnvironment, keyRequired, type LitellmOptions } from "./index.ts";

const secret = "zebra7Quartz9Lantern";

describe("against aimock", () => {
  test("an answer streams, and the request carries model, limit, messages and key", async () => {
    const mock = await startMock();
    mock.onMessage(/greet/, { content: "```ts\nexport const one = 1;\n```", model: "llama-of-the-server" });
    const response = await generate(backendFor(mock.url));

    expect(response).toEqual({
      text: "```ts\nexport const one = 1;\n```",
      channel: "text",
      finish: "stop",
      usage: { input: expect.any(Number), cacheRead: 0, cacheWrite: 0, output: expect.any(Number), reasoning: 0 },
      model: "llama-of-the-server",
    });
    const sent = mock.getLastRequest();
    expect(sent?.path).toBe("/v1/chat/completions");
    // aimock hides what it was.
    expect(sent?.headers).toHaveProperty("authorization");
    expect(sent?.body).toMatchObject({
      model: "llama",
      max_tokens: 500,
      stream: true,
      stream_options: { include_usage: true },
      messages: [
        { role: "system", content: "rules\n\nconventions" },
        { role: "user", content: "spec: greet\n\nerrors" },
      ],
    });
  });

  test("without a key no authorization is sent", async () => {
    const mock = await startMock();
    mock.onMessage(/greet/, { content: "hello" });
    await generate(backendFor(mock.url, { apiKey: undefined }));

    expect(mock.getLastRequest()?.headers).not.toHaveProperty("authorization");
  });

  test("reasoning is no part of the text", async () => {
    const mock = await startMock();
    mock.onMessage(/greet/, { content: "the answer", reasoning: "long thoughts" });

    expect((await generate(backendFor(mock.url))).text).toBe("the answer");
  });

  test.each([
    ["a dropped request", { dropRate: 1 }, "server"],
    ["malformed JSON", { malformedRate: 1 }, "invalid-response"],
    ["a disconnect", { disconnectRate: 1 }, "connection"],
    ["a rate limit", { rateLimitRate: 1 }, "rate-limit"],
  ] as const)("chaos: %s can be asked again", async (_name, chaos, kind) => {
    const mock = await startMock();
    mock.onMessage(/greet/, { content: "hello" }).setChaos(chaos);

    await expect(generate(backendFor(mock.url))).rejects.toMatchObject({ kind, retryable: true });
    mock.clearChaos();
    expect((await generate(backendFor(mock.url))).text).toBe("hello");
  });

  test("a stream that is truncated is no answer", async () => {
    const mock = await startMock();
    mock.onMessage(/greet/, { content: "a long enough answer" }, { chunkSize: 4, truncateAfterChunks: 2 });

    await expect(generate(backendFor(mock.url))).rejects.toMatchObject({ kind: "connection", retryable: true });
  });

  test("a slow server runs into the limit of the call", async () => {
    const mock = await startMock();
    mock.onMessage(/greet/, { content: "hello" }).setChaos({ latencyMs: 5_000 });

    await expect(generate(backendFor(mock.url, { timeoutMs: 100 }))).rejects.toMatchObject({
      kind: "timeout",
      retryable: true,
    });
  });

  test("describe lists the models on offer", async () => {
    const mock = await startMock();

    expect(await backendFor(mock.url).describe?.()).toMatchObject({
      defaultModel: "llama",
      models: expect.arrayContaining(["gpt-4o"]),
    });
  });
});

describe("what an endpoint refuses of the form is left out", () => {
  const wantsOtherLimit: ScriptedAnswer = {
    status: 400,
    body: {
      error: {
        message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
        param: "max_tokens",
      },
    },
  };
  const wantsNoOptions: ScriptedAnswer = {
    status: 422,
    body: {
      detail: [{ type: "extra_forbidden", loc: ["body", "stream_options"], msg: "Extra inputs are not permitted" }],
    },
  };

  test("once a call, and remembered for the next", async () => {
    const server = await startServer([wantsOtherLimit, wantsNoOptions, "first", "second"]);
    const backend = backendFor(server.url);

    expect((await generate(backend)).text).toBe("first");
    expect((await generate(backend)).text).toBe("second");
    const forms = server.requests.map(({ body }) => Object.keys(JSON.parse(body) as object).join(" "));
    expect(forms).toEqual([
      "model messages max_tokens stream stream_options",
      "model messages max_completion_tokens stream stream_options",
      "model messages max_completion_tokens stream",
      "model messages max_completion_tokens stream",
    ]);
  });

  test("an endpoint that refuses both limits fails once", async () => {
    const server = await startServer([wantsOtherLimit, wantsOtherLimit]);

    await expect(generate(backendFor(server.url))).rejects.toMatchObject({ kind: "bad-request" });
    expect(server.requests).toHaveLength(2);
  });
});

describe("a refusal of the content is an answer", () => {
  test("said by the status", async () => {
    const server = await startServer([
      { status: 400, body: { error: { code: "content_filter", message: "Not this." } } },
    ]);

    expect(await generate(backendFor(server.url))).toMatchObject({
      text: "",
      finish: "refusal",
      finishDetail: "Not this.",
      usage: { estimated: true, output: 0 },
    });
  });

  test("said by the message", async () => {
    const message = { role: "assistant", content: null, refusal: "I cannot do that." };
    const server = await startServer([
      { body: { model: "m", choices: [{ index: 0, message, finish_reason: "stop" }] } },
    ]);

    expect(await generate(backendFor(server.url))).toMatchObject({
      finish: "refusal",
      finishDetail: "I cannot do that.",
    });
  });
});

describe("the configuration", () => {
  test("a model is required, and the error offers those of the server", async () => {
    const server = await startScriptedServer({}, { models: ["qwen", "llama"] });
    onTestFinished(() => server.close());

    await expect(generate(backendFor(server.url, { model: "" }), { model: "" })).rejects.toMatchObject({
      kind: "bad-request",
      retryable: false,
      hint: `Set [llm] model in jaunt.toml. ${server.url}/v1 offers qwen, llama.`,
    });
  });

  test("the model of the request goes before that of the setup", async () => {
    const server = await startServer(["hello"]);
    await generate(backendFor(server.url), { model: "other" });

    expect(JSON.parse(server.requests[0]?.body ?? "")).toMatchObject({ model: "other" });
  });

  test("a key that no header can carry is refused without being shown", () => {
    const bad = `${secret}\nX-Injected: yes`;
    expect(() => backendFor("", { apiKey: bad })).toThrow(
      expect.objectContaining({ code: "backend-key", exitCode: 2 }),
    );
    expect(() => backendFor("", { apiKey: bad })).not.toThrow(secret);
  });

  test("white space around a key is not part of it", async () => {
    const server = await startServer(["hello"]);
    await generate(backendFor(server.url, { apiKey: ` ${secret}\n` }));

    expect(server.requests[0]?.headers["authorization"]).toBe(`Bearer ${secret}`);
  });

  test("a key is needed for other machines only", () => {
    const setup = { provider: "litellm", model: "", output: "auto", timeoutMs: 1, recordings: "" };

    expect(keyEnvironment).toEqual(["LITELLM_API_KEY", "OPENAI_API_KEY"]);
    expect(keyRequired({ ...setup, baseUrl: "" })).toBe(false);
    expect(keyRequired({ ...setup, baseUrl: "https://api.example.com/v1" })).toBe(true);
  });
});

test("fetch can be replaced", async () => {
  const body = JSON.stringify({ choices: [{ message: { content: "from nowhere" } }] });
  const response = await generate(backendFor("", {}, { fetch: () => Promise.resolve(new Response(body)) }));

  expect(response.text).toBe("from nowhere");
});

async function startMock(): Promise<LLMock> {
  const mock = await LLMock.create({ port: 0 });
  onTestFinished(() => mock.stop());
  return mock;
}

async function startServer(answers: readonly (string | ScriptedAnswer)[]): Promise<ScriptedServer> {
  const server = await startScriptedServer({ "*": answers });
  onTestFinished(() => server.close());
  return server;
}

function backendFor(baseUrl: string, overrides: Partial<BackendSetup> = {}, options: LitellmOptions = {}): Backend {
  const setup: BackendSetup = {
    provider: "litellm",
    model: "llama",
    apiKey: secret,
    baseUrl,
    output: "auto",
    timeoutMs: 10_000,
    recordings: "",
    ...overrides,
  };
  return createBackend(setup, options);
}

function generate(backend: Backend, overrides: Partial<GenerateRequest> = {}): Promise<GenerateResponse> {
  const request: GenerateRequest = {
    label: "src/greet",
    attempt: 1,
    prompt: [
      { name: "rules", role: "system", stability: "project", text: "rules" },
      { name: "conventions", role: "system", stability: "project", text: "conventions" },
      { name: "spec", role: "user", stability: "module", text: "spec: greet" },
      { name: "errors", role: "user", stability: "attempt", text: "errors" },
    ],
    model: "",
    maxOutputTokens: 500,
    ...overrides,
  };
  return backend.generate(request, { signal: new AbortController().signal });
}
