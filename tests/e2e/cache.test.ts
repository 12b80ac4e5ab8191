import {
  createTemporaryProject,
  runJaunt,
  startJaunt,
  startScriptedServer,
  waitFor,
  type ScriptedAnswer,
  type ScriptedServer,
  type TemporaryProject,
} from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";

const key = { LITELLM_API_KEY: "sk-test" };
const good = "```ts\nexport function twice(n: number): number {\n  return n * 2;\n}\n```\n";
const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

describe("info", () => {
  test("tells what is kept, by kind, and that nothing is shared", async () => {
    const { project } = await openBuilt();
    const { stdout, exitCode } = await runJaunt(project.root, ["cache", "info"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^replies +1 +[\d.]+ k?B +\.jaunt\/cache\/responses$/m);
    expect(stdout).toMatch(/^contracts +\d+ +/m);
    expect(stdout).toMatch(/^analysis +1 +[\d.]+ k?B +\.jaunt\/cache\/\S+$/m);
    expect(stdout).toContain("shared cache: none");
    expect(stdout).toMatch(/^cache: [\d.]+ k?B below \.jaunt\/cache in /m);
  });

  test("as JSON it is one document with the same figures, and it changes nothing", async () => {
    const { project } = await openBuilt(undefined, ["--debug"]);
    const before = await project.list(".jaunt");
    const report = (await runJaunt(project.root, ["cache", "info", "--json"])).json();
    expect(report).toMatchObject({
      schema: "jaunt.cache/1",
      command: "cache",
      action: "info",
      dir: ".jaunt/cache",
      stores: expect.arrayContaining([
        { kind: "replies", path: ".jaunt/cache/responses", entries: 1, bytes: expect.any(Number) },
        { kind: "prompts", path: ".jaunt/prompts", entries: 1, bytes: expect.any(Number) },
      ]),
      remote: null,
    });
    expect(await project.list(".jaunt")).toEqual(before);
  });

  test("an untouched project keeps nothing, and is given nothing", async () => {
    const project = await openProject("http://127.0.0.1:9");
    expect((await runJaunt(project.root, ["cache", "info"])).stdout).toContain("cache: 0 B below .jaunt/cache");
    expect(project.exists(".jaunt")).toBe(false);
  });

  test("a shared cache that cannot be reached is told of, within seconds, and is no failure", async () => {
    const project = await openProject("http://127.0.0.1:9", '[cache]\nremote = "http://127.0.0.1:9/x"\n');
    const { stdout, exitCode } = await runJaunt(project.root, ["cache", "info"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("shared cache: http://127.0.0.1:9/x is of no use now, only read");
    expect(stdout).toMatch(/warning: The shared cache .* cannot be reached[^]*fix: Check \[cache\] remote/);
  });
});

describe("clear", () => {
  test("removes everything that Jaunt cached, and the next build asks again", async () => {
    const { project, model } = await openBuilt();
    const { stdout, exitCode } = await runJaunt(project.root, ["cache", "clear"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/cache: cleared, [\d.]+ k?B freed/);
    expect(await project.list(".jaunt/cache")).toEqual([]);
    expect(await project.read("src/__generated__/twice.ts")).toContain("n * 2");
    await project.remove("src/__generated__");
    await runJaunt(project.root, ["build"], { env: key });
    expect(model.requests).toHaveLength(2);
  });

  test("a second time there is nothing to do", async () => {
    const { project } = await openBuilt();
    await runJaunt(project.root, ["cache", "clear", "--yes"]);
    expect((await runJaunt(project.root, ["cache", "clear", "--json"])).json()).toMatchObject({
      action: "clear",
      removed: [],
      freed_bytes: 0,
    });
  });

  test.each([
    ["src", "src/twice.jaunt.ts", "src holds what Jaunt did not write: __generated__, twice.jaunt.ts, twice.ts"],
    [".", "package.json", "which holds the project itself"],
    ["..", "package.json", "which holds the project itself"],
    ["/", "package.json", "which holds the project itself"],
  ])("refuses where [cache] dir is %j, and touches nothing", async (dir, path, message) => {
    const { project } = await openBuilt(
      `[cache]\ndir = ${JSON.stringify(dir === ".." || dir === "/" ? ".jaunt/cache" : dir)}\n`,
    );
    await project.write(
      "jaunt.toml",
      (await project.read("jaunt.toml")).replace(/dir = .*/, `dir = ${JSON.stringify(dir)}`),
    );
    const before = await project.list();
    const result = await runJaunt(project.root, ["cache", "clear", "--yes"]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(message);
    expect(await project.list()).toEqual(before);
    expect(project.exists(path)).toBe(true);
  });

  test("refuses beside a file of somebody else's, but not beside a dot file", async () => {
    const { project } = await openBuilt();
    await project.write(".jaunt/cache/.DS_Store", "x");
    await project.write(".jaunt/cache/thesis.doc", "ten years of work");
    const refused = await runJaunt(project.root, ["cache", "clear", "--json"]);
    expect(refused.json()).toMatchObject({ command: "cache", error: { code: "cache-not-ours", exit_code: 2 } });
    expect(await project.read(".jaunt/cache/thesis.doc")).toBe("ten years of work");
    await project.remove(".jaunt/cache/thesis.doc");
    expect((await runJaunt(project.root, ["cache", "clear"])).exitCode).toBe(0);
    expect(await project.list(".jaunt/cache")).toEqual([".jaunt/cache/.DS_Store"]);
  });

  test("waits for nobody: during a build, clear and prune say who is building", async () => {
    const { project } = await openUnbuilt({ text: good, delayMs: 60_000 });
    const running = startJaunt(project.root, ["build"], { env: key });
    await waitFor(() => project.exists(".jaunt/lock"));
    for (const action of ["clear", "prune"]) {
      const { exitCode, stderr } = await runJaunt(project.root, ["cache", action]);
      expect([exitCode, stderr]).toEqual([3, expect.stringContaining(`process ${String(running.pid)}`)]);
    }
    running.kill("SIGINT");
    await running.finished;
  });
});

describe("prune", () => {
  test("removes what was not used for so long, and what is beyond a size", async () => {
    const { project, model } = await openBuilt();
    await project.write("src/twice.jaunt.ts", spec("The number times two."));
    await runJaunt(project.root, ["build"], { env: key });
    const prune = async (...args: readonly string[]): Promise<unknown> =>
      (await runJaunt(project.root, ["cache", "prune", "--json", ...args])).json();
    expect(await prune("--older-than", "1h", "--max-size", "1MB")).toMatchObject({
      schema: "jaunt.cache/1",
      action: "prune",
      removed_replies: 0,
      kept_replies: 2,
    });
    expect(await prune("--max-size", "1B")).toMatchObject({ removed_replies: 2, kept_replies: 0 });
    await project.remove("src/__generated__");
    await runJaunt(project.root, ["build"], { env: key });
    expect(model.requests).toHaveLength(3);
    const { stdout } = await runJaunt(project.root, ["cache", "prune", "--older-than", "0h"]);
    expect(stdout).toMatch(/^cache: 1 reply removed, [\d.]+ k?B freed, 0 kept/);
  });

  test("without limits it removes only what is damaged", async () => {
    const { project } = await openBuilt();
    const content = (await project.list(".jaunt/cache/responses/content-v2"))[0] ?? "";
    await project.write(content, "damaged");
    expect((await runJaunt(project.root, ["cache", "prune"])).stdout).toMatch(/^cache: 1 reply removed, .* 0 kept/);
  });

  test("where nothing is kept it makes nothing", async () => {
    const project = await openProject("http://127.0.0.1:9");
    expect((await runJaunt(project.root, ["cache", "prune"])).stdout).toContain("0 replies removed");
    expect(await project.list(".jaunt").catch(() => [])).toEqual([]);
  });
});

describe("usage", () => {
  test.each([
    [["cache"], "Run `jaunt cache info`, `jaunt cache clear` or `jaunt cache prune`."],
    [["cache", "claer"], "clear"],
    [["cache", "prune", "--older-than", "soon"], "12h, 30d or 8w"],
    [["cache", "prune", "--max-size", "-5MB"], "500MB"],
    [["cache", "info", "--target", "src/a"], "cache takes no --target"],
  ])("jaunt %j ends in 2 and says what is possible", async (args, message) => {
    const project = await openProject("http://127.0.0.1:9");
    const result = await runJaunt(project.root, args);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(message);
    expect(result.stdout).toBe("");
  });

  test("--help of each tells its options", async () => {
    const project = await openProject("http://127.0.0.1:9");
    const help = async (...args: readonly string[]): Promise<string> =>
      (await runJaunt(project.root, ["cache", ...args, "--help"])).stdout;
    expect(await help()).toMatch(/info[^]*clear[^]*prune/);
    expect(await help("clear")).toContain("--yes");
    expect(await help("prune")).toMatch(/--older-than <time>[^]*--max-size <size>/);
  });
});

function spec(doc: string): string {
  return `/** ${doc} */\nexport declare function twice(n: number): number;\n`;
}

async function openProject(url: string, extra = ""): Promise<TemporaryProject> {
  const project = await createTemporaryProject(
    {
      "jaunt.toml": `version = 1\n[paths]\ntest_roots = []\n[llm]\nprovider = "litellm"\nmodel = "m"\nbase_url = "${url}"\n${extra}`,
      "package.json": '{ "name": "cached", "private": true, "type": "module" }',
      "tsconfig.json": tsconfig(),
      "src/twice.jaunt.ts": spec("Twice the number."),
    },
    { nodeModules: true },
  );
  opened.push(() => project.remove());
  return project;
}

interface Opened {
  readonly project: TemporaryProject;
  readonly model: ScriptedServer;
}

async function openUnbuilt(answer: ScriptedAnswer, extra = ""): Promise<Opened> {
  const model = await startScriptedServer({ "*": answer });
  opened.push(() => model.close());
  return { model, project: await openProject(model.url, extra) };
}

async function openBuilt(extra = "", args: readonly string[] = []): Promise<Opened> {
  const both = await openUnbuilt({ text: good }, extra);
  const result = await runJaunt(both.project.root, ["build", ...args], { env: key });
  expect(`${result.stderr} exit ${String(result.exitCode)}`).toContain("exit 0");
  return both;
}
