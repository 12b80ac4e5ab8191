import { readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  createTemporaryProject,
  runJaunt,
  startJaunt,
  startScriptedServer,
  waitFor,
  type ProcessResult,
  type RunningProcess,
  type ScriptedAnswer,
  type ScriptedServer,
  type TemporaryProject,
} from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";

/** base <- left; other stands alone. */
const specs: Readonly<Record<string, string>> = {
  "src/base": spec("base", "Twice the number.", []),
  "src/left": spec("left", "One more than {@link base}.", ["base"]),
  "src/other": spec("other", "The number itself.", []),
};
const replies: Readonly<Record<string, string>> = {
  "src/base": reply("base", "n * 2"),
  "src/left": reply("left", "base(n) + 1"),
  "src/other": reply("other", "n"),
  "src/late": reply("late", "-n"),
};

const running: RunningProcess[] = [];
const opened: { remove?: () => Promise<void>; close?: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const process of running.splice(0)) process.kill("SIGKILL");
  for (const thing of opened.splice(0)) await (thing.remove ?? thing.close)?.();
});

describe("what a change sets off", () => {
  test("an edited spec rebuilds its module with one request, and what Jaunt writes itself sets off nothing", async () => {
    const { project, server, watch } = await start();
    expect(asked(server)).toEqual(["src/base", "src/left", "src/other"]);
    await edit(project, "src/other.jaunt.ts", "itself", "as it is");
    await watch.idle(2);
    expect(asked(server)).toEqual(["src/base", "src/left", "src/other", "src/other"]);
    expect(watch.log()).toMatch(/^\d\d:\d\d:\d\d src\/other\.jaunt\.ts changed$/m);
    await quiet();
    const { rounds, totals, interrupted } = await watch.stop();
    expect(rounds.map(({ generated }) => generated)).toEqual([["src/base", "src/left", "src/other"], ["src/other"]]);
    expect({ ...totals, interrupted }).toMatchObject({ rounds: 2, generated: 4, calls: 4, interrupted: false });
    expect(rounds[1]?.changes).toEqual([{ path: "src/other.jaunt.ts", change: "changed" }]);
  });

  test("a comment, a save without a change, and a file of no concern cost nothing and are not mentioned", async () => {
    const { project, server, watch } = await start();
    const before = watch.log();
    await edit(project, "src/base.jaunt.ts", "/** Twice", "// a remark\n/** Twice");
    await project.write("src/other.jaunt.ts", await project.read("src/other.jaunt.ts"));
    await project.write("src/notes.ts", "export const notes = 1;\n");
    await project.write("README.md", "read me\n");
    await quiet();
    expect(watch.log()).toBe(before);
    expect(server.requests).toHaveLength(3);
    expect((await watch.stop()).totals.rounds).toBe(1);
  });

  test("with --verbose a change that comes to nothing leaves one line", async () => {
    const { project, watch } = await start({}, ["--verbose"]);
    await edit(project, "src/base.jaunt.ts", "/** Twice", "// a remark\n/** Twice");
    await watch.says(/src\/base\.jaunt\.ts changed: nothing to do/);
  });

  test("an edited contract verifies the dependents, and only asks for what no longer fits", async () => {
    const { project, server, watch } = await start();
    await edit(project, "src/base.jaunt.ts", "Twice the number.", "The number, doubled.");
    await watch.idle(2);
    expect(asked(server, 3)).toEqual(["src/base"]);
    expect((await watch.stop()).rounds[1]).toMatchObject({ generated: ["src/base"], restamped: ["src/left"] });
  });

  test("a new spec is built, and a deleted one leaves an orphan that is reported once", async () => {
    const { project, watch } = await start();
    await project.write("src/deep/er/late.jaunt.ts", spec("late", "Minus the number.", []));
    await watch.idle(2);
    expect(await project.read("src/deep/er/__generated__/late.ts")).toContain("return -n;");
    await project.remove("src/other.jaunt.ts");
    await watch.says(/src\/other is gone, but src\/__generated__\/other\.ts is still there/);
    await watch.idle(3);
    expect(watch.log()).toContain("1 orphaned; Ctrl-C");
    await edit(project, "src/base.jaunt.ts", "Twice", "Two times");
    await watch.idle(4);
    expect(watch.log().match(/is gone, but/g)).toHaveLength(1);
  });

  test("a deleted generated file comes back without a call, an edited one is left alone and reported", async () => {
    const { project, server, watch } = await start();
    await project.remove("src/__generated__/other.ts");
    await watch.idle(2);
    expect(await project.read("src/__generated__/other.ts")).toContain("jaunt:kind=build");
    await edit(project, "src/__generated__/base.ts", "n * 2", "n + n");
    await watch.says(/src\/__generated__\/base\.ts was edited by hand and is left alone/);
    await watch.idle(3);
    expect(server.requests).toHaveLength(3);
    expect(await project.read("src/__generated__/base.ts")).toContain("n + n");
  });

  test("files that are replaced by renaming, and many at once, are one round, as often as it happens", async () => {
    const { project, watch } = await start();
    const words = ["number", "integer", "figure", "value"];
    for (const [index, to] of words.slice(1).entries()) {
      for (const name of ["base", "other"]) await replace(project, `src/${name}.jaunt.ts`, words[index] ?? "", to);
      await watch.idle(index + 2);
    }
    const { rounds } = await watch.stop();
    expect(rounds.slice(1).map(({ generated }) => generated)).toEqual(
      words.slice(1).map(() => ["src/base", "src/other"]),
    );
  });

  test("a hand-written file that built code no longer fits rebuilds it, but not while that file has errors of its own", async () => {
    const { project, server, watch } = await start({
      files: {
        "src/unit.ts": "export const unit = (n: number): number => n;\n",
        "src/other.jaunt.ts": `import { magic } from "@jaunt/spec";\nimport { unit } from "./unit.js";\n\n/** The number itself, through unit. */\nexport function other(n: number): number {\n  return magic(n, unit);\n}\n`,
      },
      answers: { "src/other": [fence(reply("other", "unit(n)")), fence(reply("other", "unit(n, 1)"))] },
    });
    await project.write("src/unit.ts", "export const unit = (n: number, by: number): number => n *;\n");
    await watch.says(/src\/unit\.ts:1:\d+ error types\/1109/);
    await quiet();
    expect(server.requests).toHaveLength(3);
    await project.write("src/unit.ts", "export const unit = (n: number, by: number): number => n * by;\n");
    await watch.says(/✓ src\/other: built/, 2);
    await watch.idle(3);
    expect(await project.read("src/__generated__/other.ts")).toContain("unit(n, 1)");
    expect(asked(server, 3)).toEqual(["src/other"]);
  });
});

describe("what a watch lives through", () => {
  test("a syntax error is shown with its place, and its mending builds", async () => {
    const { project, server, watch } = await start();
    const text = await project.read("src/base.jaunt.ts");
    await project.write("src/base.jaunt.ts", text.replace("number;", "num ber(;"));
    await watch.says(/src\/base\.jaunt\.ts:2:\d+ error/);
    await watch.idle(2);
    await project.write("src/base.jaunt.ts", text.replace("Twice the", "The doubled"));
    await watch.idle(3);
    expect(asked(server, 3)).toEqual(["src/base"]);
  });

  test("a broken jaunt.toml is waited out, and the mended one takes effect", async () => {
    const { project, server, watch } = await start();
    const config = await project.read("jaunt.toml");
    await project.write("jaunt.toml", config.replace("[paths]", "[paths"));
    await watch.says(/error: .*jaunt\.toml/);
    await edit(project, "src/other.jaunt.ts", "itself", "as it is");
    await quiet();
    expect(server.requests).toHaveLength(3);
    await project.write("jaunt.toml", config.replace("scripted-model", "another-model"));
    await watch.says(/✓ src\/other: built/, 2);
    expect(server.requests.at(-1)?.body).toContain('"model":"another-model"');
    const hidden = config.replace("test_roots = []", 'test_roots = []\nsource_roots = ["src", "src/.more"]');
    await project.write("src/.more/late.jaunt.ts", spec("late", "Minus the number.", []));
    await project.write("jaunt.toml", hidden);
    await watch.says(/✓ src\/\.more\/late: built/);
    await edit(project, "src/.more/late.jaunt.ts", "Minus the", "The negated");
    await watch.says(/✓ src\/\.more\/late: built/, 2);
  });

  test("a broken tsconfig and a deleted source folder are waited out", async () => {
    const { project, watch } = await start();
    const text = await project.read("tsconfig.json");
    await project.write("tsconfig.json", text.replace("{", '{ "extends": "./missing.json",'));
    await watch.says(/tsconfig\.json error tsconfig\/broken/);
    await project.write("tsconfig.json", text);
    await watch.idle(3);
    const files = await Promise.all(
      (await project.list("src")).map(async (path) => [path, await project.read(path)] as const),
    );
    await project.remove("src");
    await watch.says(/No spec file was found/);
    for (const [path, content] of files) await project.write(path, content);
    await watch.idle(4);
    await edit(project, "src/other.jaunt.ts", "itself", "as it is");
    await watch.says(/✓ src\/other: built/, 2);
  });

  test("a refused key and a failing module are shown, and only an edit tries again", async () => {
    const refused: ScriptedAnswer = { status: 401, body: { error: { message: "no such key" } } };
    const { project, server, watch } = await start({
      answers: { "src/other": [refused, "no code at all", "no code at all", fence(replies["src/other"] ?? "")] },
    });
    await watch.says(/error: .*(401|key)/);
    await edit(project, "src/other.jaunt.ts", "itself", "as it is");
    await watch.says(/✗ src\/other: failed/);
    await watch.idle(2);
    const paid = asked(server).filter((key) => key === "src/other").length;
    await edit(project, "src/base.jaunt.ts", "Twice", "Two times");
    await watch.idle(3);
    expect(asked(server).filter((key) => key === "src/other")).toHaveLength(paid);
    expect(watch.log()).toContain("1 failed; Ctrl-C");
    await edit(project, "src/other.jaunt.ts", "as it is", "unchanged");
    await watch.says(/✓ src\/other: built/);
  });

  test("a missing key is shown, and the watch waits for a configuration that needs none", async () => {
    const { project, watch } = await start({ env: {}, idle: 0, provider: "auto" });
    await watch.says(/No provider was found/);
    await watch.idle(1);
    await edit(project, "jaunt.toml", 'provider = "auto"', 'provider = "litellm"');
    await watch.says(/✓ src\/other: built/);
  });

  test("a build that holds the lock is waited for, and the lock is free while nothing is built", async () => {
    const slow: ScriptedAnswer = { text: fence(replies["src/other"] ?? ""), delayMs: 1500 };
    const { project, server, watch } = await start({
      answers: { "src/other": [fence(replies["src/other"] ?? ""), slow] },
    });
    expect(project.exists(".jaunt/lock")).toBe(false);
    const build = startJaunt(project.root, ["build", "--force", "--no-cache", "--target", "src/other"], { env: key });
    running.push(build);
    await waitFor(() => project.exists(".jaunt/lock") && server.requests.length === 4);
    await edit(project, "src/base.jaunt.ts", "Twice", "Two times");
    await watch.says(/Another build of this project is running: process \d+/);
    expect(server.requests).toHaveLength(4);
    expect((await build.finished).exitCode).toBe(0);
    await watch.says(/✓ src\/base: built/, 2);
    expect(watch.log().match(/Another build/g)).toHaveLength(1);
  });
});

describe("saves while a round runs", () => {
  test("close the connection of the edited module, restart it at once, and leave the others to land", async () => {
    const never: ScriptedAnswer = { text: "", delayMs: 60_000 };
    const slow: ScriptedAnswer = { text: fence(replies["src/base"] ?? ""), delayMs: 2500 };
    const { project, server, watch } = await start({
      answers: { "src/base": slow, "src/other": [never, never, fence(replies["src/other"] ?? "")] },
      idle: 0,
    });
    for (const [count, from, to] of [
      [1, "itself", "as it is"],
      [2, "as it is", "unchanged"],
    ] as const) {
      await waitFor(() => asked(server).filter((id) => id === "src/other").length === count);
      await edit(project, "src/other.jaunt.ts", from, to);
      await waitFor(() => server.requests.filter(({ brokenOffAt }) => brokenOffAt !== undefined).length === count);
    }
    await watch.says(/✓ src\/other: built/);
    expect(watch.log()).not.toContain("src/base: built");
    await watch.idle(1);
    expect(asked(server)).toEqual(["src/base", "src/left", "src/other", "src/other", "src/other"]);
    expect(
      server.requests.filter(({ brokenOffAt }) => brokenOffAt !== undefined).map((request) => request.key),
    ).toEqual(["src/other", "src/other"]);
    const { rounds, totals } = await watch.stop();
    expect(rounds.map(({ generated, interrupted }) => ({ generated, interrupted }))).toContainEqual({
      generated: ["src/base"],
      interrupted: ["src/other"],
    });
    expect(totals).toMatchObject({ generated: 3, failed: 0 });
    expect(await statuses(project)).toEqual({ "src/base": "current", "src/left": "current", "src/other": "current" });
  });

  test("also cancel what depends on the edited contract, and nothing for a comment", async () => {
    const never: ScriptedAnswer = { text: "", delayMs: 60_000 };
    const good = (id: string): string => fence(replies[id] ?? "");
    const { project, server, watch } = await start({
      answers: { "src/left": [never, good("src/left")], "src/other": [{ text: good("src/other"), delayMs: 2500 }] },
      idle: 0,
    });
    await waitFor(() => asked(server).includes("src/left") && asked(server).includes("src/other"));
    await edit(project, "src/base.jaunt.ts", "/** Twice", "// a remark\n/** Twice");
    await quiet();
    expect(server.requests.some(({ brokenOffAt }) => brokenOffAt !== undefined)).toBe(false);
    await edit(project, "src/base.jaunt.ts", "Twice the number.", "The number, doubled.");
    await watch.idle(1);
    expect(
      server.requests.filter(({ brokenOffAt }) => brokenOffAt !== undefined).map((request) => request.key),
    ).toEqual(["src/left"]);
    expect(asked(server).filter((id) => id === "src/other")).toHaveLength(1);
    expect(new Set(Object.values(await statuses(project)))).toEqual(new Set(["current"]));
  });
});

describe("how a watch ends", () => {
  test("Ctrl-C while it waits is its orderly end: 0, and a summary", async () => {
    const { watch } = await start({}, [], false);
    const { exitCode, stdout } = await watch.interrupt();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^watch: stopped after 1 round in .*: 3 modules generated \(9,000 input tokens, 30 output tokens\)\.\n$/,
    );
  });

  test("Ctrl-C in a round ends within a second in 130, and keeps what is done", async () => {
    const { project, watch } = await start({ answers: { "src/other": { text: "", delayMs: 60_000 } }, idle: 0 });
    await watch.says(/✓ src\/left: built/);
    const begin = performance.now();
    const { exitCode, json } = await watch.interrupt();
    expect(performance.now() - begin).toBeLessThan(1500);
    expect(exitCode).toBe(130);
    expect(json()).toMatchObject({
      schema: "jaunt.watch/1",
      interrupted: true,
      rounds: [{ interrupted: ["src/other"] }],
    });
    expect(await statuses(project)).toMatchObject({ "src/left": "current", "src/other": "unbuilt" });
    expect(project.exists(".jaunt/lock")).toBe(false);
  });

  test("what cannot be a watch at all says so: no jaunt.toml, and two options that exclude each other", async () => {
    const empty = await createTemporaryProject({});
    opened.push(empty);
    expect((await runJaunt(empty.root, ["watch"])).exitCode).toBe(2);
    expect((await runJaunt(empty.root, ["watch", "--offline", "--no-cache"])).stderr).toContain(
      "--offline and --no-cache",
    );
  });
});

test("fifty rounds leave no descriptor and little memory behind", async () => {
  const { project, watch } = await start();
  const rounds = async (from: number, to: number): Promise<void> => {
    for (let round = from; round < to; round += 1) {
      await project.write("src/other.jaunt.ts", spec("other", `The number itself, version ${String(round)}.`, []));
      await watch.idle(round + 2);
    }
  };
  await rounds(0, 10);
  const before = usageOf(watch.pid);
  await rounds(10, 50);
  const after = usageOf(watch.pid);
  expect(after.descriptors - before.descriptors).toBeLessThanOrEqual(3);
  expect(after.megabytes - before.megabytes).toBeLessThan(80);
  expect((await watch.stop()).totals.rounds).toBe(51);
}, 120_000);

interface Started {
  readonly project: TemporaryProject;
  readonly server: ScriptedServer;
  readonly watch: Watch;
}

interface StartOptions {
  readonly answers?: Readonly<Record<string, ScriptedAnswer | readonly (string | ScriptedAnswer)[]>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly provider?: string;
  /** Idle lines to wait for before the test begins. */
  readonly idle?: number;
}

const key = { LITELLM_API_KEY: "sk-test" };

/** A watch of the three modules against a real endpoint. */
async function start(options: StartOptions = {}, flags: readonly string[] = [], json = true): Promise<Started> {
  const { answers = {}, files = {}, env = key, provider = "litellm", idle = 1 } = options;
  const script = Object.fromEntries(Object.entries(replies).map(([id, source]) => [id, answers[id] ?? fence(source)]));
  const server = await startScriptedServer(script, { match: moduleOfPrompt });
  opened.push(server);
  const project = await createTemporaryProject(
    {
      "jaunt.toml": `version = 1\n[paths]\ntest_roots = []\n[llm]\nprovider = "${provider}"\nmodel = "scripted-model"\nbase_url = "${server.url}"\n`,
      "package.json": '{ "name": "watched", "private": true, "type": "module" }',
      "tsconfig.json": tsconfig(),
      ...Object.fromEntries(Object.entries(specs).map(([id, text]) => [`${id}.jaunt.ts`, text])),
      ...files,
    },
    { nodeModules: true },
  );
  opened.push(project);
  const watch = watchOf(
    startJaunt(project.root, ["watch", ...(json ? ["--json"] : []), ...flags], { env, timeoutMs: 120_000 }),
  );
  await watch.idle(idle);
  return { project, server, watch };
}

interface Watch {
  readonly pid: number;
  log(): string;
  /** Waits until it has said `count` times that it waits. */
  idle(count: number): Promise<void>;
  says(pattern: RegExp, count?: number): Promise<void>;
  interrupt(): Promise<ProcessResult>;
  /** Ends it while it waits. */
  stop(): Promise<WatchReport>;
}

interface WatchReport {
  readonly rounds: readonly {
    readonly changes: readonly unknown[];
    readonly generated: readonly string[];
    readonly restamped: readonly string[];
    readonly interrupted: readonly string[];
  }[];
  readonly totals: { readonly rounds: number; readonly generated: number; readonly failed: number };
  readonly interrupted: boolean;
}

function watchOf(process: RunningProcess): Watch {
  running.push(process);
  const log = (): string => process.output().stderr;
  const says = async (pattern: RegExp, count = 1): Promise<void> => {
    const all = new RegExp(pattern.source, "gm");
    try {
      await waitFor(() => (log().match(all) ?? []).length >= count, { timeoutMs: 20_000 });
    } catch {
      throw new Error(`The watch did not say ${pattern.source} ${String(count)} times, but:\n${log()}`);
    }
  };
  const interrupt = (): Promise<ProcessResult> => {
    process.kill("SIGINT");
    return process.finished;
  };
  return {
    pid: process.pid ?? 0,
    log,
    says,
    idle: (count) => says(/^watching .*; Ctrl-C to stop$/, count),
    interrupt,
    async stop() {
      const result = await interrupt();
      expect(result.exitCode).toBe(0);
      return result.json() as WatchReport;
    },
  };
}

/** Longer than a watch waits for quiet, with time to do what it must not do. */
async function quiet(): Promise<void> {
  await sleep(1200);
}

/** Modules that were asked for since the first `skipped` requests, in code-unit order: which of two that run at once asks first is chance. */
function asked(server: ScriptedServer, skipped = 0): readonly string[] {
  return server.requests
    .slice(skipped)
    .map((request) => request.key)
    .toSorted();
}

function usageOf(pid: number): { readonly descriptors: number; readonly megabytes: number } {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8"))?.[1];
  return { descriptors: readdirSync(`/proc/${String(pid)}/fd`).length, megabytes: Number(kilobytes) / 1024 };
}

function spec(name: string, doc: string, needs: readonly string[]): string {
  const imports = needs.map((need) => `import { ${need} } from "./${need}.js";\n`).join("");
  return `${imports}/** ${doc} */\nexport declare function ${name}(n: number): number;\n`;
}

function reply(name: string, expression: string): string {
  return `export function ${name}(n: number): number {\n  return ${expression};\n}`;
}

function fence(source: string): string {
  return `\`\`\`ts\n${source}\n\`\`\`\n`;
}

/** The module that a request asks for: the one whose spec path the prompt names last. */
function moduleOfPrompt(requestBody: string): string {
  const { messages } = JSON.parse(requestBody) as { readonly messages: readonly { readonly content: string }[] };
  const text = messages.map((message) => message.content).join("\n");
  const name = [...text.matchAll(/(\w+)\.jaunt\.ts/g)].map((match) => match[1] ?? "").at(-1) ?? "";
  return `src/${name}`;
}

async function edit(project: TemporaryProject, path: string, from: string, to: string): Promise<void> {
  const text = await project.read(path);
  expect(text).toContain(from);
  await project.write(path, text.replace(from, to));
}

/** As editors save: a temporary file beside it, renamed over it. */
async function replace(project: TemporaryProject, path: string, from: string, to: string): Promise<void> {
  await project.write(`${path}.tmp`, (await project.read(path)).replace(from, to));
  renameSync(join(project.root, `${path}.tmp`), join(project.root, path));
}

async function statuses(project: TemporaryProject): Promise<Readonly<Record<string, string>>> {
  const { modules } = (await runJaunt(project.root, ["status", "--json"])).json() as {
    readonly modules: Readonly<Record<string, { readonly status: string }>>;
  };
  return Object.fromEntries(Object.entries(modules).map(([id, module]) => [id, module.status]));
}
