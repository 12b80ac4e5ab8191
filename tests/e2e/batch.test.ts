import {
  runJaunt,
  startBatchServer,
  startJaunt,
  startScriptedServer,
  waitFor,
  type BatchServer,
  type BatchServerOptions,
  type ProcessResult,
  type TemporaryProject,
} from "@jaunt/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { createDiamond, diamondReplies, edit } from "./diamond-project.ts";

/** Of no form that a redaction by looks would know. */
const planted = "zebra7Quartz9Lantern";
/** Dollars per million tokens. */
const price = { input: 100, output: 1_000 };
const usage = { input: 1_000, cacheRead: 0, output: 100, reasoning: 0 };
const callCost = (usage.input * price.input + usage.output * price.output) / 1e6;
const modules = Object.keys(diamondReplies).sort();
const vendors = ["anthropic", "openai"] as const;

describe.each(vendors)("by batches of %s", (vendor) => {
  test("a project is built level by level, for half the price", async () => {
    const { project, server } = await open(vendor);
    const { report, exitCode, stderr } = await build(project);
    expect(stderr).not.toContain(planted);
    expect(exitCode, stderr).toBe(0);
    expect(report.generated).toEqual(modules);
    expect(labels(server)).toEqual([["src/base", "src/other"], ["src/left", "src/right"], ["src/top"]]);
    expect(server.live).toEqual([]);
    expect(report.cost).toBeCloseTo((modules.length * callCost) / 2, 9);
    expect(report).toMatchObject({ calls: 5, usage: { input: 5_000, output: 500 } });
    expect(report.batches).toEqual(
      [2, 2, 1].map((requests, index) => ({
        id: `batch_${String(index + 1)}`,
        requests,
        succeeded: requests,
        failed: 0,
        state: "ended",
      })),
    );
    expect((await project.list()).filter((path) => path.startsWith(".jaunt/batches/"))).toEqual([]);
    expect((await build(project)).report).toMatchObject({ generated: [], calls: 0, batches: [] });
  });

  test("people see where it is, and what it cost", async () => {
    const { project } = await open(vendor);
    const { stdout, stderr } = await run(project);
    expect(stderr).toContain("batch batch_1: 2 requests submitted");
    expect(stderr).toContain("✓ batch batch_1: ended, 2 requests answered");
    expect(stdout).toContain("build: 5 modules generated (5,000 input tokens, 500 output tokens, ~$0.50)");
  });

  test.each<NodeJS.Signals>(["SIGINT", "SIGKILL"])(
    "a build that %s stops goes on with what it submitted",
    async (signal) => {
      const options: { pollsBeforeEnd: number } = { pollsBeforeEnd: Number.POSITIVE_INFINITY };
      const { project, server } = await open(vendor, options);
      const stopped = startJaunt(project.root, ["build", "--batch"], { env: keys });
      await waitFor(() => (server.batches[0]?.polls ?? 0) > 1);
      stopped.kill(signal);
      const { exitCode, stdout } = await stopped.finished;
      if (signal === "SIGINT") {
        expect(exitCode).toBe(130);
        expect(stdout).toContain(
          "the batch batch_1 goes on at the provider, and `jaunt build --batch --resume` waits for it",
        );
      }
      const record = (await project.list()).find((path) => path.startsWith(".jaunt/batches/")) ?? "";
      expect(await project.read(record)).not.toContain(planted);

      options.pollsBeforeEnd = 0;
      const { report, stderr } = await build(project, signal === "SIGINT" ? ["--batch"] : ["--resume"]);
      expect(stderr).toContain("batch batch_1: 2 requests, submitted earlier");
      expect(report.generated).toEqual(modules);
      expect(labels(server)).toEqual([["src/base", "src/other"], ["src/left", "src/right"], ["src/top"]]);
      expect(report.cost).toBeCloseTo((modules.length * callCost) / 2, 9);
      expect(server.live).toEqual([]);
    },
  );

  test("a build that is killed before the provider said that it has the batch finds it again", async () => {
    let held = true;
    // The second, when the first, of the same size, has come and gone.
    const { project, server } = await open(vendor, {
      intercept: ({ kind }, _reply, batch) => kind === "create" && held && batch?.id === "batch_2",
    });
    const stopped = startJaunt(project.root, ["build", "--batch"], { env: keys });
    await waitFor(() => server.batches.length === 2);
    stopped.kill("SIGKILL");
    await stopped.finished;
    held = false;
    const { report } = await build(project, ["--resume"]);
    expect(report.generated).toEqual(["src/left", "src/right", "src/top"]);
    expect(server.batches).toHaveLength(3);
  });

  test("a batch that never reached the provider is sent again, and that is said", async () => {
    let held = true;
    const isCreation = (kind: string): boolean => kind === "create" || kind === "upload";
    const { project, server } = await open(vendor, { intercept: ({ kind }) => isCreation(kind) && held });
    const stopped = startJaunt(project.root, ["build", "--batch"], { env: keys });
    await waitFor(() => server.requests.length > 0);
    stopped.kill("SIGKILL");
    await stopped.finished;
    (server.batches as unknown[]).length = 0;
    held = false;
    const { report, stderr } = await build(project, ["--batch"]);
    expect(stderr).toContain("the provider has none of it: it is sent again");
    expect(report.generated).toEqual(modules);
  });

  test("a submission whose answer is lost on the way is not repeated", async () => {
    let lost = 0;
    const { project, server } = await open(vendor, {
      intercept: ({ kind }, reply) => {
        if (kind !== "create" || lost > 0) return false;
        lost += 1;
        reply.destroy();
        return true;
      },
    });
    const { report, stderr } = await build(project);
    expect(stderr).toContain("A batch was not taken yet");
    expect(report.generated).toEqual(modules);
    expect(server.batches).toHaveLength(3);
  });

  test("what a batch leaves unanswered is asked for at once, at the full price", async () => {
    const fates = {
      "src/base": "errored",
      "src/other": "expired",
      "src/left": "malformed",
      "src/right": "missing",
    } as const;
    const { project, server } = await open(vendor, {
      fate: (body) => fates[moduleOf(body) as keyof typeof fates] ?? "succeeded",
    });
    const { report } = await build(project);
    expect(report.generated).toEqual(modules);
    expect(server.live.map(moduleOf).sort()).toEqual(Object.keys(fates).sort());
    expect(report.cost).toBeCloseTo(4 * callCost + callCost / 2, 9);
    expect(report.batches?.map(({ succeeded, failed }) => [succeeded, failed])).toEqual([
      [0, 2],
      [0, 2],
      [1, 0],
    ]);
  });

  test("a repair is asked for without a batch", async () => {
    let asked = 0;
    const { project, server } = await open(vendor, {
      answer: (body) => {
        const module = moduleOf(body);
        asked += module === "src/base" ? 1 : 0;
        return says(module === "src/base" && asked === 1 ? "export const wrong = 1;" : diamondReplies[module]);
      },
    });
    const { report } = await build(project);
    expect(report.generated).toEqual(modules);
    expect(server.live.map(moduleOf)).toEqual(["src/base"]);
    expect(server.batches).toHaveLength(3);
  });

  test("of a batch that was cancelled nothing is asked for again without being told to", async () => {
    const { project, server } = await open(vendor, { ends: "cancelled", fate: () => "cancelled" });
    const { report, exitCode } = await build(project);
    expect(exitCode).toBe(3);
    expect(report.failed.map(({ module, outcome }) => [module, outcome])).toEqual([
      ["src/base", "failed"],
      ["src/left", "blocked"],
      ["src/other", "failed"],
      ["src/right", "blocked"],
      ["src/top", "blocked"],
    ]);
    expect(report.failed[0]?.message).toContain("was cancelled");
    expect(server.live).toEqual([]);
  });

  test("a provider that is busy when it is polled is asked again", async () => {
    let refused = 0;
    const { project } = await open(vendor, {
      intercept: ({ kind }, reply) => {
        if (kind !== "poll" || refused >= 2) return false;
        refused += 1;
        reply.writeHead(429, { "retry-after-ms": "20" }).end('{"error":{"message":"Slow down."}}');
        return true;
      },
    });
    const { report, stderr } = await build(project);
    expect(report.generated).toEqual(modules);
    expect(stderr).toContain("is not known for now");
  });
});

test("replies to what was changed meanwhile are kept; only the change is sent anew", async () => {
  const options: { pollsBeforeEnd: number } = { pollsBeforeEnd: Number.POSITIVE_INFINITY };
  const { project, server } = await open("anthropic", options);
  const stopped = startJaunt(project.root, ["build", "--batch"], { env: keys });
  await waitFor(() => (server.batches[0]?.polls ?? 0) > 0);
  stopped.kill("SIGINT");
  await stopped.finished;
  await edit(project, "src/base.jaunt.ts", "Twice", "Two times");
  options.pollsBeforeEnd = 0;
  expect((await build(project)).report.generated).toEqual(modules);
  expect(labels(server)).toEqual([["src/base", "src/other"], ["src/base"], ["src/left", "src/right"], ["src/top"]]);
  await edit(project, "src/base.jaunt.ts", "Two times", "Twice");
  await project.remove("src/__generated__/base.ts");
  expect((await build(project, ["--offline", "--target", "src/base"])).report).toMatchObject({
    generated: ["src/base"],
  });
});

test("what a build does without asking it does without a batch, one module at a time as well", async () => {
  const { project, server } = await open("anthropic");
  await build(project, ["--batch", "--jobs", "1"]);
  await edit(project, "src/base.jaunt.ts", "Twice", "Two times");
  const { report } = await build(project, ["--batch", "--jobs", "1"]);
  expect(report).toMatchObject({ generated: ["src/base"], restamped: ["src/left", "src/right"], calls: 1 });
  expect(labels(server).slice(3)).toEqual([["src/base"]]);
  await project.remove("src/__generated__/other.ts");
  const again = await build(project);
  expect(again.report).toMatchObject({ generated: ["src/other"], calls: 0, cache_hits: 1, batches: [] });
});

test("a batch that fails as a whole ends the build with what the provider says", async () => {
  const { project, server } = await open("openai", { ends: "failed" });
  const { exitCode, stderr } = await run(project);
  expect(exitCode).toBe(3);
  expect(stderr).toContain("The batch batch_1 failed: No line is right.");
  expect(server.live).toEqual([]);
});

test("a batch that the provider does not know ends the build, and is not paid for again", async () => {
  const options: { pollsBeforeEnd: number } = { pollsBeforeEnd: Number.POSITIVE_INFINITY };
  const { project, server } = await open("anthropic", options);
  const stopped = startJaunt(project.root, ["build", "--batch"], { env: keys });
  await waitFor(() => (server.batches[0]?.polls ?? 0) > 0);
  stopped.kill("SIGKILL");
  await stopped.finished;
  (server.batches as unknown[]).length = 0;
  const { exitCode, stderr } = await run(project);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("The provider does not know the batch batch_1");
  expect(server.batches).toEqual([]);
});

test("what the budget does not allow at once follows once it is known what the first ones cost", async () => {
  // A call may cost $8.24 by batch, and costs ten cents: one fits at a time.
  const { project, server } = await open("anthropic", {}, "max_cost_per_build = 10.0");
  const { report, stderr } = await build(project);
  expect(report.generated).toEqual(modules);
  expect(server.batches).toHaveLength(5);
  expect(stderr).toContain("the budget leaves 1 more for the next one");
});

test("nothing is submitted that the budget does not allow", async () => {
  const { project, server } = await open("anthropic", {}, "max_cost_per_build = 0.5");
  const { report, exitCode } = await build(project);
  expect(exitCode).toBe(3);
  expect(report.budget_reached).toBe(true);
  expect(server.requests).toEqual([]);
});

test("a plan tells the price by batch", async () => {
  const { project } = await open("anthropic");
  const usual = JSON.parse((await runJaunt(project.root, ["build", "--dry-run", "--json"])).stdout) as Plan;
  const batch = JSON.parse((await runJaunt(project.root, ["build", "--batch", "--dry-run", "--json"])).stdout) as Plan;
  expect(batch.totals.cost).toBeCloseTo(usual.totals.cost / 2, 9);
  expect(batch.batch).toBe(true);
  expect((await runJaunt(project.root, ["build", "--batch", "--dry-run"])).stdout).toContain("at most by batch");
});

test("a build without batches says that one is out", async () => {
  const { project, server } = await open("anthropic", { pollsBeforeEnd: Number.POSITIVE_INFINITY });
  const stopped = startJaunt(project.root, ["build", "--batch"], { env: keys });
  await waitFor(() => (server.batches[0]?.polls ?? 0) > 0);
  stopped.kill("SIGKILL");
  await stopped.finished;
  const { stderr, exitCode } = await runJaunt(project.root, ["build"], { env: keys });
  expect(exitCode).toBe(0);
  expect(stderr).toContain("A batch is still with the provider; this build asks without.");
});

test("a provider without batches is named, with those that have them, before anything is sent", async () => {
  const server = await startScriptedServer({});
  onTestFinished(() => server.close());
  const project = await createDiamond({ provider: "litellm", llm: `base_url = "${server.url}"\n` });
  onTestFinished(() => project.remove());
  const { exitCode, stderr } = await run(project);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('The provider "litellm" takes no batches.');
  expect(stderr).toContain("anthropic, openai");
  expect(server.requests).toEqual([]);
});

test.each([
  [["--resume"], "There is no batch to resume."],
  [["--batch", "--offline"], "--batch asks the provider, and --offline forbids it."],
  [["--resume", "--no-cache"], "--no-cache asks afresh"],
  [["--resume", "--dry-run"], "--dry-run does nothing"],
])("%s is refused with what to do", async (args, message) => {
  const { project } = await open("anthropic");
  const { exitCode, stderr } = await runJaunt(project.root, ["build", ...args], { env: keys });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});

const keys = { ANTHROPIC_API_KEY: planted, OPENAI_API_KEY: planted };

interface Plan {
  readonly batch?: boolean;
  readonly totals: { readonly cost: number };
}

interface Report {
  readonly generated: readonly string[];
  readonly failed: readonly { readonly module: string; readonly outcome: string; readonly message: string }[];
  readonly calls: number;
  readonly cost: number;
  readonly budget_reached: boolean;
  readonly batches?: readonly { readonly succeeded: number; readonly failed: number }[];
}

function run(project: TemporaryProject): Promise<ProcessResult> {
  return runJaunt(project.root, ["build", "--batch"], { env: keys });
}

async function build(
  project: TemporaryProject,
  options: readonly string[] = ["--batch"],
): Promise<{ readonly report: Report; readonly exitCode: number | null; readonly stderr: string }> {
  const { stdout, stderr, exitCode } = await runJaunt(project.root, ["build", "--json", ...options], { env: keys });
  return { report: JSON.parse(stdout) as Report, exitCode, stderr };
}

async function open(
  vendor: (typeof vendors)[number],
  options: Partial<BatchServerOptions> = {},
  llm = "max_cost_per_build = 1000.0",
): Promise<{ readonly project: TemporaryProject; readonly server: BatchServer }> {
  const defaults = { vendor, answer: (body: string) => says(diamondReplies[moduleOf(body)]), pollsBeforeEnd: 1 };
  // The test may change its options while the server runs.
  const server = await startBatchServer(Object.setPrototypeOf(options, defaults) as BatchServerOptions);
  onTestFinished(() => server.close());
  const project = await createDiamond({
    provider: vendor,
    llm: `base_url = "${server.url}"\n${llm}\n`,
    config: `[llm.pricing]\nscripted-model = { input = ${String(price.input)}.0, output = ${String(price.output)}.0 }\n`,
  });
  onTestFinished(() => project.remove());
  return { project, server };
}

function says(source: string | undefined): ReturnType<BatchServerOptions["answer"]> {
  return { text: `\`\`\`ts\n${source ?? ""}\n\`\`\``, finish: "stop", usage, chunkSize: 100 };
}

function moduleOf(body: string): string {
  return /Module `([^`]+)`/.exec(body)?.[1] ?? "";
}

/** The modules of every batch. */
function labels({ batches }: BatchServer): readonly (readonly string[])[] {
  return batches.map(({ requests }) => [...requests.values()].map(moduleOf).sort());
}
