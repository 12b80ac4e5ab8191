import { setTimeout as sleep } from "node:timers/promises";
import { anthropicMessages, openaiResponses, runJaunt, startHttpServer, type WireFormat } from "@jaunt/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { configureLlm, moduleAskedFor, unbuiltMail } from "./served-mail.ts";

interface Block {
  readonly text: string;
  readonly cache_control?: unknown;
  readonly prompt_cache_breakpoint?: unknown;
}

/** The blocks of a prompt in their order, as each vendor's API gets them. */
const vendors: readonly {
  readonly provider: string;
  readonly wire: WireFormat;
  readonly keyVariable: string;
  blocksOf(body: string): readonly Block[];
}[] = [
  {
    provider: "anthropic",
    wire: anthropicMessages,
    keyVariable: "ANTHROPIC_API_KEY",
    blocksOf(body) {
      const { system, messages } = JSON.parse(body) as {
        readonly system: readonly Block[];
        readonly messages: readonly { readonly content: readonly Block[] }[];
      };
      return [...system, ...messages.flatMap(({ content }) => content)];
    },
  },
  {
    provider: "openai",
    wire: openaiResponses,
    keyVariable: "OPENAI_API_KEY",
    blocksOf(body) {
      const { input } = JSON.parse(body) as { readonly input: readonly { readonly content: readonly Block[] }[] };
      return input.flatMap(({ content }) => content);
    },
  },
];

describe.each(vendors)("with $provider", ({ provider, wire, keyVariable, blocksOf }) => {
  test("every module's prompt begins with the same bytes, and the breakpoint stands where they end", async () => {
    const { bodies } = await build({ provider, wire, keyVariable });
    const prompts = bodies.map(blocksOf);
    const ends = prompts.map((blocks) =>
      blocks.findIndex((block) => block.cache_control !== undefined || block.prompt_cache_breakpoint !== undefined),
    );
    const starts = prompts.map((blocks, index) => JSON.stringify(blocks.slice(0, (ends[index] ?? 0) + 1)));

    expect(bodies).toHaveLength(17);
    expect(new Set(starts)).toEqual(new Set([starts[0]]));
    // On the wire too: what stands before the breakpoint's end is byte-equal in every request.
    const shared = commonStart(bodies);
    for (const body of bodies) {
      expect(body.indexOf("Module `")).toBeGreaterThanOrEqual(shared);
      expect(body.search(/"cache_control":|"prompt_cache_breakpoint":/)).toBeLessThan(shared);
    }
    // Nothing behind the breakpoint is shared by all, or it should have been before it.
    expect(new Set(prompts.map((blocks, index) => blocks[(ends[index] ?? 0) + 1]?.text)).size).toBeGreaterThan(1);
    const whole = prompts.map((blocks) => length(blocks));
    const share = (length(prompts[0]?.slice(0, (ends[0] ?? 0) + 1) ?? []) * prompts.length) / sum(whole);
    expect(share).toBeGreaterThan(0.25);
  });

  test("with eight jobs one request goes alone until its first token, and then the others at once", async () => {
    const { arrivals, firstToken } = await build({ provider, wire, keyVariable, beforeFirstTokenMs: 700 });

    expect(arrivals.filter((at) => at < firstToken)).toHaveLength(1);
    // They come while the first answer is still being written, not one after another.
    expect(arrivals.filter((at) => at >= firstToken && at < firstToken + answerMs).length).toBeGreaterThan(1);
  });
});

/** How long the first answer takes from its first token to its end. */
const answerMs = 1_500;

interface Built {
  /** Request bodies in the order of arrival. */
  readonly bodies: readonly string[];
  readonly arrivals: readonly number[];
  /** When the first answer began. */
  readonly firstToken: number;
}

async function build(given: {
  readonly provider: string;
  readonly wire: WireFormat;
  readonly keyVariable: string;
  readonly beforeFirstTokenMs?: number;
}): Promise<Built> {
  const { project, replies } = await unbuiltMail();
  onTestFinished(() => project.remove());
  const bodies: string[] = [];
  const arrivals: number[] = [];
  let firstToken = Number.POSITIVE_INFINITY;
  const server = await startHttpServer(async ({ body }, reply) => {
    arrivals.push(performance.now());
    bodies.push(body);
    const text = replies.get(moduleAskedFor(body));
    if (text === undefined) return reply.writeHead(404).end("{}");
    const isFirst = bodies.length === 1;
    const source = /^```\w*\n([^]*?)^```/m.exec(text)?.[1] ?? text;
    const answer = body.includes('"write_source"') ? { text: source, tool: "write_source" } : { text };
    const usage = { input: 1_000, cacheRead: 0, output: 100, reasoning: 0 };
    const events = given.wire.stream({ ...answer, finish: "stop", usage, chunkSize: 200 });
    const begins = events.findIndex((event) => event.includes("delta"));
    reply.write(events.slice(0, begins).join(""));
    if (given.beforeFirstTokenMs !== undefined && isFirst) {
      await sleep(given.beforeFirstTokenMs);
      firstToken = performance.now();
      reply.write(events.slice(begins, begins + 4).join(""));
      await sleep(answerMs);
      return reply.end(events.slice(begins + 4).join(""));
    }
    return reply.end(events.slice(begins).join(""));
  });
  onTestFinished(() => server.close());
  await configureLlm(project, `provider = "${given.provider}"\nbase_url = "${server.url}"`);

  const built = await runJaunt(project.root, ["build", "--jobs", "8"], { env: { [given.keyVariable]: "secret" } });

  expect(built.exitCode, built.stderr).toBe(0);
  return { bodies, arrivals, firstToken };
}

function commonStart(texts: readonly string[]): number {
  const [first = ""] = texts;
  let end = 0;
  while (end < first.length && texts.every((text) => text[end] === first[end])) end += 1;
  return end;
}

function length(blocks: readonly Block[]): number {
  return sum(blocks.map(({ text }) => text.length));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
