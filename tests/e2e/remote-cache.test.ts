import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import {
  createTemporaryProject,
  findNginx,
  runJaunt,
  startNginx,
  startScriptedServer,
  type NginxOptions,
  type NginxServer,
  type ScriptedAnswer,
  type ScriptedServer,
  type TemporaryProject,
} from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";

const specs: Readonly<Record<string, string>> = {
  "src/base.jaunt.ts": "/** Twice the number. */\nexport declare function base(n: number): number;\n",
  "src/left.jaunt.ts":
    'import { base } from "./base.js";\n\n/** One more than {@link base}. */\nexport declare function left(n: number): number;\n',
};
const good: Readonly<Record<string, string>> = {
  "src/base": fence("export function base(n: number): number {\n  return n * 2;\n}"),
  "src/left": fence("export function left(n: number): number {\n  return base(n) + 1;\n}"),
};
const bad = fence('export function left(n: number): number {\n  return "no";\n}');
const secret = "planted-secret-4711";
const key = { LITELLM_API_KEY: "sk-test" };

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

const nginx = await findNginx();
const why = "reason" in nginx ? ` (SKIPPED: ${nginx.reason})` : "";
// A summary counts skipped tests and does not name them.
if (why !== "") process.stderr.write(`The tests of the shared cache with a real nginx do not run${why}.\n`);

describe.skipIf("reason" in nginx)(`with a real nginx${why}`, () => {
  test("what one machine paid for, another builds from without a call or a key, to the same bytes", async () => {
    const [cache, model] = [await openNginx(), await openModel()];
    const writer = await openMachine(model, cache.url, { write: true });
    expect(await build(writer)).toMatchObject({ generated: ["src/base", "src/left"], calls: 2, remote_hits: 0 });

    const reader = await openMachine(model, cache.url);
    const report = await build(reader, [], {});
    expect(report).toMatchObject({ generated: ["src/base", "src/left"], calls: 0, cache_hits: 2, remote_hits: 2 });
    expect(report.stderr).not.toContain("warning");
    expect(model.requests).toHaveLength(2);
    for (const path of await writer.list("src")) expect(await reader.read(path), path).toBe(await writer.read(path));

    // What was fetched is kept: nothing is asked of anybody again.
    await reader.remove("src/__generated__");
    const asked = (await cache.requests()).length;
    expect(await build(reader)).toMatchObject({ calls: 0, cache_hits: 2, remote_hits: 0 });
    expect(await cache.requests()).toHaveLength(asked);
  });

  test("lies in the layout of Bazel, under digests, and holds neither prompts nor keys", async () => {
    const [cache, model] = [await openNginx(), await openModel()];
    await build(await openMachine(model, cache.url, { write: true }));
    const entries = await readdir(join(cache.folder, "ac"));
    const blobs = await readdir(join(cache.folder, "cas"));
    expect([entries.length, blobs.length]).toEqual([2, 2]);
    for (const name of [...entries, ...blobs]) expect(name).toMatch(/^[0-9a-f]{64}$/);
    for (const name of blobs) {
      const bytes = await readFile(join(cache.folder, "cas", name));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(name);
      expect(Object.keys(JSON.parse(bytes.toString("utf8")) as object).sort()).toEqual([
        "channel",
        "finish",
        "model",
        "text",
        "usage",
      ]);
      expect(bytes.toString("utf8")).not.toMatch(/Twice the number|One more than|sk-test/);
    }
    for (const name of entries) {
      const text = (await readFile(join(cache.folder, "ac", name))).toString("latin1");
      expect(blobs.filter((blob) => text.includes(blob))).toHaveLength(1);
    }
  });

  test("is only read unless remote_write says otherwise", async () => {
    const [cache, model] = [await openNginx(), await openModel()];
    await build(await openMachine(model, cache.url));
    expect(await readdir(cache.folder)).toEqual([]);
    expect((await cache.requests()).map((line) => line.split(" ")[0])).not.toContain("PUT");
  });

  test("a repair that worked is shared as a whole; replies that led nowhere are not", async () => {
    const cache = await openNginx();
    const model = await openModel({ "src/left": [bad, good["src/left"] ?? ""] });
    await build(await openMachine(model, cache.url, { write: true }));
    expect(await build(await openMachine(model, cache.url))).toMatchObject({ calls: 0, remote_hits: 3 });

    const other = await openNginx();
    const hopeless = await openModel({ "src/left": { text: bad } });
    const failing = await openMachine(hopeless, other.url, { write: true });
    expect((await runJaunt(failing.root, ["build"], { env: key })).exitCode).toBe(3);
    expect(await readdir(join(other.folder, "ac"))).toHaveLength(1);
  });

  test("a poisoned reply is checked like any, and once it led nowhere it is never taken again", async () => {
    const [cache, model] = [await openNginx(), await openModel()];
    await build(await openMachine(model, cache.url, { write: true }));
    await poison(cache, good["src/left"] ?? "", bad);

    const repairing = await openMachine(model, cache.url);
    expect(await build(repairing)).toMatchObject({ remote_hits: 2, calls: 1 });

    const reader = await openMachine(model, cache.url, { extra: "[build]\nmax_attempts = 1\n" });
    expect((await runJaunt(reader.root, ["build"], { env: key })).exitCode).toBe(3);
    expect(await build(reader)).toMatchObject({ generated: ["src/left"], calls: 1, remote_hits: 0 });
    expect(await reader.read("src/__generated__/left.ts")).toContain("base(n) + 1");
  });

  test("a reply that does not match its digest is not used", async () => {
    const [cache, model] = [await openNginx(), await openModel()];
    await build(await openMachine(model, cache.url, { write: true }));
    for (const name of await readdir(join(cache.folder, "cas"))) {
      const file = join(cache.folder, "cas", name);
      await writeFile(file, (await readFile(file, "utf8")).replace("n * 2", "n * 3").replace("+ 1", "+ 7"));
    }
    const reader = await openMachine(model, cache.url);
    const report = await build(reader);
    expect(report).toMatchObject({ calls: 2, remote_hits: 0 });
    expect(warnings(report.stderr)).toEqual([expect.stringContaining("does not match its digest")]);
    expect(await reader.read("src/__generated__/left.ts")).toContain("base(n) + 1");
  });

  test("a name and a password in the address open it, and are shown nowhere", async () => {
    const cache = await openNginx({ login: { user: "ann", password: secret } });
    const model = await openModel();
    const address = cache.url.replace("//", `//ann:${secret}@`);
    const writer = await openMachine(model, address, { write: true });
    const reader = await openMachine(model, address);
    const printed: string[] = [];
    for (const project of [writer, reader]) {
      for (const args of [
        ["build", "--debug", "--verbose", "--json"],
        ["build", "--debug"],
        ["cache", "info", "--debug", "--json"],
        ["cache", "info"],
        ["doctor", "--debug"],
      ]) {
        const { stdout, stderr } = await runJaunt(project.root, args, { env: key });
        printed.push(stdout, stderr);
      }
      for (const path of await project.list(".jaunt")) printed.push(await project.read(path));
      for (const path of await project.list("src")) printed.push(await project.read(path));
    }
    expect(printed.join("\n")).not.toContain(secret);
    expect(printed.join("\n")).not.toContain(Buffer.from(`ann:${secret}`).toString("base64"));
    expect(model.requests).toHaveLength(2);
    expect(printed.join("\n")).toContain(`${cache.url} answers`);
  });

  test("wrong credentials cost one warning that says what to do, and are shown nowhere", async () => {
    const cache = await openNginx({ login: { user: "ann", password: "right" } });
    const model = await openModel();
    const project = await openMachine(model, cache.url.replace("//", `//ann:${secret}@`), { write: true });
    const env = { ...key, JAUNT_CACHE_TOKEN: `${secret}-token` };
    const result = await runJaunt(project.root, ["build", "--debug", "--verbose"], { env });
    expect(result.exitCode).toBe(0);
    expect(warnings(result.stderr)).toEqual([expect.stringContaining("refuses access (401)")]);
    expect(result.stderr).toContain("Set JAUNT_CACHE_TOKEN");
    expect(result.stdout + result.stderr).not.toContain(secret);
    for (const path of await project.list(".jaunt")) expect(await project.read(path), path).not.toContain(secret);
    const doctor = await runJaunt(project.root, ["doctor"], { env });
    expect(doctor.stdout).toContain("refuses access (401)");
    expect(doctor.stdout + doctor.stderr).not.toContain(secret);
  });

  test("a full one costs one warning", async () => {
    const cache = await openNginx({ maxBody: "100" });
    const model = await openModel();
    const report = await build(await openMachine(model, cache.url, { write: true }));
    expect(report).toMatchObject({ generated: ["src/base", "src/left"], calls: 2 });
    expect(warnings(report.stderr)).toEqual([expect.stringContaining("has no room (413)")]);
  });
});

describe("a server that fails costs a bounded time and one warning, never a build", () => {
  const faults: readonly (readonly [string, string, Handler, boolean])[] = [
    ["is silent", "did not answer within 2 s", () => {}, false],
    [
      "is silent when it is to store",
      "not shared",
      (request, response) => void (request.method === "PUT" || response.writeHead(404).end()),
      true,
    ],
    ["breaks", "answers with status 500", (_request, response) => void response.writeHead(500).end("oops"), true],
    ["sends a page", "no cache entry", (_request, response) => void response.writeHead(200).end("<html>"), false],
    [
      "sends elsewhere",
      "sends elsewhere (302)",
      (_request, response) => void response.writeHead(302, { location: "http://127.0.0.1:9/" }).end(),
      true,
    ],
    [
      "never stops sending",
      "no cache entry",
      (_request, response) => {
        const pour = setInterval(() => response.write(Buffer.alloc(256 * 1024)), 1);
        response.on("close", () => clearInterval(pour));
      },
      false,
    ],
    [
      "is full",
      "has no room (507)",
      (request, response) => void response.writeHead(request.method === "PUT" ? 507 : 404).end(),
      true,
    ],
  ];
  test.each(faults)("one that %s", async (_name, message, handle, write) => {
    const model = await openModel();
    const cache = await openFaulty(handle);
    const plain = await openMachine(model, "");
    const usual = (await build(plain)).duration_ms;
    const project = await openMachine(model, cache.url, { write });
    const report = await build(project);
    expect(report).toMatchObject({ generated: ["src/base", "src/left"], calls: 2, remote_hits: 0 });
    expect(warnings(report.stderr)).toEqual([expect.stringContaining(message)]);
    expect(report.duration_ms - usual).toBeLessThan(4_000);
    expect(await project.read("src/__generated__/left.ts")).toBe(await plain.read("src/__generated__/left.ts"));
  });

  test("one that is not there", async () => {
    const cache = await openFaulty(() => {});
    await cache.close();
    const report = await build(await openMachine(await openModel(), cache.url, { write: true }));
    expect(warnings(report.stderr)).toEqual([expect.stringContaining("cannot be reached (ECONNREFUSED)")]);
  });
});

describe("what never asks it", () => {
  test("--offline, sync, status, plan, why, check and a build with nothing to do", async () => {
    const cache = await openFaulty((_request, response) => void response.writeHead(404).end());
    const project = await openMachine(await openModel(), cache.url, { write: true });
    await runJaunt(project.root, ["build", "--offline"], { env: key });
    for (const command of [["sync"], ["status"], ["plan"], ["why", "src/base"], ["check"], ["clean", "--dry-run"]])
      await runJaunt(project.root, command, { env: key });
    expect(cache.requests).toEqual([]);
    await build(project);
    const asked = cache.requests.length;
    expect(asked).toBeGreaterThan(0);
    await build(project);
    expect(cache.requests).toHaveLength(asked);
  });

  test("--no-cache asks it for nothing, and still stores what was asked afresh", async () => {
    const cache = await openFaulty((_request, response) => void response.writeHead(201).end());
    const project = await openMachine(await openModel(), cache.url, { write: true });
    await build(project, ["--no-cache"]);
    expect(cache.requests.map((line) => line.replace(/[0-9a-f]{64}/, "#")).sort()).toEqual([
      "PUT /ac/#",
      "PUT /ac/#",
      "PUT /cas/#",
      "PUT /cas/#",
    ]);
  });
});

test("plain http to another machine is warned of, by build and by doctor", async () => {
  const project = await openMachine(await openModel(), "http://cache.invalid/jaunt");
  const report = await build(project);
  expect(warnings(report.stderr)).toEqual([
    expect.stringContaining("http://cache.invalid/jaunt is reached over plain http"),
    expect.stringContaining("cannot be reached"),
  ]);
  expect((await runJaunt(project.root, ["doctor"], { env: key })).stdout).toMatch(/warn +shared-cache/);
});

test("an address that is none is an error of the configuration, without its password", async () => {
  const project = await openMachine(await openModel(), `https://ann:${secret}@[cache`);
  const result = await runJaunt(project.root, ["build", "--debug"], { env: key });
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain("[cache] remote is no address");
  expect(result.stdout + result.stderr).not.toContain(secret);
});

interface MachineOptions {
  readonly write?: boolean;
  /** Further sections of jaunt.toml. */
  readonly extra?: string;
}

/** A fresh clone of one project, on a machine without any cache. */
async function openMachine(
  model: ScriptedServer,
  remote: string,
  { write = false, extra = "" }: MachineOptions = {},
): Promise<TemporaryProject> {
  const llm = `[llm]\nprovider = "litellm"\nmodel = "scripted-model"\nbase_url = "${model.url}"\n`;
  const cache = `[cache]\nremote = "${remote}"\nremote_write = ${String(write)}\n`;
  const project = await createTemporaryProject(
    {
      "jaunt.toml": `version = 1\n[paths]\ntest_roots = []\n${llm}${cache}${extra}`,
      "package.json": '{ "name": "shared", "private": true, "type": "module" }',
      "tsconfig.json": tsconfig(),
      ...specs,
    },
    { nodeModules: true },
  );
  opened.push(() => project.remove());
  expect(existsSync(join(project.root, ".jaunt"))).toBe(false);
  return project;
}

interface BuildOutput {
  readonly stderr: string;
  readonly duration_ms: number;
}

async function build(
  project: TemporaryProject,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = key,
): Promise<BuildOutput> {
  const start = performance.now();
  const result = await runJaunt(project.root, ["build", "--json", ...args], { env });
  const duration = performance.now() - start;
  expect(`${result.stdout}${result.stderr} exit ${String(result.exitCode)}`).toContain("exit 0");
  return { ...(result.json() as object), stderr: result.stderr, duration_ms: duration };
}

function warnings(stderr: string): readonly string[] {
  return stderr.split("\n").filter((line) => line.startsWith("warning"));
}

async function openNginx(options: Omit<NginxOptions, "binary"> = {}): Promise<NginxServer> {
  if ("reason" in nginx) throw new Error(nginx.reason);
  const server = await startNginx({ binary: nginx.binary, ...options });
  opened.push(() => server.stop());
  return server;
}

async function openModel(
  answers: Readonly<Record<string, ScriptedAnswer | readonly string[]>> = {},
): Promise<ScriptedServer> {
  const server = await startScriptedServer({ ...good, ...answers }, { match: moduleOfPrompt });
  opened.push(() => server.close());
  return server;
}

/** The module that a request asks for: the one whose spec path the prompt names last. */
function moduleOfPrompt(body: string): string {
  return [...body.matchAll(/(src\/\w+)\.jaunt\.ts/g)].at(-1)?.[1] ?? "";
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server of ours that answers as told, and what it was asked. */
async function openFaulty(handle: Handler): Promise<{
  readonly url: string;
  readonly requests: readonly string[];
  close(): Promise<void>;
}> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ""} ${request.url ?? ""}`);
    request.resume().on("end", () => handle(request, response));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  opened.push(close);
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, requests, close };
}

/** Replaces one reply's text by another, digests and all, as somebody with write access could. */
async function poison(cache: NginxServer, from: string, to: string): Promise<void> {
  for (const name of await readdir(join(cache.folder, "cas"))) {
    const reply = JSON.parse(await readFile(join(cache.folder, "cas", name), "utf8")) as { readonly text: string };
    if (reply.text !== from) continue;
    const bytes = Buffer.from(JSON.stringify({ ...reply, text: to }));
    const hash = createHash("sha256").update(bytes).digest("hex");
    await writeFile(join(cache.folder, "cas", hash), bytes);
    for (const entry of await readdir(join(cache.folder, "ac"))) {
      const file = join(cache.folder, "ac", entry);
      const text = (await readFile(file)).toString("latin1");
      if (text.includes(name)) await writeFile(file, withSize(text.replace(name, hash), bytes.length), "latin1");
    }
    return;
  }
  throw new Error("There is no such reply to poison.");
}

/** The size is the last varint of an entry; both sizes take two bytes. */
function withSize(entry: string, size: number): string {
  return entry.slice(0, -2) + String.fromCharCode((size % 128) + 128, Math.floor(size / 128));
}

function fence(source: string): string {
  return `\`\`\`ts\n${source}\n\`\`\`\n`;
}
