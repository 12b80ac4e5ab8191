import {
  createTemporaryProject,
  runJaunt,
  startJaunt,
  startScriptedServer,
  waitFor,
  type ScriptedServer,
  type TemporaryProject,
} from "@jaunt/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { tsconfig } from "./fixture.ts";

const count = 12;
const price = { input: 100, output: 1000 };
/** Per call; the server says so. */
const usage = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 };
const callCost = (usage.prompt_tokens * price.input + usage.completion_tokens * price.output) / 1e6;

const opened: { remove?: () => Promise<void>; close?: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0)) await (thing.remove ?? thing.close)?.();
});

describe("money", () => {
  test("what a build cost is told to people and to programs", async () => {
    const { project } = await open(`max_cost_per_build = 1000.0`);
    const text = await runJaunt(project.root, ["build", "--target", "src/m1"]);
    expect(text.stdout).toContain("build: 1 module generated (1,000 input tokens, 100 output tokens, ~$0.20)");
    const { report } = await build(project);
    expect(report.cost).toBeCloseTo((count - 1) * callCost, 9);
    expect(report.spent["src/m2"]).toMatchObject({ attempts: 1, usage: { input: 1000, output: 100 } });
    expect(report.spent["src/m2"]?.cost).toBeCloseTo(callCost, 9);
    expect(report.cost_to_date).toMatchObject({ tokens: count * usage.total_tokens, unpriced_tokens: 0 });
    expect(report.cost_to_date.dollars).toBeCloseTo(count * callCost, 9);
    const again = await runJaunt(project.root, ["build", "--verbose"]);
    expect(again.stdout).toMatch(/^spent in this project since \d{4}-\d\d-\d\d: ~\$2\.40$/m);
    expect(text.stderr).toMatch(/src\/m1: built in .* \(1,000 input tokens, 100 output tokens, ~\$0\.20\)/);
    expect(report).toMatchObject({ model: "priced", budget_reached: false });
  });

  test("a build stops before it costs more than it may, keeps what is done, and goes on when run again", async () => {
    // A call may cost up to 16,384 output tokens, $16.38, and costs twenty cents: so one runs at a time near the end.
    const { project, server } = await open(`max_cost_per_build = 17.5`);
    const { report, exitCode } = await build(project, ["--jobs", "8"]);
    expect(exitCode).toBe(3);
    expect(report.budget_reached).toBe(true);
    expect(report.cost).toBeLessThanOrEqual(17.5);
    expect(report.generated.length).toBe(server.requests.length);
    expect(report.generated.length).toBeGreaterThan(0);
    expect(report.failed.map(({ outcome }) => outcome)).toEqual(
      Array(count - report.generated.length).fill("over_budget"),
    );
    const again = await build(project, ["--jobs", "8"]);
    expect(again.report.generated.length).toBeGreaterThan(0);
    expect(server.requests).toHaveLength(report.generated.length + again.report.generated.length);
  });

  test("people are told what is left and how to go on", async () => {
    const { project } = await open(`max_cost_per_build = 0.01`);
    const { stdout, exitCode } = await runJaunt(project.root, ["build"]);
    expect(exitCode).toBe(3);
    expect(stdout).toContain(
      "and $0.01 is left. 12 modules to go; what was built is kept. Raise [llm] max_cost_per_build",
    );
  });

  test("a model whose price nobody knows is governed by tokens, and that is said", async () => {
    const { project, server } = await open(`max_cost_per_build = 0.01\nmax_tokens_per_build = 22000`, "unheard-of");
    const { report, exitCode } = await build(project);
    expect(exitCode).toBe(3);
    expect(report).toMatchObject({ cost: null, budget_reached: true });
    expect(server.requests.length * usage.total_tokens).toBeLessThanOrEqual(22_000);
    expect(report.generated.length).toBeGreaterThan(0);
    const { stdout } = await runJaunt(project.root, ["build"]);
    expect(stdout).toContain("price of unheard-of unknown");
  });

  test("a watch has one budget for all its rounds", async () => {
    // Enough for the most that one call can cost, not for that and what one did cost.
    const { project, server } = await open(`max_cost_per_build = 16.7`);
    const watch = startJaunt(project.root, ["watch", "--target", "src/m3"]);
    opened.push({ close: async () => void watch.kill("SIGKILL") });
    await waitFor(() => watch.output().stderr.includes("Ctrl-C to stop"));
    await project.write("src/m3.jaunt.ts", (await project.read("src/m3.jaunt.ts")).replace("Adds 3.", "Adds three."));
    await waitFor(() => watch.output().stderr.includes("src/m3: left, the budget is used up"));
    expect(server.requests).toHaveLength(1);
  });

  test("a module that may not be paid for holds up what needs it, and nothing is sent", async () => {
    const { project, server } = await open(`max_cost_per_build = 1000.0`);
    await build(project);
    await project.write("src/m1.jaunt.ts", (await project.read("src/m1.jaunt.ts")).replace("Adds 1.", "Adds one."));
    await project.write("jaunt.toml", (await project.read("jaunt.toml")).replace("1000.0", "0.01"));
    const before = server.requests.length;
    const { report } = await build(project);
    expect(report.failed).toMatchObject([
      { module: "src/m1", outcome: "over_budget" },
      { module: "src/m2", outcome: "over_budget" },
    ]);
    expect(server.requests.length).toBe(before);
  });
});

interface Report {
  readonly generated: readonly string[];
  readonly failed: readonly { readonly outcome: string }[];
  readonly cost: number | null;
  readonly cost_to_date: { readonly dollars: number; readonly tokens: number };
  readonly spent: Readonly<Record<string, { readonly cost: number | null } | undefined>>;
  readonly model: string;
  readonly budget_reached: boolean;
}

async function build(
  project: TemporaryProject,
  options: readonly string[] = [],
): Promise<{ readonly report: Report; readonly exitCode: number | null }> {
  const { stdout, exitCode } = await runJaunt(project.root, ["build", "--json", ...options]);
  return { report: JSON.parse(stdout) as Report, exitCode };
}

/** Twelve modules that do not need each other, but the second, which needs the first. */
async function open(
  limits: string,
  model = "priced",
): Promise<{ readonly project: TemporaryProject; readonly server: ScriptedServer }> {
  const names = Array.from({ length: count }, (_, index) => `m${index + 1}`);
  const server = await startScriptedServer(
    Object.fromEntries(
      names.map((name) => [
        name,
        {
          text: `\`\`\`ts\nexport function ${name}(n: number): number {\n  return n + 1;\n}\n\`\`\``,
          usage,
          delayMs: 20,
        },
      ]),
    ),
    { match: (body) => /Module `src\/(m\d+)`/.exec(body)?.[1] ?? "*" },
  );
  const project = await createTemporaryProject(
    {
      "jaunt.toml": `version = 1
[llm]
provider = "litellm"
model = "${model}"
base_url = "${server.url}"
${limits}
[llm.pricing]
priced = { input = ${price.input}.0, output = ${price.output}.0 }
`,
      "tsconfig.json": tsconfig(),
      "package.json": '{ "type": "module" }',
      ...Object.fromEntries(
        names.map((name, index) => [
          `src/${name}.jaunt.ts`,
          `${name === "m2" ? 'import { m1 } from "./m1.js";\n' : ""}/** Adds ${index + 1}.${name === "m2" ? " See {@link m1}." : ""} */\nexport declare function ${name}(n: number): number;\n`,
        ]),
      ),
    },
    { nodeModules: true },
  );
  opened.push(project, server);
  return { project, server };
}
