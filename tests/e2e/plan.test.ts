import { runJaunt, startScriptedServer, type TemporaryProject } from "@jaunt/testkit";
import { afterEach, expect, test } from "vitest";
import { build, createDiamond, diamondReplies, edit } from "./diamond-project.ts";

const opened: { remove?: () => Promise<void>; close?: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0)) await (thing.remove ?? thing.close)?.();
});

interface PlanOutput {
  readonly build: readonly {
    readonly module: string;
    readonly action: "generate" | "verify";
    readonly status: string;
    readonly reasons: readonly { readonly kind: string }[];
    readonly explanations: readonly string[];
    readonly estimated_input_tokens: number;
    readonly estimated_output_tokens: number;
    readonly cost: number | null;
    readonly cached: boolean;
    readonly asked?: readonly string[];
  }[];
  readonly totals: {
    readonly generate: number;
    readonly verify: number;
    readonly input_tokens: number;
    readonly output_tokens: number;
    readonly cost: number | null;
  };
  readonly price: unknown;
  readonly edited: readonly string[];
  readonly blocked: readonly string[];
  readonly skipped: number;
}

/** A diamond whose model would be asked over HTTP; the environment has a key only where a test gives one. */
async function open(
  config = "",
): Promise<{ readonly project: TemporaryProject; readonly requests: readonly unknown[] }> {
  const server = await startScriptedServer(
    Object.fromEntries(Object.entries(diamondReplies).map(([id, source]) => [id, `\`\`\`ts\n${source}\n\`\`\`\n`])),
    { match: (body) => [...body.matchAll(/(src\/\w+)\.jaunt\.ts/g)].at(-1)?.[1] ?? "" },
  );
  opened.push(server);
  const project = await createDiamond({ provider: "litellm", llm: `base_url = "${server.url}"\n`, config });
  opened.push(project);
  return { project, requests: server.requests };
}

async function plan(project: TemporaryProject, ...args: readonly string[]): Promise<PlanOutput> {
  const result = await runJaunt(project.root, ["plan", "--json", ...args]);
  expect(`${result.stderr} exit ${String(result.exitCode)}`).toBe(" exit 0");
  return result.json() as PlanOutput;
}

async function buildWithKey(project: TemporaryProject, ...args: readonly string[]): Promise<void> {
  const result = await runJaunt(project.root, ["build", ...args], { env: { LITELLM_API_KEY: "sk-test" } });
  expect(`${result.stdout}${result.stderr} exit ${String(result.exitCode)}`).toContain("exit 0");
}

const priced = '\n[llm.pricing]\n"scripted-model" = { input = 3.0, cached = 0.3, output = 15.0 }\n';

test("a plan has order, actions, every reason and what it may cost, and asks nobody", async () => {
  const { project, requests } = await open(priced);
  const first = await plan(project);
  expect(requests).toEqual([]);
  expect(first.build.map(({ module }) => module).indexOf("src/base")).toBeLessThan(
    first.build.map(({ module }) => module).indexOf("src/left"),
  );
  expect(first.build.at(-1)?.module).toBe("src/top");
  expect(first.totals).toMatchObject({ generate: 5, verify: 0 });
  for (const entry of first.build) {
    expect(entry).toMatchObject({ action: "generate", status: "unbuilt", cached: false });
    const { estimated_input_tokens: input, estimated_output_tokens: output, cost } = entry;
    expect(input).toBeGreaterThan(300);
    expect(output).toBeGreaterThan(20);
    expect(cost).toBeCloseTo((input * 3 + output * 15) / 1e6, 10);
  }
  expect(first.totals.cost).toBeCloseTo(
    first.build.reduce((sum, { cost }) => sum + (cost ?? Number.NaN), 0),
    10,
  );

  await buildWithKey(project);
  const asked = requests.length;
  await edit(project, "src/base.jaunt.ts", "Twice the number.", "The number, doubled.");
  await edit(project, "src/right.jaunt.ts", "One less", "Just one less");
  const { build: second, totals, skipped } = await plan(project);
  expect(second.map(({ module, action }) => `${module} ${action}`).toSorted()).toEqual([
    "src/base generate",
    "src/left verify",
    "src/right generate",
    "src/top verify",
  ]);
  expect(second.find(({ module }) => module === "src/right")?.reasons.map(({ kind }) => kind)).toEqual([
    "spec_changed",
    "dependency_changed",
  ]);
  expect(totals).toMatchObject({ generate: 2, verify: 2 });
  expect(skipped).toBe(1);
  const text = (await runJaunt(project.root, ["plan"])).stdout;
  expect(text).toMatch(/^src\/base +generate +stale +about [\d,]+ in, \d+ out/m);
  expect(text).toMatch(
    /\nplan: 2 modules to generate, 2 to verify first; about [\d,]+ input and [\d,]+ output tokens, ~\$0\.\d+ at most; 1 module up to date in/,
  );
  expect(requests).toHaveLength(asked);
});

test("build --dry-run prints the same, with --force too, and writes nothing", async () => {
  const { project, requests } = await open();
  const dry = (await runJaunt(project.root, ["build", "--dry-run", "--json"])).json() as PlanOutput;
  const { build: entries, totals, price } = await plan(project);
  expect(dry).toMatchObject({ build: entries, totals, price });
  expect(project.exists("src/__generated__")).toBe(false);
  await buildWithKey(project);
  const asked = requests.length;
  expect((await plan(project)).build).toEqual([]);
  const forced = (await runJaunt(project.root, ["build", "--dry-run", "--force", "--json"])).json() as PlanOutput;
  expect(forced.totals.generate).toBe(5);
  expect(requests).toHaveLength(asked);
});

test("an unknown price is said, and never 0", async () => {
  const { project } = await open();
  const { build: entries, totals, price } = await plan(project);
  expect({ price, cost: totals.cost }).toEqual({ price: null, cost: null });
  expect(entries.every(({ cost }) => cost === null)).toBe(true);
  const { stdout } = await runJaunt(project.root, ["plan"]);
  expect(stdout).toContain("price of scripted-model unknown: set [llm.pricing]");
  expect(stdout).not.toContain("$");
});

test("a known model has its price from the list", async () => {
  const { project } = await open();
  await edit(project, "jaunt.toml", "scripted-model", "gpt-5");
  const { price, totals } = await plan(project);
  expect(price).toEqual({ input: 1.25, cached: 0.125, output: 10, source: "list" });
  expect(totals.cost).toBeGreaterThan(0);
});

test("what the reply cache holds is free, and known to be once nothing before it changes", async () => {
  const { project } = await open(priced);
  await buildWithKey(project);
  await project.remove("src/__generated__/top.ts");
  await project.remove("src/__generated__/other.ts");
  const { build: entries, totals } = await plan(project);
  expect(entries).toMatchObject([
    { module: "src/other", cached: true, cost: 0 },
    { module: "src/top", cached: true, cost: 0 },
  ]);
  expect(totals).toEqual({ generate: 2, verify: 0, input_tokens: 0, output_tokens: 0, cost: 0 });
  expect((await runJaunt(project.root, ["plan"])).stdout).toContain("free: its reply is in the cache");
});

test("what a build would leave alone is named", async () => {
  const { project } = await open();
  await buildWithKey(project);
  await edit(project, "src/__generated__/left.ts", "base(n) + 1", "base(n) + 2");
  expect(await plan(project)).toMatchObject({ build: [], edited: ["src/left"] });
  expect((await plan(project, "--target", "src/left")).edited).toEqual(["src/left"]);
  expect((await runJaunt(project.root, ["plan"])).stdout).toContain("left alone: src/left: edited by hand");
});

test("what is held up by a failure elsewhere is no part of the plan", async () => {
  const project = await createDiamond();
  opened.push(project);
  const recording = await project.read("recordings/src/right.1.md");
  await project.remove("recordings/src/right.1.md");
  expect((await runJaunt(project.root, ["build"])).exitCode).toBe(3);
  expect(await plan(project, "--target", "src/top")).toMatchObject({ build: [], blocked: ["src/top"] });
  const whole = await plan(project);
  expect(whole.build.map(({ module }) => module)).toEqual(["src/right", "src/top"]);
  expect(whole.totals.cost).toBe(0);
  await project.write("recordings/src/right.1.md", recording);
  await build(project.root);
});
