import { expect, onTestFinished, test } from "vitest";
import { startScriptedServer, type ScriptedServer, type ScriptedServerOptions } from "./index.ts";

const byModule: ScriptedServerOptions = { match: (body) => /module: (\w+)/.exec(body)?.[1] ?? "none" };

test("each module has its own script, told apart by a marker in the prompt", async () => {
  const server = await start({ email: ["first", "second"], util: "always" }, byModule);

  expect(textOf(await (await ask(server, "module: email")).text())).toBe("first");
  expect(textOf(await (await ask(server, "module: util")).text())).toBe("always");
  expect(textOf(await (await ask(server, "module: email")).text())).toBe("second");
  expect(textOf(await (await ask(server, "module: util")).text())).toBe("always");
  expect(server.requests.map(({ key }) => key)).toEqual(["email", "util", "email", "util"]);
});

test("a request beyond the script is a 400 that says so", async () => {
  const server = await start({ email: ["only"] }, byModule);
  await ask(server, "module: email");
  const beyond = await ask(server, "module: email");
  const unknown = await ask(server, "module: other");

  expect(beyond.status).toBe(400);
  expect(await beyond.text()).toContain("no answer for request 2 of email");
  expect(await unknown.text()).toContain("no answer for request 1 of other; it knows email");
});

test("text is streamed in chunks, then the finish reason, usage and the end", async () => {
  const server = await start({
    "*": { text: "abcdef", chunkSize: 2, finishReason: "length", usage: { prompt_tokens: 7 } },
  });
  const response = await ask(server, "anything");
  const body = await response.text();

  expect(response.headers.get("content-type")).toContain("text/event-stream");
  expect(body.match(/"content":"(ab|cd|ef)"/g)).toHaveLength(3);
  expect(body).toMatch(/"finish_reason":"length"[^]*"prompt_tokens":7[^]*data: \[DONE\]\n\n$/);
});

test("status, headers and body can be anything", async () => {
  const server = await start({ "*": { status: 429, headers: { "retry-after": "1" }, body: { error: "slow down" } } });
  const response = await ask(server, "anything");

  expect(response.status).toBe(429);
  expect(response.headers.get("retry-after")).toBe("1");
  expect(await response.json()).toEqual({ error: "slow down" });
});

test("a reset breaks the body off", async () => {
  const server = await start({ "*": { text: "half", finishReason: null, ending: "reset" } });
  const response = await ask(server, "anything");

  await expect(response.text()).rejects.toThrow();
});

test("models are listed", async () => {
  const server = await start({}, { models: ["one", "two"] });
  const response = await fetch(`${server.url}/v1/models`);

  expect(await response.json()).toMatchObject({ data: [{ id: "one" }, { id: "two" }] });
});

async function start(
  script: Parameters<typeof startScriptedServer>[0],
  options: ScriptedServerOptions = {},
): Promise<ScriptedServer> {
  const server = await startScriptedServer(script, options);
  onTestFinished(() => server.close());
  return server;
}

function ask(server: ScriptedServer, body: string): Promise<Response> {
  return fetch(`${server.url}/v1/chat/completions`, { method: "POST", body });
}

function textOf(stream: string): string {
  return [...stream.matchAll(/"content":"([^"]*)"/g)].map(([, text]) => text).join("");
}
