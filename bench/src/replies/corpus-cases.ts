import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { durationSpec } from "./duration.ts";
import type { Channel, ReplyCase } from "./reply-case.ts";

const apis = {
  "anthropic-messages": "anthropic",
  "openai-responses": "openai",
  "openai-chat": "litellm",
} as const;

/** A line of `fixtures.jsonl`: an invented answer to the duration module as one vendor's API sends it. */
interface Fixture {
  readonly id: string;
  readonly api: keyof typeof apis;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly events?: readonly { readonly event?: string; readonly data: unknown }[];
  readonly raw_body?: string;
  readonly raw_body_base64?: string;
  readonly behaviour?: unknown;
  readonly target: { readonly language: string; readonly module: string };
  readonly expect: { readonly outcome: string; readonly accepted_source?: string };
}

/** A line of `real-generations.jsonl`: what a model really wrote when asked to go on with a function. */
interface Generation {
  readonly id: string;
  readonly model: string;
  readonly language: string;
  readonly entry_point: string;
  readonly user_prompt: string;
  readonly raw: string;
}

/**
 * The answers in a corpus folder. Those that depend on how bytes arrive are left to the tests of the backends, and so are calls of tools
 * in forms that Jaunt offers to nobody.
 */
export function corpusCases(folder: string): readonly ReplyCase[] {
  const fixtures = lines<Fixture>(join(folder, "fixtures.jsonl")).filter(isOfUse).map(caseOfFixture);
  const real = lines<Generation>(join(folder, "real-generations.jsonl"))
    .filter(({ language }) => language === "typescript")
    .map(caseOfGeneration);
  return [...fixtures, ...real];
}

function lines<Line>(path: string): readonly Line[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Line);
}

function isOfUse({ status, behaviour, target, ...fixture }: Fixture): boolean {
  const isDuration = target.language === "typescript" && target.module === "duration";
  const isOffered = fixture.api === "openai-chat" || channelOf(fixture) !== "tool";
  return status === 200 && behaviour === undefined && isDuration && isOffered;
}

function channelOf({ id, ...fixture }: Pick<Fixture, "id" | "body" | "events">): Channel {
  if (/\/tool-|"write_module"/.test(`${id}${JSON.stringify(fixture)}`)) return "tool";
  return id.includes("json-") || id.endsWith("-json") ? "json" : "text";
}

function caseOfFixture(fixture: Fixture): ReplyCase {
  const { id, api, headers, expect } = fixture;
  return {
    name: id,
    group: api,
    channel: channelOf(fixture),
    api: apis[api],
    spec: durationSpec,
    source: expect.outcome === "accept" ? (expect.accepted_source ?? "") : undefined,
    response: () => new Response(wireOf(fixture), { headers }),
  };
}

function wireOf({ body, events, raw_body: raw, raw_body_base64: base64 }: Fixture): string | Uint8Array<ArrayBuffer> {
  if (base64 !== undefined) return Uint8Array.from(Buffer.from(base64, "base64"));
  const text =
    raw ??
    events
      ?.map(({ event, data }) => `${event === undefined ? "" : `event: ${event}\n`}data: ${textOf(data)}\n\n`)
      .join("") ??
    JSON.stringify(body);
  return text.replaceAll("write_module", "write_source");
}

function textOf(data: unknown): string {
  return typeof data === "string" ? data : JSON.stringify(data);
}

/** The prompt's stub as a spec. What was asked for then was no export; it is taken for one here. */
function caseOfGeneration({ id, model, entry_point: name, user_prompt: prompt, raw }: Generation): ReplyCase {
  const stub = new RegExp(`^function ${name}\\b[^]*?(?= \\{$)`, "m").exec(prompt)?.[0] ?? `function ${name}(): void`;
  const text = raw.replaceAll(new RegExp(`^([ \\t]*)((?:async )?function ${name}\\b)`, "gm"), "$1export $2");
  const body = JSON.stringify({ choices: [{ message: { content: text }, finish_reason: "stop" }] });
  return {
    name: id,
    group: model,
    channel: "text",
    api: "litellm",
    spec: `/** ${name}. */\nexport declare ${stub};\n`,
    source: "",
    response: () => new Response(body),
  };
}
