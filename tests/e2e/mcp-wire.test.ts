import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { join } from "node:path";
import { createTemporaryProject, repositoryRoot, runJaunt, waitFor, type TemporaryProject } from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { canSeeProcesses, outliving, runVariable } from "../faults/processes.ts";
import { tsconfig } from "./fixture.ts";

const opened: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

/** A plug-in that prints where it must not, and answers. */
const noisy = `
console.log("noise while loading");
export const keyEnvironment = [];
export const keyRequired = () => false;
export const createBackend = () => ({
  apiVersion: 1,
  name: "noisy",
  generate: async () => {
    console.log("noise");
    process.stdout.write("more noise\\n");
    return { text: "export function base(n: number): number {\\n  return n * 2;\\n}", channel: "source", finish: "stop",
      usage: { input: 1, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 }, model: "noisy" };
  },
});
`;

/** A plug-in that never answers; the program that it starts ends with the call. */
const deaf = `
import { spawn } from "node:child_process";
export const keyEnvironment = [];
export const keyRequired = () => false;
export const createBackend = () => ({
  apiVersion: 1,
  name: "deaf",
  generate: (request, { signal }) => new Promise(() => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    signal.addEventListener("abort", () => child.kill());
  }),
});
`;

test("what a plug-in prints goes to stderr; stdout carries JSON-RPC alone", async () => {
  const server = await serve({ provider: "./noisy.mjs", files: { "noisy.mjs": noisy } });
  const built = await server.call("jaunt_build", {});
  expect(built).toMatchObject({ result: { structuredContent: { generated: ["src/base"] } } });
  expect(server.printed.stderr.match(/noise/g)).toHaveLength(3);
  expect(server.strayLines()).toEqual([]);
});

test("what is no request, or a bad one, is answered or dropped, and the server lives on", async () => {
  const server = await serve({});
  const lines = [
    "not json",
    "",
    "null",
    "[]",
    "{}",
    '{"jsonrpc":"1.0","id":7,"method":"tools/list"}',
    '{"jsonrpc":"2.0","id":8,"method":"no/such"}',
    '{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"rm","arguments":{}}}',
    '{"jsonrpc":"2.0","id":null,"method":"tools/list"}',
    '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":424242}}',
    '{"jsonrpc":"2.0","id":10,"result":{}}',
    `${"[".repeat(50_000)}${"]".repeat(50_000)}`,
    "\u0000\uFFFD\u2028",
  ];
  for (const line of lines) server.send(line);
  expect(await server.call("jaunt_status", {})).toMatchObject({ result: { structuredContent: { command: "status" } } });
  expect(server.strayLines()).toEqual([]);
  expect(server.answerTo(8)).toMatchObject({ error: {} });
});

test.each<[string, unknown]>([
  ["jaunt_status", { targets: "src/base" }],
  ["jaunt_status", { targets: [""] }],
  ["jaunt_status", { targets: ["../../etc/*"] }],
  ["jaunt_status", { root: "/etc" }],
  ["jaunt_status", []],
  ["jaunt_why", {}],
  ["jaunt_why", { module: "../../etc/passwd" }],
  ["jaunt_why", { module: "src/base\u0000" }],
  ["jaunt_spec_info", { module: "__proto__" }],
  ["jaunt_check", { since: "--output=/tmp/x" }],
  ["jaunt_build", { wait_ms: -1 }],
  ["jaunt_build", { mode: "yolo" }],
  ["jaunt_job", { job: "../job-1" }],
  ["jaunt_submit", { module: "src/base", source: "x" }],
  ["jaunt_clean", { confirm: "yes" }],
])("%s refuses %j without a stack trace", async (name, input) => {
  const server = await serve({});
  const answer = await server.call(name, input);
  const { result, error } = answer as { result?: { isError?: boolean }; error?: unknown };
  expect(result?.isError === true || error !== undefined, JSON.stringify(answer)).toBe(true);
  expect(JSON.stringify(answer)).not.toMatch(/ at .*:\d+:\d+|internal-error/);
  expect(await server.call("jaunt_status", {})).toMatchObject({ result: { structuredContent: {} } });
});

describe.skipIf(!canSeeProcesses)("ends within two seconds and leaves no process", () => {
  test.each(["stdin is closed", "SIGTERM", "SIGINT"])("when %s in the middle of a build", async (how) => {
    const mark = `mcp-${String(process.pid)}-${how.replaceAll(" ", "-")}`;
    const server = await serve({ provider: "./deaf.mjs", files: { "deaf.mjs": deaf }, env: { [runVariable]: mark } });
    expect(await server.call("jaunt_build", { wait_ms: 1_500 })).toMatchObject({
      result: { structuredContent: { command: "job", running: ["src/base"] } },
    });
    const ended = new Promise((resolve) => server.child.once("exit", (code) => resolve(code)));
    if (how === "stdin is closed") server.child.stdin.end();
    else server.child.kill(how as NodeJS.Signals);
    expect(await outliving(mark, server.project.root, 2_000)).toEqual([]);
    expect(await ended).toBe(how === "stdin is closed" ? 0 : 130);
    expect(server.project.exists(".jaunt/lock")).toBe(false);
  });
});

test("`jaunt mcp` says what it lacks, and serve takes no --json", async () => {
  const project = await createTemporaryProject({});
  opened.push(() => project.remove());
  expect(await runJaunt(project.root, ["mcp"])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("jaunt mcp serve") as unknown,
  });
  expect((await runJaunt(project.root, ["mcp", "serve", "--json"])).exitCode).toBe(2);
  expect((await runJaunt(project.root, ["mcp", "serve", "--help"])).stdout).toContain("--root");
});

interface Server {
  readonly child: ChildProcessWithoutNullStreams;
  readonly project: TemporaryProject;
  readonly printed: { stdout: string; stderr: string };
  send(line: string): void;
  call(name: string, input: unknown): Promise<unknown>;
  answerTo(id: number): unknown;
  /** Lines of stdout that are no JSON-RPC message. */
  strayLines(): readonly string[];
}

interface ServeOptions {
  readonly provider?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** A server without any client library between it and the test, after the handshake. */
async function serve({ provider = "replay", files = {}, env = {} }: ServeOptions): Promise<Server> {
  const project = await createTemporaryProject(
    {
      "jaunt.toml": `version = 1\n[llm]\nprovider = "${provider}"\n`,
      "package.json": '{ "name": "served", "private": true, "type": "module" }',
      "tsconfig.json": tsconfig(),
      "src/base.jaunt.ts": "/** Twice the number. */\nexport declare function base(n: number): number;\n",
      ...files,
    },
    { nodeModules: true },
  );
  opened.push(() => project.remove());
  const binary = join(repositoryRoot(), "packages/cli/dist/bin.js");
  const child = spawn(process.execPath, [binary, "mcp", "serve", "--root", project.root], {
    cwd: project.root,
    env: { PATH: process.env["PATH"], HOME: project.root, ...env },
  });
  opened.push(() => void child.kill("SIGKILL"));
  const printed = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
  const messages = (): readonly { readonly id?: number }[] =>
    lines(printed.stdout).flatMap((line) => (isMessage(line) ? [JSON.parse(line) as { id?: number }] : []));
  const send = (line: string): void => void child.stdin.write(`${line}\n`);
  let id = 100;
  const request = async (method: string, params: unknown): Promise<unknown> => {
    id += 1;
    const mine = id;
    send(JSON.stringify({ jsonrpc: "2.0", id: mine, method, params }));
    return waitFor(() => messages().find((message) => message.id === mine), {
      what: `an answer to ${method}; printed were ${printed.stdout.slice(-2000)} ${printed.stderr}`,
      timeoutMs: 20_000,
    });
  };
  await request("initialize", {
    protocolVersion: "2025-06-18",
    capabilities: {},
    clientInfo: { name: "raw", version: "1" },
  });
  send('{"jsonrpc":"2.0","method":"notifications/initialized"}');
  return {
    child,
    project,
    printed,
    send,
    call: (name, input) => request("tools/call", { name, arguments: input }),
    answerTo: (wanted) => messages().find((message) => message.id === wanted),
    strayLines: () => lines(printed.stdout).filter((line) => !isMessage(line)),
  };
}

function lines(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

function isMessage(line: string): boolean {
  try {
    return (JSON.parse(line) as { jsonrpc?: unknown }).jsonrpc === "2.0";
  } catch {
    return false;
  }
}
