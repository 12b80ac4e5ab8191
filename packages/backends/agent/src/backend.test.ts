import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Backend, BackendSetup, GenerateRequest, GenerateResponse } from "@jaunt/core";
import {
  installFakeAgents,
  waitFor,
  type AgentPlan,
  type AgentSeen,
  type AgentTrick,
  type FakeAgents,
} from "@jaunt/testkit";
import { backendConformance, type ConformanceCase } from "@jaunt/testkit/conformance";
import { describe, expect, onTestFinished, test } from "vitest";
import { createBackend, inspect, keyEnvironment, keyRequired } from "./index.ts";

/** Of no form that a redaction by looks would know. */
const secret = "zebra7Quartz9Lantern";
const keys = {
  ANTHROPIC_API_KEY: secret,
  OPENAI_API_KEY: secret,
  CODEX_API_KEY: secret,
  GEMINI_API_KEY: secret,
  GOOGLE_API_KEY: secret,
  LITELLM_API_KEY: secret,
};
const agents = [
  { provider: "claude-code", command: "claude", endings: ["length", "refusal"] },
  { provider: "codex", command: "codex", endings: ["length", "refusal"] },
  // It does not tell them from a stop.
  { provider: "gemini-cli", command: "gemini", endings: [] },
] as const;

for (const { provider, endings } of agents) {
  backendConformance(
    provider,
    async ({ text, finish, usage, failure, stalls }: ConformanceCase) => {
      const fakes = await installFakeAgents({ text, finish, stalls, usage, failure });
      let calls: readonly AgentSeen[] = [];
      const backend = connect(provider, fakes);
      return {
        backend: {
          ...backend,
          generate: (request, options) =>
            backend.generate(request, options).finally(async () => {
              calls = await fakes.seen();
            }),
        },
        secret,
        sent: () => calls.map(wire),
        close: () => fakes.remove(),
      };
    },
    endings,
  );
}

/** What an agent was told, without what differs from call to call by design. */
function wire({ args, stdin, system, environment, cwd }: AgentSeen): string {
  const { PATH: _path, ...rest } = environment;
  return JSON.stringify({ args, stdin, system, rest }).replaceAll(dirname(cwd), "<workplace>");
}

describe.each(agents)("$provider", ({ provider, command }) => {
  test("works in an empty folder of its own, of which nothing is left", async () => {
    const { fakes, answer } = await ask(provider, { text: "fine", tricks: ["litter"] });
    expect(await answer).toMatchObject({ text: "fine", channel: "text" });

    const [call] = await fakes.seen();
    expect(call?.files).toEqual([]);
    expect(call?.cwd.startsWith(tmpdir())).toBe(true);
    expect(process.cwd().startsWith(call!.cwd)).toBe(false);
    expect(existsSync(dirname(call!.cwd))).toBe(false);
    expect(call?.environment["TMPDIR"]).toBe(join(dirname(call!.cwd), "tmp"));
  });

  test("gets no key and keeps what signs it in", async () => {
    const { fakes, answer } = await ask(provider, { text: "fine" });
    await answer;

    const [call] = await fakes.seen();
    expect(JSON.stringify(call)).not.toContain(secret);
    expect(call?.environment).toMatchObject({ HOME: "/home/ann", LANG: "C.UTF-8", HTTPS_PROXY: "http://proxy:3128" });
  });

  test("gets the prompt by standard input or a file, never as an argument", async () => {
    const text = `src/email ${"long ".repeat(50_000)}`;
    const { fakes, answer } = await ask(provider, { text: "fine" }, { prompt: prompt(text) });
    await answer;

    const [call] = await fakes.seen();
    expect(`${call!.system}\n${call!.stdin}`).toContain("You write TypeScript.");
    expect(call!.stdin).toContain(text);
    expect(call!.args.join(" ").length).toBeLessThan(1_000);
    expect(call!.args).toEqual(expect.arrayContaining(["--model", "some-model"]));
  });

  test("an abort ends it and whatever it started, deaf or not", async () => {
    const { fakes, answer, abort } = await ask(provider, {
      text: "never",
      tricks: ["ignore-sigterm", "grandchild", "hang"],
    });
    const grandchild = await waitFor(() => fakes.grandchild().catch(() => undefined));
    const call = await waitFor(async () => (await fakes.seen())[0]);
    abort();

    await expect(answer).rejects.toMatchObject({ kind: "aborted", exitCode: 130 });
    await waitFor(() => !isAlive(grandchild!) && !isAlive(call!.pid));
    expect(existsSync(dirname(call!.cwd))).toBe(false);
  });

  test("what it leaves running when it is done ends with it", async () => {
    const { fakes, answer } = await ask(provider, { text: "fine", tricks: ["grandchild"] });
    expect(await answer).toMatchObject({ text: "fine" });
    const grandchild = await fakes.grandchild();
    await waitFor(() => !isAlive(grandchild));
  });

  test("one that answers and lingers does not keep us", async () => {
    const started = performance.now();
    const { answer } = await ask(provider, { text: "fine", tricks: ["linger", "ignore-sigterm"] });
    expect(await answer).toMatchObject({ text: "fine", finish: "stop" });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test("one that hangs runs into the limit of the call", async () => {
    const { answer } = await ask(provider, { tricks: ["hang", "ignore-sigterm"] }, {}, { timeoutMs: 700 });
    await expect(answer).rejects.toMatchObject({ kind: "timeout", message: "The model took over 0.7 s." });
  });

  test("notices before the answer and characters cut anywhere do it no harm", async () => {
    const text = "Grüße 👋 日本語\n".repeat(20);
    const { answer } = await ask(provider, { text, tricks: ["garbage", "split"] });
    expect((await answer).text).toBe(text);
  });

  test("missing figures are estimated", async () => {
    const { answer } = await ask(provider, { text: "fine" });
    expect((await answer).usage).toMatchObject({ estimated: true });
  });

  test.each<readonly [AgentTrick, object]>([
    ["quit", { kind: "invalid-response", retryable: true }],
    ["prose", { kind: "invalid-response", message: expect.stringContaining("without an answer") as string }],
    ["half", { kind: expect.stringMatching(/invalid-response|connection/) as string, retryable: true }],
    ["killed", { kind: "server", message: expect.stringContaining("was ended by SIGKILL") as string }],
    ["max-turns", { kind: "invalid-response", message: expect.stringContaining("used its one turn") as string }],
    ["unknown-option", { kind: "bad-request", hint: expect.stringContaining("npm install --global") as string }],
    ["crash", { kind: "server", message: expect.stringContaining("exit code 7: panic: no space left") as string }],
    ["flood", { kind: "invalid-response", retryable: false, message: expect.stringContaining("64 MiB") as string }],
  ])("%s ends in one clear error", async (trick, expected) => {
    const { answer } = await ask(provider, { text: "fine ".repeat(20), tricks: [trick] });
    await expect(answer).rejects.toMatchObject(expected);
    await answer.catch((error: unknown) => expect(String(error)).not.toContain("abcdefghijklmnop"));
  });

  test("an empty answer is none", async () => {
    const { answer } = await ask(provider, { text: " \n" });
    await expect(answer).rejects.toMatchObject({ kind: "invalid-response", message: /empty answer/ });
  });

  test("nobody being signed in says how to sign in", async () => {
    const { answer } = await ask(provider, { failure: "auth" });
    await expect(answer).rejects.toMatchObject({
      kind: "auth",
      hint: expect.stringContaining(`\`${command}`) as string,
    });
  });

  test("one that is not installed gives the line that installs it", () => {
    expect(() => createBackend({ ...setup(provider), environment: { PATH: "relative:/nowhere" } })).toThrow(
      expect.objectContaining({
        code: "agent-missing",
        exitCode: 2,
        hint: expect.stringMatching(/^Run `npm install --global @/),
      }),
    );
  });

  test.each([
    ["a key", { apiKey: "k" }, "api_key_env"],
    ["an address", { baseUrl: "http://localhost" }, "base_url"],
    ["another channel", { output: "tool" }, "output"],
  ])("%s is refused", (_name, changes, setting) => {
    expect(() => createBackend({ ...setup(provider), ...changes })).toThrow(
      expect.objectContaining({ code: "agent-setting", message: expect.stringContaining(setting) }),
    );
  });

  test.each(["--dangerous", 'x" & calc', "a b"])("the name %j is no model and starts nothing", async (model) => {
    const { fakes, answer } = await ask(provider, { text: "fine" }, { model });
    await expect(answer).rejects.toMatchObject({ kind: "bad-request" });
    expect(await fakes.seen()).toEqual([]);
  });

  test("is inspected without a call", async () => {
    const { fakes } = await fakeAgents({});
    const home = join(fakes.folder, "home");
    const environment = { PATH: path(fakes), HOME: home };
    const look = (): ReturnType<typeof inspect> => inspect({ ...setup(provider), environment });

    expect(await look()).toMatchObject({ command, installed: true, signedIn: false, version: /^\d+\.\d+\.\d+$/ });
    await signIn(provider, home);
    expect(await look()).toMatchObject({ signedIn: true });
    expect(await inspect({ ...setup(provider), environment: { PATH: "/nowhere" } })).toMatchObject({
      installed: false,
    });
    expect(await fakes.seen()).toEqual([]);
  });

  test("no key is needed", () => {
    expect(keyEnvironment).toEqual([]);
    expect(keyRequired()).toBe(false);
  });
});

test("silence within an answer of an agent that streams is a timeout", async () => {
  const { fakes } = await fakeAgents({ text: "some text that never ends", stalls: true });
  const backend = createBackend({ ...setup("claude-code"), environment: environment(fakes) }, { idleTimeoutMs: 300 });
  await expect(backend.generate(request(), { signal: new AbortController().signal })).rejects.toMatchObject({
    kind: "timeout",
    message: "The model sent nothing for 0.3 s.",
  });
});

test("a slash at the start of a prompt is no command to Gemini CLI", async () => {
  const { fakes, answer } = await ask("gemini-cli", { text: "fine" }, { prompt: prompt("/quit") });
  await answer;
  expect((await fakes.seen())[0]?.stdin).toBe("Task:\n/quit");
});

test("a limit that names its end as a number names it as a time", async () => {
  const { agentError } = await import("./agent-error.ts");
  const { claudeCode } = await import("./agents/claude-code.ts");
  const error = agentError(
    { said: "Claude AI usage limit reached|1760000400", exitCode: 1, signal: null },
    { agent: claudeCode, model: "", clean: (text) => text },
  );
  expect(error).toMatchObject({
    kind: "quota",
    message: expect.stringContaining("2025-10-09T09:00:00.000Z") as string,
  });
});

async function fakeAgents(plan: AgentPlan): Promise<{ readonly fakes: FakeAgents }> {
  const fakes = await installFakeAgents(plan);
  onTestFinished(() => fakes.remove());
  return { fakes };
}

async function ask(
  provider: string,
  plan: AgentPlan,
  changes: Partial<GenerateRequest> = {},
  settings: Partial<BackendSetup> = {},
): Promise<{ readonly fakes: FakeAgents; readonly answer: Promise<GenerateResponse>; abort(): void }> {
  const { fakes } = await fakeAgents(plan);
  const controller = new AbortController();
  const backend = createBackend({ ...setup(provider), environment: environment(fakes), ...settings });
  const answer = backend.generate(request(changes), { signal: controller.signal });
  // A test may look at other things first.
  answer.catch(() => {});
  return { fakes, answer, abort: () => controller.abort() };
}

function connect(provider: string, fakes: FakeAgents): Backend {
  return createBackend({ ...setup(provider), environment: environment(fakes) });
}

function path({ folder }: FakeAgents): string {
  return `${folder}${delimiter}${String(process.env["PATH"])}`;
}

function environment(fakes: FakeAgents): Readonly<Record<string, string>> {
  return { ...keys, PATH: path(fakes), HOME: "/home/ann", LANG: "C.UTF-8", HTTPS_PROXY: "http://proxy:3128" };
}

function setup(provider: string): BackendSetup {
  return { provider, model: "", apiKey: undefined, baseUrl: "", output: "auto", timeoutMs: 20_000, recordings: "" };
}

function prompt(text: string): GenerateRequest["prompt"] {
  return [
    { name: "rules", role: "system", stability: "project", text: "You write TypeScript." },
    { name: "spec", role: "user", stability: "module", text },
  ];
}

function request(changes: Partial<GenerateRequest> = {}): GenerateRequest {
  return {
    label: "src/a",
    attempt: 1,
    prompt: prompt("spec"),
    model: "some-model",
    maxOutputTokens: 1_000,
    ...changes,
  };
}

async function signIn(provider: string, home: string): Promise<void> {
  const file = {
    "claude-code": ".claude/.credentials.json",
    codex: ".codex/auth.json",
    "gemini-cli": ".gemini/oauth_creds.json",
  }[provider]!;
  await mkdir(dirname(join(home, file)), { recursive: true });
  await writeFile(join(home, file), "{}");
  expect(await readdir(home)).toHaveLength(1);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return true;
}
