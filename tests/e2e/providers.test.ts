import { parseRecording } from "@jaunt/core/recording";
import {
  anthropicMessages,
  chatCompletions,
  copyExample,
  openaiResponses,
  runJaunt,
  startHttpServer,
  type HttpServer,
  type TemporaryProject,
  type WireFormat,
} from "@jaunt/testkit";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";

/** Of no form that a redaction by looks would know. */
const planted = "zebra7Quartz9Lantern";

/** A provider, how its API speaks, what jaunt.toml says of it, and where its key belongs. */
interface Provider {
  readonly provider: string;
  readonly wire: WireFormat;
  readonly settings: string;
  readonly keyVariable: string;
}

const providers: readonly Provider[] = [
  { provider: "anthropic", wire: anthropicMessages, settings: "", keyVariable: "ANTHROPIC_API_KEY" },
  { provider: "anthropic", wire: anthropicMessages, settings: 'output = "json"', keyVariable: "ANTHROPIC_API_KEY" },
  { provider: "openai", wire: openaiResponses, settings: "", keyVariable: "OPENAI_API_KEY" },
  { provider: "openai", wire: openaiResponses, settings: 'output = "json"', keyVariable: "OPENAI_API_KEY" },
  { provider: "openai", wire: openaiResponses, settings: 'output = "text"', keyVariable: "OPENAI_API_KEY" },
  { provider: "litellm", wire: chatCompletions, settings: 'model = "m"', keyVariable: "LITELLM_API_KEY" },
];

let byRecordings: ReadonlyMap<string, string>;
beforeAll(async () => {
  const project = await copyExample("mail");
  for (const path of generatedIn(await project.list())) await project.remove(path);
  const built = await runJaunt(project.root, ["build"]);
  expect(built.exitCode, built.stderr).toBe(0);
  byRecordings = await bodies(project);
  await project.remove();
});

describe.each(providers)("examples/mail by $provider $settings", ({ provider, wire, settings, keyVariable }) => {
  test("becomes the same files as by its recordings, and the key stays on the wire", { timeout: 120_000 }, async () => {
    const { project, replies } = await unbuilt();
    const server = await serve(wire, replies);
    await configure(project, `provider = "${provider}"\nbase_url = "${server.url}"\n${settings}`);

    const built = await runJaunt(project.root, ["build", "--debug"], { env: { [keyVariable]: planted } });

    expect(built.exitCode, built.stderr).toBe(0);
    expect(await bodies(project)).toEqual(byRecordings);
    expect(server.requests).toHaveLength(replies.size);
    expect(server.requests.every(({ headers }) => headers["authorization"] === `Bearer ${planted}`)).toBe(true);
    expect(`${built.stdout}${built.stderr}`).not.toContain(planted);
    for (const path of await project.list()) expect(await project.read(path), path).not.toContain(planted);
  });
});

test.each(providers.filter(({ settings }) => !settings.includes("output")))(
  "a key that $provider refuses ends the build at once, with the setting to look at",
  async ({ provider, wire, settings, keyVariable }) => {
    const { project } = await unbuilt();
    const server = await startHttpServer((_request, reply) => {
      const { status, body } = wire.failure("auth", `Wrong key ${planted}`);
      reply.writeHead(status).end(body);
    });
    onTestFinished(() => server.close());
    await configure(project, `provider = "${provider}"\nbase_url = "${server.url}"\n${settings}`);

    const built = await runJaunt(project.root, ["build", "--jobs", "1", "--debug"], {
      env: { [keyVariable]: planted },
    });

    expect(built.exitCode).toBe(2);
    expect(built.stderr).toContain(keyVariable);
    expect(`${built.stdout}${built.stderr}`).not.toContain(planted);
    expect(server.requests).toHaveLength(1);
  },
);

test.each(providers.filter(({ settings }) => !settings.includes("output")))(
  "a stream of $provider that is cut once is asked for again, and no half of it is built",
  { timeout: 120_000 },
  async ({ provider, wire, settings, keyVariable }) => {
    const { project, replies } = await unbuilt();
    let cut = 0;
    const server = await serve(wire, replies, (events) => {
      cut += 1;
      return cut === 1 ? events.slice(0, -3) : events;
    });
    await configure(project, `provider = "${provider}"\nbase_url = "${server.url}"\n${settings}`);

    const built = await runJaunt(project.root, ["build"], { env: { [keyVariable]: planted } });

    expect(built.exitCode, built.stderr).toBe(0);
    expect(await bodies(project)).toEqual(byRecordings);
    expect(server.requests).toHaveLength(replies.size + 1);
  },
);

/** The example without what was built, and the text of the recorded reply by module. */
async function unbuilt(): Promise<{
  readonly project: TemporaryProject;
  readonly replies: ReadonlyMap<string, string>;
}> {
  const project = await copyExample("mail");
  onTestFinished(() => project.remove());
  const files = await project.list();
  for (const path of generatedIn(files)) await project.remove(path);
  const replies = new Map<string, string>();
  for (const path of files.filter((path) => path.startsWith("recordings/"))) {
    const parsed = parseRecording(await project.read(path));
    if (!parsed.ok || parsed.recording.type !== "reply") throw new Error(`${path} is no recorded reply.`);
    replies.set(path.replace(/^recordings\/(.*)\.1\.md$/, "$1"), parsed.recording.text);
  }
  return { project, replies };
}

/** What was built, without the line that names who generated it. */
async function bodies(project: TemporaryProject): Promise<ReadonlyMap<string, string>> {
  const paths = generatedIn(await project.list());
  const texts = await Promise.all(paths.map((path) => project.read(path)));
  return new Map(paths.map((path, index) => [path, (texts[index] ?? "").replace(/^\/\/ jaunt:generator=.*\n/m, "")]));
}

function generatedIn(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => path.includes("__generated__/") && !path.startsWith("dist/"));
}

/** Plays the recorded replies, by whatever channel a request asks for. */
async function serve(
  wire: WireFormat,
  replies: ReadonlyMap<string, string>,
  spoil: (events: readonly string[]) => readonly string[] = (events) => events,
): Promise<HttpServer> {
  const server = await startHttpServer(({ path, body }, reply) => {
    const text = path === wire.path ? replies.get(/Module `([^`]+)`/.exec(body)?.[1] ?? "") : undefined;
    if (text === undefined) return reply.writeHead(404).end("{}");
    const usage = { input: 1_000, cacheRead: 0, output: 100, reasoning: 0 };
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

async function configure(project: TemporaryProject, llm: string): Promise<void> {
  await project.write("jaunt.toml", `version = 1\n[paths]\nsource_roots = ["src"]\n[llm]\n${llm}\n`);
}
