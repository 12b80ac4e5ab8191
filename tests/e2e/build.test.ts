import { stat } from "node:fs/promises";
import { join } from "node:path";
import {
  createTemporaryProject,
  runJaunt,
  startScriptedServer,
  waitFor,
  startJaunt,
  type ScriptedAnswer,
  type TemporaryProject,
} from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";
import { recordings } from "./recorded-project.ts";

/** A diamond: base <- left, right <- top; other stands alone. */
const specs: Readonly<Record<string, string>> = {
  "src/base": spec("base", "Twice the number.", []),
  "src/left": spec("left", "One more than {@link base}.", ["base"]),
  "src/right": spec("right", "One less than {@link base}.", ["base"]),
  "src/top": spec("top", "Sum of {@link left} and {@link right}.", ["left", "right"]),
  "src/other": spec("other", "The number itself.", []),
};
const replies: Readonly<Record<string, string>> = {
  "src/base": body("base", "n * 2"),
  "src/left": body("left", "base(n) + 1"),
  "src/right": body("right", "base(n) - 1"),
  "src/top": body("top", "left(n) + right(n)"),
  "src/other": body("other", "n"),
};
const opened: { remove?: () => Promise<void>; close?: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0)) await (thing.remove ?? thing.close)?.();
});

describe("what an edit costs", () => {
  test("a second build makes no call, writes no byte and touches no file", async () => {
    const project = await open("replay");
    await build(project);
    const before = await snapshot(project);
    expect(await build(project)).toMatchObject({
      generated: [],
      skipped: Object.keys(specs).toSorted(),
      calls: 0,
      written: [],
    });
    expect(await snapshot(project)).toEqual(before);
  });

  test("an edited doc rebuilds its module and exactly its direct dependents", async () => {
    const project = await open("replay", '\n[build]\non_dependency_change = "regenerate"\n');
    await build(project);
    await edit(project, "src/base.jaunt.ts", "Twice the number.", "The number, doubled.");
    expect(await statuses(project)).toEqual({
      "src/base": "stale",
      "src/left": "stale",
      "src/right": "stale",
      "src/top": "current",
      "src/other": "current",
    });
    expect(await build(project)).toMatchObject({
      generated: ["src/base", "src/left", "src/right"],
      skipped: ["src/other", "src/top"],
    });
  });

  test("by default a dependent that still passes is restamped without a call", async () => {
    const project = await open("replay");
    await build(project);
    await edit(project, "src/base.jaunt.ts", "Twice the number.", "The number, doubled.");
    expect(await build(project)).toMatchObject({
      generated: ["src/base"],
      restamped: ["src/left", "src/right"],
      calls: 1,
    });
    expect(Object.values(await statuses(project)).every((status) => status === "current")).toBe(true);
  });

  test.each([
    ["a comment", "src/base.jaunt.ts", "/** Twice", "// a remark\n/** Twice"],
    ["white space", "src/base.jaunt.ts", "base(n: number)", "base( n : number )"],
    [
      "the magic form of the same signature",
      "src/base.jaunt.ts",
      "export declare function base(n: number): number;",
      'import { magic } from "@jaunt/spec";\nexport function base(n: number): number {\n  return magic(n);\n}',
    ],
    [
      "a new dependency in package.json",
      "package.json",
      '"private": true',
      '"private": true, "packageManager": "pnpm@9.0.0"',
    ],
  ])("%s restales nothing", async (_name, path, from, to) => {
    const project = await open("replay");
    await build(project);
    await edit(project, path, from, to);
    if (path.endsWith("jaunt.ts") && to.includes("import { magic }")) {
      const text = await project.read(path);
      await project.write(path, text.replace(/^([\s\S]*)(import \{ magic \}.*\n)/, "$2$1"));
    }
    expect(new Set(Object.values(await statuses(project)))).toEqual(new Set(["current"]));
  });

  test("CRLF restales nothing", async () => {
    const project = await open("replay");
    await build(project);
    for (const path of await project.list("src"))
      await project.write(path, (await project.read(path)).replaceAll("\n", "\r\n"));
    expect(new Set(Object.values(await statuses(project)))).toEqual(new Set(["current"]));
  });

  test("a hand-edited file is left alone, and only --force --target replaces it, keeping a copy", async () => {
    const project = await open("replay");
    await build(project);
    await edit(project, "src/__generated__/left.ts", "base(n) + 1", "base(n) + 2");
    const refused = await runJaunt(project.root, ["build"]);
    expect(refused.exitCode).toBe(3);
    expect(refused.stdout + refused.stderr).toContain("--force --target src/left");
    expect(await project.read("src/__generated__/left.ts")).toContain("base(n) + 2");
    expect((await runJaunt(project.root, ["build", "--force", "--target", "src/left"])).exitCode).toBe(0);
    expect(await project.read("src/__generated__/left.ts")).toContain("base(n) + 1");
    const copies = (await project.list(".jaunt")).filter((path) => path.includes("left"));
    expect(await Promise.all(copies.map((path) => project.read(path)))).toContainEqual(
      expect.stringContaining("base(n) + 2"),
    );
  });
});

describe("a build over real HTTP", () => {
  test("streams every module from a chat completions endpoint and reports usage", async () => {
    const { project } = await openServed();
    const report = await build(project);
    expect(report).toMatchObject({ calls: 5, failed: [], usage: { input: 15_000, output: 50 } });
    expect(await project.read("src/__generated__/top.ts")).toContain("left(n) + right(n)");
  });

  test("a prompt holds the contract and the source of what the module depends on", async () => {
    const { project, server } = await openServed();
    await build(project);
    const prompt = promptOf(server.requests.find((request) => request.key === "src/left")?.body ?? "");
    // The source repeats doc and signature, so each must be found under its own heading.
    expect(prompt).toMatch(
      /contract of src\/base:base[^]*Twice the number\.[^]*function base\(n: number\): number[^]*contract of src\/base:base/,
    );
    expect(prompt).toContain("file src/__generated__/base.ts");
    expect(prompt).toContain("return n * 2;");
    const unrelated = promptOf(server.requests.find((request) => request.key === "src/other")?.body ?? "");
    expect(unrelated).not.toContain("n * 2");
  });

  test("the source of a dependency stays out when it is over the budget or not wanted", async () => {
    const { project, server } = await openServed({}, '\n[build]\ndependency_context = "api"\n');
    await build(project);
    const prompt = promptOf(server.requests.find((request) => request.key === "src/left")?.body ?? "");
    expect(prompt).toContain("Twice the number.");
    expect(prompt).not.toContain("return n * 2;");
  });

  test("a 429 with retry-after is waited for and is no attempt", async () => {
    const limited: ScriptedAnswer = {
      status: 429,
      headers: { "retry-after-ms": "50" },
      body: { error: { message: "slow down" } },
    };
    const { project } = await openServed({ "src/base": [limited, fence(replies["src/base"] ?? "")] });
    expect(await build(project)).toMatchObject({ failed: [], calls: 5 });
  });

  test("a wrong key ends the build at once, names the variable and never the key", async () => {
    const refused: ScriptedAnswer = { status: 401, body: { error: { message: "bad key sk-planted-secret" } } };
    const { project, server } = await openServed(Object.fromEntries(Object.keys(replies).map((id) => [id, refused])));
    const result = await runJaunt(project.root, ["build", "--debug", "--jobs", "1"], {
      env: { LITELLM_API_KEY: "sk-planted-secret" },
    });
    expect(result.exitCode).not.toBe(0);
    expect(result.stdout + result.stderr).not.toContain("planted-secret");
    expect(server.requests.length).toBeLessThanOrEqual(2);
    for (const path of await project.list(".jaunt")) expect(await project.read(path)).not.toContain("planted-secret");
  });

  test("a reply that was received is never paid for again", async () => {
    const { project, server } = await openServed();
    await build(project);
    const paid = server.requests.length;
    await project.remove("src/__generated__");
    expect(await build(project)).toMatchObject({ calls: 0, cache_hits: 5 });
    expect(server.requests).toHaveLength(paid);
  });

  test("--record writes recordings that replay to the same bytes without a network", async () => {
    const { project } = await openServed();
    expect((await runJaunt(project.root, ["build", "--record", "recordings"], { env: key })).exitCode).toBe(0);
    const built = await project.read("src/__generated__/top.ts");
    await project.remove("src/__generated__");
    await project.remove(".jaunt");
    await edit(
      project,
      "jaunt.toml",
      /provider = .*/.exec(await project.read("jaunt.toml"))?.[0] ?? "",
      'provider = "replay"',
    );
    await build(project);
    const replayed = await project.read("src/__generated__/top.ts");
    expect(withoutGenerator(replayed)).toBe(withoutGenerator(built));
  });

  test("Ctrl-C ends within a second in 130 and keeps what is done", async () => {
    const { project } = await openServed({
      "src/left": { text: "", delayMs: 60_000 },
      "src/right": { text: "", delayMs: 60_000 },
    });
    const running = startJaunt(project.root, ["build"], { env: key });
    await waitFor(() => project.exists("src/__generated__/base.ts") && running.output().stderr.includes("src/left"));
    await waitFor(async () => (await project.read("src/__generated__/base.ts")).includes("jaunt:kind=build"));
    const start = performance.now();
    running.kill("SIGINT");
    const result = await running.finished;
    expect(performance.now() - start).toBeLessThan(1500);
    expect(result.exitCode).toBe(130);
    expect(await statuses(project)).toMatchObject({ "src/base": "current", "src/left": "unbuilt" });
    expect(project.exists(".jaunt/lock")).toBe(false);
  });
});

test("a dependent of a failed module says so, and everything independent is built", async () => {
  const project = await open("replay");
  await project.remove("recordings/src/base.1.md");
  const result = await runJaunt(project.root, ["build"]);
  expect(result.exitCode).toBe(3);
  expect(result.stdout + result.stderr).toContain(
    "src/left depends on src/base, which failed to build. Fix the dependency first.",
  );
  expect(await statuses(project)).toMatchObject({
    "src/base": "failed",
    "src/left": "blocked",
    "src/top": "blocked",
    "src/other": "current",
  });
});

function spec(name: string, doc: string, needs: readonly string[]): string {
  const imports = needs.map((need) => `import { ${need} } from "./${need}.js";\n`).join("");
  return `${imports}\n/** ${doc} */\nexport declare function ${name}(n: number): number;\n`;
}

function body(name: string, expression: string): string {
  return `export function ${name}(n: number): number {\n  return ${expression};\n}`;
}

function fence(source: string): string {
  return `\`\`\`ts\n${source}\n\`\`\`\n`;
}

const key = { LITELLM_API_KEY: "sk-test" };

async function open(provider: string, extra = "", llm = ""): Promise<TemporaryProject> {
  const project = await createTemporaryProject(
    {
      "jaunt.toml": `version = 1\n[paths]\ntest_roots = []\n[llm]\nprovider = "${provider}"\nmodel = "scripted-model"\n${llm}${extra}`,
      "package.json": '{ "name": "diamond", "private": true, "type": "module" }',
      "tsconfig.json": tsconfig(),
      ...Object.fromEntries(Object.entries(specs).map(([id, text]) => [`${id}.jaunt.ts`, text])),
      ...recordings(replies),
    },
    { nodeModules: true },
  );
  opened.push(project);
  return project;
}

type Server = Awaited<ReturnType<typeof startScriptedServer>>;

async function openServed(
  answers: Readonly<Record<string, ScriptedAnswer | readonly (string | ScriptedAnswer)[]>> = {},
  extra = "",
): Promise<{ readonly project: TemporaryProject; readonly server: Server }> {
  const script = Object.fromEntries(Object.entries(replies).map(([id, source]) => [id, answers[id] ?? fence(source)]));
  const server = await startScriptedServer(script, { match: moduleOfPrompt });
  opened.push(server);
  return { server, project: await open("litellm", extra, `base_url = "${server.url}"\n`) };
}

/** The module that a request asks for: the one whose spec path the prompt names last. */
function moduleOfPrompt(requestBody: string): string {
  const names = [...promptOf(requestBody).matchAll(/(src\/\w+)\.jaunt\.ts/g)].map((match) => match[1] ?? "");
  return names.at(-1) ?? "";
}

function promptOf(requestBody: string): string {
  const { messages } = JSON.parse(requestBody) as { readonly messages: readonly { readonly content: string }[] };
  return messages.map((message) => message.content).join("\n");
}

interface BuildOutput {
  readonly generated: readonly string[];
  readonly calls: number;
}

async function build(project: TemporaryProject): Promise<BuildOutput> {
  const result = await runJaunt(project.root, ["build", "--json"], { env: key });
  expect(`${result.stdout}${result.stderr} exit ${String(result.exitCode)}`).toContain("exit 0");
  return result.json() as BuildOutput;
}

async function statuses(project: TemporaryProject): Promise<Readonly<Record<string, string>>> {
  const { modules } = (await runJaunt(project.root, ["status", "--json"])).json() as {
    readonly modules: Readonly<Record<string, { readonly status: string }>>;
  };
  return Object.fromEntries(Object.entries(modules).map(([id, module]) => [id, module.status]));
}

async function edit(project: TemporaryProject, path: string, from: string, to: string): Promise<void> {
  const text = await project.read(path);
  expect(text).toContain(from);
  await project.write(path, text.replace(from, to));
}

async function snapshot(project: TemporaryProject): Promise<Readonly<Record<string, string>>> {
  const paths = (await project.list()).filter((path) => !path.startsWith(".jaunt/"));
  const entries = paths.map(
    async (path) =>
      [path, `${String((await stat(join(project.root, path))).mtimeMs)} ${await project.read(path)}`] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

function withoutGenerator(text: string): string {
  return text.replace(/^\/\/ jaunt:generator=.*$/m, "");
}
