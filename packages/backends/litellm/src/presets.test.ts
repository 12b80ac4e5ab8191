import type { Backend, BackendSetup, BackendWarning, GenerateRequest, GenerateResponse } from "@jaunt/core";
import { chatCompletions, startHttpServer, type HttpServer } from "@jaunt/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { createBackend, keyRequired, presetPlugin, type LitellmOptions, type PresetName } from "./index.ts";

describe("keys", () => {
  test.each([
    ["litellm", ["LITELLM_API_KEY", "OPENAI_API_KEY"], false, true],
    ["ollama", ["OLLAMA_API_KEY"], false, false],
    ["vllm", ["VLLM_API_KEY"], false, false],
    ["lmstudio", ["LM_API_TOKEN"], false, false],
    ["openrouter", ["OPENROUTER_API_KEY"], true, true],
    ["azure", ["AZURE_OPENAI_API_KEY"], true, true],
  ] as const)("%s looks at %j; required at its own address: %s, elsewhere: %s", (name, variables, own, elsewhere) => {
    expect(presetPlugin(name).keyEnvironment).toEqual(variables);
    expect(keyRequired(setupOf(name, ""))).toBe(own);
    expect(keyRequired(setupOf(name, "http://llm.example.org"))).toBe(elsewhere);
    expect(keyRequired(setupOf(name, "http://localhost:8080"))).toBe(false);
  });

  test("azure gets its key in a header of its own, the others as a bearer token", async () => {
    const server = await serve();
    await ask(backendFor("azure", server.url));
    await ask(backendFor("openrouter", server.url));

    expect(server.requests.map(({ headers }) => [headers["api-key"], headers["authorization"]])).toEqual([
      ["secret", undefined],
      [undefined, "Bearer secret"],
    ]);
  });
});

describe("what to do is said in the preset's own terms", () => {
  test.each([
    ["ollama", 404, `{"error":{"message":"model 'm' not found, try pulling it first"}}`, "Run `ollama pull m`"],
    ["lmstudio", 404, `{"error":"No models loaded. Please load a model in the developer page"}`, "Run `lms load m`"],
    ["vllm", 404, '{"object":"error","message":"The model `m` does not exist."}', "--served-model-name"],
    ["openrouter", 404, '{"error":{"code":404,"message":"No endpoints found for m."}}', "No provider serves"],
    ["azure", 404, '{"error":{"code":"DeploymentNotFound","message":"It does not exist."}}', "name of a deployment"],
    ["ollama", 400, '{"error":{"message":"the request exceeds the available context size"}}', "OLLAMA_CONTEXT_LENGTH"],
    [
      "lmstudio",
      400,
      '{"error":"Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens"}',
      "--context-length",
    ],
    ["vllm", 401, '{"error":"Unauthorized"}', "VLLM_API_KEY"],
  ] as const)("%s, %i %s", async (name, status, body, hint) => {
    const server = await serve((reply) => reply.writeHead(status).end(body));

    await expect(ask(backendFor(name, server.url))).rejects.toMatchObject({
      status,
      hint: expect.stringContaining(hint) as string,
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe("reply channels", () => {
  const source = "export const one = 1;\n";
  const stream = (text: string, tool?: string): string =>
    chatCompletions
      .stream({ text, finish: "stop", usage: undefined, chunkSize: 9, ...(tool === undefined ? {} : { tool }) })
      .join("");

  test("json asks for a document of one field, and hands its source over", async () => {
    const server = await serve((reply) => reply.end(stream(JSON.stringify({ source }))));

    expect(await ask(backendFor("lmstudio", server.url, { output: "json" }))).toMatchObject({
      text: source,
      channel: "source",
    });
    expect(JSON.parse(server.requests[0]?.body ?? "")).toMatchObject({
      response_format: { type: "json_schema", json_schema: { strict: true, schema: { required: ["source"] } } },
    });
  });

  test("tool offers one function, and hands its argument over, whole or in pieces", async () => {
    const pieces = ['{"sour', 'ce":"export {};', '\\n"}'].map((piece, index) =>
      JSON.stringify({
        choices: [
          {
            delta: {
              tool_calls: [
                { index: 0, function: { ...(index === 0 ? { name: "write_source" } : {}), arguments: piece } },
              ],
            },
          },
        ],
      }),
    );
    const server = await serve((reply, call) =>
      reply.end(
        call === 0
          ? stream(source, "write_source")
          : [...pieces, "[DONE]"].map((piece) => `data: ${piece}\n\n`).join(""),
      ),
    );
    const backend = backendFor("vllm", server.url, { output: "tool" });

    expect(await ask(backend)).toMatchObject({ text: source, channel: "source", finish: "stop" });
    expect(await ask(backend)).toMatchObject({ text: "export {};\n", channel: "source" });
    expect(JSON.parse(server.requests[0]?.body ?? "")).toMatchObject({
      tool_choice: { type: "function", function: { name: "write_source" } },
    });
  });

  test("openrouter is to pass such requests only to providers that know their parameters", async () => {
    const server = await serve((reply) => reply.end(stream("text")));
    await ask(backendFor("openrouter", server.url, { output: "json" }));
    await ask(backendFor("openrouter", server.url));

    expect(server.requests.map(({ body }) => (JSON.parse(body) as { readonly provider?: unknown }).provider)).toEqual([
      { require_parameters: true },
      undefined,
    ]);
  });

  test.each([
    ["json", 400, "'response_format.type' is not supported by this model"],
    ["json", 404, "No endpoints found that can handle the requested parameters."],
    ["tool", 400, "registry.ollama.ai/library/m does not support tools"],
  ])("%s that is refused (%i) becomes text, for the rest of the build", async (output, status, message) => {
    const server = await serve((reply, call) =>
      call === 0
        ? reply.writeHead(status).end(JSON.stringify({ error: { message } }))
        : reply.end(stream("```ts\n```")),
    );
    const backend = backendFor("ollama", server.url, { output });

    expect(await ask(backend)).toMatchObject({ text: "```ts\n```", channel: "text" });
    await ask(backend);
    expect(server.requests.map(({ body }) => /response_format|tool_choice/.test(body))).toEqual([true, false, false]);
  });

  test.each([
    [
      "text in place of the call",
      stream("```ts\nexport {};\n```"),
      { text: "```ts\nexport {};\n```", channel: "text" },
    ],
    [
      "arguments that are no JSON",
      JSON.stringify({ choices: [{ message: { tool_calls: [callOf("{oops")] }, finish_reason: "tool_calls" }] }),
      { text: "{oops", channel: "text" },
    ],
  ])("%s is a text answer", async (_name, body, expected) => {
    const server = await serve((reply) => reply.end(body));

    expect(await ask(backendFor("litellm", server.url, { output: "tool" }))).toMatchObject(expected);
  });

  test("two calls are never chosen between", async () => {
    const message = { tool_calls: [callOf(JSON.stringify({ source })), callOf("{}")] };
    const server = await serve((reply) => reply.end(JSON.stringify({ choices: [{ message, finish_reason: "stop" }] })));

    await expect(ask(backendFor("litellm", server.url, { output: "tool" }))).rejects.toThrow("more than once");
  });
});

describe("a reply that does not fit the context", () => {
  const tooLarge = `This model's maximum context length is 4096 tokens. However, you requested 4596 tokens (1096 in the messages, 3500 in the completion).`;

  test.each([
    tooLarge,
    "'max_tokens' or 'max_completion_tokens' is too large: 3500. This model's maximum context length is 4096 tokens and your request has 1096 input tokens (3500 > 4096 - 1096).",
  ])("is asked for with what the context leaves: %s", async (message) => {
    const server = await serve((reply, call) =>
      call % 2 === 0
        ? reply.writeHead(400).end(JSON.stringify({ object: "error", message, type: "BadRequestError", code: 400 }))
        : reply.end(answerOf({})),
    );
    const backend = backendFor("vllm", server.url);
    await ask(backend, { maxOutputTokens: 3500 });
    await ask(backend, { maxOutputTokens: 3500 });

    const limits = server.requests.map(({ body }) => (JSON.parse(body) as { readonly max_tokens: number }).max_tokens);
    expect(limits).toEqual([3500, 3000, 3500, 3000]);
  });

  test("with a prompt that fills the context alone is an overflow, met once", async () => {
    const message = tooLarge.replace("1096 in", "4000 in");
    const server = await serve((reply) => reply.writeHead(400).end(JSON.stringify({ error: { message } })));

    await expect(ask(backendFor("vllm", server.url))).rejects.toMatchObject({
      kind: "context-overflow",
      hint: expect.stringContaining("--max-model-len") as string,
    });
    expect(server.requests).toHaveLength(1);
  });

  test("a model's own limit on replies is kept to from then on", async () => {
    const message = "max_tokens is too large: 9000. This model supports at most 8192 completion tokens.";
    const server = await serve((reply, call) =>
      call === 0 ? reply.writeHead(400).end(JSON.stringify({ error: { message } })) : reply.end(answerOf({})),
    );
    const backend = backendFor("litellm", server.url);
    await ask(backend, { maxOutputTokens: 9000 });
    await ask(backend, { maxOutputTokens: 9000 });

    expect(server.requests.map(({ body }) => /"max_tokens":(\d+)/.exec(body)?.[1])).toEqual(["9000", "8192", "8192"]);
  });
});

describe("an answer to half a prompt", () => {
  test.each([
    ["far fewer tokens than the text has", 4_000, 40_000, true],
    ["exactly as many tokens as a context holds", 4_096, 16_000, true],
    ["as many tokens as the text has", 10_200, 40_000, false],
    ["a short prompt of few tokens", 100, 1_000, false],
  ])("%s: %i of %i characters", async (_name, tokens, characters, warned) => {
    const warnings = await warningsOf({ usage: { prompt_tokens: tokens, completion_tokens: 5 } }, characters);

    expect(warnings.map(({ hint }) => hint.includes("OLLAMA_CONTEXT_LENGTH"))).toEqual(warned ? [true] : []);
    if (warned) expect(warnings[0]?.message).toContain(`ollama read only ${String(tokens)} tokens`);
  });

  test("one that ends where the context does", async () => {
    const [warning, ...more] = await warningsOf(
      { usage: { prompt_tokens: 400, completion_tokens: 300 }, finish: "length" },
      1_000,
    );

    expect(warning?.message).toContain("ended an answer after 300 tokens, fewer than the 500 it was allowed");
    expect(more).toEqual([]);
  });
});

test("openrouter: an error that only the end names is one to ask again after", async () => {
  const server = await serve((reply) => reply.end(answerOf({ finish: "error" })));

  await expect(ask(backendFor("openrouter", server.url))).rejects.toMatchObject({ kind: "server", retryable: true });
});

test("openrouter: an error within a choice is one", async () => {
  const choice = { index: 0, message: { content: "half" }, error: { code: 429, message: "slow down" } };
  const server = await serve((reply) => reply.end(JSON.stringify({ choices: [choice] })));

  await expect(ask(backendFor("openrouter", server.url))).rejects.toMatchObject({ kind: "rate-limit" });
});

test("azure lists what could be deployed, which is no list of what can be asked", async () => {
  const server = await serve();

  expect(await backendFor("azure", server.url).describe?.()).toEqual({ defaultModel: "m" });
  expect(server.requests).toEqual([]);
});

function callOf(input: string): object {
  return { function: { name: "write_source", arguments: input } };
}

function answerOf({ finish = "stop", usage }: { readonly finish?: string; readonly usage?: object }): string {
  return JSON.stringify({ choices: [{ message: { content: "export {};" }, finish_reason: finish }], usage });
}

async function warningsOf(
  answer: { readonly usage: object; readonly finish?: string },
  characters: number,
): Promise<readonly BackendWarning[]> {
  const server = await serve((reply) => reply.end(answerOf(answer)));
  const warnings: BackendWarning[] = [];
  const prompt = [{ name: "rules", role: "user", stability: "module", text: "x".repeat(characters) }] as const;
  await ask(backendFor("ollama", server.url), { prompt }, (warning) => warnings.push(warning));
  return warnings;
}

async function serve(
  answer: (reply: Parameters<Parameters<typeof startHttpServer>[0]>[1], call: number) => unknown = (reply) =>
    reply.end(answerOf({})),
): Promise<HttpServer> {
  let calls = 0;
  const server = await startHttpServer((_request, reply) => answer(reply, calls++));
  onTestFinished(() => server.close());
  return server;
}

function setupOf(provider: PresetName, baseUrl: string): BackendSetup {
  return { provider, model: "m", apiKey: "secret", baseUrl, output: "auto", timeoutMs: 10_000, recordings: "" };
}

function backendFor(
  provider: PresetName,
  baseUrl: string,
  overrides: Partial<BackendSetup> = {},
  options: LitellmOptions = {},
): Backend {
  return createBackend({ ...setupOf(provider, baseUrl), ...overrides }, options);
}

function ask(
  backend: Backend,
  overrides: Partial<GenerateRequest> = {},
  onWarning: (warning: BackendWarning) => void = () => undefined,
): Promise<GenerateResponse> {
  const request: GenerateRequest = {
    label: "src/greet",
    attempt: 1,
    prompt: [{ name: "spec", role: "user", stability: "module", text: "spec" }],
    model: "",
    maxOutputTokens: 500,
    ...overrides,
  };
  return backend.generate(request, { signal: new AbortController().signal, onWarning });
}
