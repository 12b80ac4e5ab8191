import {
  anthropicMessages,
  chatDialects,
  openaiResponses,
  runJaunt,
  startHttpServer,
  type HttpServer,
  type WireAnswer,
  type WireFormat,
} from "@jaunt/testkit";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import {
  bodiesByRecordings,
  bodiesOf,
  configureLlm,
  moduleAskedFor,
  unbuiltMail,
  type UnbuiltMail,
} from "./served-mail.ts";

/** Of no form that a redaction by looks would know. */
const planted = "zebra7Quartz9Lantern";

/** A provider, how its API speaks, what jaunt.toml says of it, and where its key belongs. */
interface Provider {
  readonly provider: string;
  readonly wire: WireFormat;
  readonly settings: string;
  readonly keyVariable: string;
  /** Default: a bearer token. */
  readonly keyHeader?: string;
}

const providers: readonly Provider[] = [
  { provider: "anthropic", wire: anthropicMessages, settings: "", keyVariable: "ANTHROPIC_API_KEY" },
  { provider: "anthropic", wire: anthropicMessages, settings: 'output = "json"', keyVariable: "ANTHROPIC_API_KEY" },
  { provider: "openai", wire: openaiResponses, settings: "", keyVariable: "OPENAI_API_KEY" },
  { provider: "openai", wire: openaiResponses, settings: 'output = "json"', keyVariable: "OPENAI_API_KEY" },
  { provider: "openai", wire: openaiResponses, settings: 'output = "text"', keyVariable: "OPENAI_API_KEY" },
  { provider: "litellm", wire: chatDialects.litellm, settings: 'model = "m"', keyVariable: "LITELLM_API_KEY" },
  { provider: "openrouter", wire: chatDialects.openrouter, settings: 'model = "m"', keyVariable: "OPENROUTER_API_KEY" },
  {
    provider: "azure",
    wire: chatDialects.azure,
    settings: 'model = "m"',
    keyVariable: "AZURE_OPENAI_API_KEY",
    keyHeader: "api-key",
  },
  { provider: "ollama", wire: chatDialects.ollama, settings: 'model = "m"', keyVariable: "OLLAMA_API_KEY" },
  { provider: "vllm", wire: chatDialects.vllm, settings: 'model = "m"\noutput = "json"', keyVariable: "VLLM_API_KEY" },
  {
    provider: "lmstudio",
    wire: chatDialects.lmstudio,
    settings: 'model = "m"\noutput = "tool"',
    keyVariable: "LM_API_TOKEN",
  },
];

const oneOfEachBackend = providers.filter(
  ({ provider, settings }) => ["anthropic", "openai", "litellm"].includes(provider) && !settings.includes("output"),
);

let byRecordings: ReadonlyMap<string, string>;
beforeAll(async () => {
  byRecordings = await bodiesByRecordings();
});

describe.each(providers)(
  "examples/mail by $provider $settings",
  ({ provider, wire, settings, keyVariable, keyHeader }) => {
    test(
      "becomes the same files as by its recordings, and the key stays on the wire",
      { timeout: 120_000 },
      async () => {
        const { project, replies } = await unbuilt();
        const server = await serve(wire, replies);
        await configureLlm(project, `provider = "${provider}"\nbase_url = "${server.url}"\n${settings}`);

        const built = await runJaunt(project.root, ["build", "--debug"], { env: { [keyVariable]: planted } });

        expect(built.exitCode, built.stderr).toBe(0);
        expect(await bodiesOf(project)).toEqual(byRecordings);
        expect(server.requests).toHaveLength(replies.size);
        const keys = server.requests.map(({ headers }) => headers[keyHeader ?? "authorization"]);
        expect(new Set(keys)).toEqual(new Set([keyHeader === undefined ? `Bearer ${planted}` : planted]));
        expect(`${built.stdout}${built.stderr}`).not.toContain(planted);
        for (const path of await project.list()) expect(await project.read(path), path).not.toContain(planted);
      },
    );
  },
);

test.each(oneOfEachBackend)(
  "a key that $provider refuses ends the build at once, with the setting to look at",
  async ({ provider, wire, settings, keyVariable }) => {
    const { project } = await unbuilt();
    const server = await startHttpServer((_request, reply) => {
      const { status, body } = wire.failure("auth", `Wrong key ${planted}`);
      reply.writeHead(status).end(body);
    });
    onTestFinished(() => server.close());
    await configureLlm(project, `provider = "${provider}"\nbase_url = "${server.url}"\n${settings}`);

    const built = await runJaunt(project.root, ["build", "--jobs", "1", "--debug"], {
      env: { [keyVariable]: planted },
    });

    expect(built.exitCode).toBe(2);
    expect(built.stderr).toContain(keyVariable);
    expect(`${built.stdout}${built.stderr}`).not.toContain(planted);
    expect(server.requests).toHaveLength(1);
  },
);

test.each(oneOfEachBackend)(
  "a stream of $provider that is cut once is asked for again, and no half of it is built",
  { timeout: 120_000 },
  async ({ provider, wire, settings, keyVariable }) => {
    const { project, replies } = await unbuilt();
    let cut = 0;
    const server = await serve(wire, replies, (events) => {
      cut += 1;
      return cut === 1 ? events.slice(0, -3) : events;
    });
    await configureLlm(project, `provider = "${provider}"\nbase_url = "${server.url}"\n${settings}`);

    const built = await runJaunt(project.root, ["build"], { env: { [keyVariable]: planted } });

    expect(built.exitCode, built.stderr).toBe(0);
    expect(await bodiesOf(project)).toEqual(byRecordings);
    expect(server.requests).toHaveLength(replies.size + 1);
  },
);

test("auto without anything to take lists all that it looked for", async () => {
  const { project } = await unbuilt();
  await configureLlm(project, 'provider = "auto"');

  const built = await runJaunt(project.root, ["build"], { env: { CI: "1" } });

  expect(built.exitCode).toBe(2);
  for (const name of ["ANTHROPIC_API_KEY", "OPENROUTER_API_KEY", "ollama", "lmstudio", "vllm", "litellm", "replay"]) {
    expect(built.stderr).toContain(name);
  }
});

test("a prompt that Ollama cut without saying so is said, once, with what to do", { timeout: 120_000 }, async () => {
  const { project, replies } = await unbuilt();
  const usage = { input: 1_024, cacheRead: 0, output: 100, reasoning: 0 };
  const server = await serve(chatDialects.ollama, replies, undefined, usage);
  await configureLlm(project, `provider = "ollama"\nmodel = "m"\nbase_url = "${server.url}"`);

  const built = await runJaunt(project.root, ["build"]);

  expect(built.exitCode, built.stderr).toBe(0);
  expect(built.stderr.match(/ollama read only 1024 tokens of a prompt of \d+ characters/g)).toHaveLength(1);
  expect(built.stderr).toContain("OLLAMA_CONTEXT_LENGTH=64000 ollama serve");
});

test("doctor says of a local endpoint whether it runs and has the model", async () => {
  const { project } = await unbuilt();
  const server = await startHttpServer((_request, reply) =>
    reply.end('{"object":"list","data":[{"id":"qwen:latest"}]}'),
  );
  onTestFinished(() => server.close());
  const examine = async (model: string): Promise<string> => {
    await configureLlm(project, `provider = "ollama"\nmodel = "${model}"\nbase_url = "${server.url}"`);
    return (await runJaunt(project.root, ["doctor"])).stdout;
  };

  expect(await examine("qwen")).toMatch(/^ok +endpoint +it offers qwen:latest$/m);
  expect(await examine("llama")).toMatch(/^warn +endpoint +llama is not among .*\n +fix: Run `ollama pull llama`/m);
});

/** The example without what was built, and the text of the recorded reply by module. */
async function unbuilt(): Promise<UnbuiltMail> {
  const mail = await unbuiltMail();
  onTestFinished(() => mail.project.remove());
  return mail;
}

/** Plays the recorded replies, by whatever channel a request asks for. */
async function serve(
  wire: WireFormat,
  replies: ReadonlyMap<string, string>,
  spoil: (events: readonly string[]) => readonly string[] = (events) => events,
  usage: WireAnswer["usage"] = { input: 1_000, cacheRead: 0, output: 100, reasoning: 0 },
): Promise<HttpServer> {
  const server = await startHttpServer(({ path, body }, reply) => {
    const text = path === wire.path ? replies.get(moduleAskedFor(body)) : undefined;
    if (text === undefined) return reply.writeHead(404).end("{}");
    const events = wire.stream({ ...handedOver(text, body), finish: "stop", usage, chunkSize: 200 });
    return reply.end(spoil(events).join(""));
  });
  onTestFinished(() => server.close());
  return server;
}

function handedOver(text: string, request: string): { readonly text: string; readonly tool?: string } {
  const source = /^```\w*\n([^]*?)^```/m.exec(text)?.[1] ?? text;
  if (request.includes('"write_source"')) return { text: source, tool: "write_source" };
  return request.includes('"json_schema"') ? { text: JSON.stringify({ source }) } : { text };
}
