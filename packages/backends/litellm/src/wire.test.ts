import type { GenerateResponse } from "@jaunt/core";
import { startHttpServer } from "@jaunt/testkit";
import { expect, onTestFinished, test } from "vitest";
import { createBackend } from "./index.ts";

// What servers of this format do that no other does; what all do is in the conformance suite.

const usage = { model: "m", choices: [], usage: { prompt_tokens: 5, completion_tokens: 3 } };
const whole = [chunk("export const "), chunk("größe = 「7」;"), finish("stop"), usage].map(event).join("");
const expected = "export const größe = 「7」;";

test.each<[string, string]>([
  ["event names and ids", `${whole}data: [DONE]\n\n`.replaceAll("data: ", "event: completion\nid: 1\ndata: ")],
  ["no [DONE], for the finish reason is there", whole],
  ["no finish reason, for [DONE] is there", `${event(chunk(expected))}${event(usage)}data: [DONE]\n\n`],
  ["no last line end", `${whole}data: [DONE]`],
  ["a first chunk without choices", `${event({ choices: [], prompt_filter_results: [] })}${whole}`],
  ["choices that nobody asked for", event({ choices: [{ index: 1, delta: { content: "another " } }] }) + whole],
  ["errors that are null", whole.replaceAll('"model":"m"', '"model":"m","error":null')],
])("a stream is read with %s", async (_name, body) => {
  expect(await ask(body)).toMatchObject({ text: expected, finish: "stop", model: "m", usage: { input: 5, output: 3 } });
});

test("content may come in parts, of which only texts are text", async () => {
  const content = [{ type: "text", text: "export " }, { type: "image" }, { type: "text", text: "{};" }];
  const response = await ask(JSON.stringify({ choices: [{ message: { content }, finish_reason: "length" }] }));

  expect(response).toMatchObject({ text: "export {};", finish: "length" });
});

function chunk(content: string): object {
  return { model: "m", choices: [{ index: 0, delta: { content }, finish_reason: null }] };
}

function finish(reason: string): object {
  return { model: "m", choices: [{ index: 0, delta: {}, finish_reason: reason }] };
}

function event(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

async function ask(body: string): Promise<GenerateResponse> {
  const server = await startHttpServer((_request, reply) => reply.end(body));
  onTestFinished(() => server.close());
  const setup = {
    provider: "litellm",
    model: "m",
    apiKey: undefined,
    output: "auto",
    timeoutMs: 10_000,
    recordings: "",
  };
  const part = { name: "spec", role: "user", stability: "module", text: "spec" } as const;
  const request = { label: "src/a", attempt: 1, prompt: [part], model: "", maxOutputTokens: 100 };
  return createBackend({ ...setup, baseUrl: server.url }).generate(request, { signal: new AbortController().signal });
}
