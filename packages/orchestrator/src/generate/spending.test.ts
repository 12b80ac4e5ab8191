import { BackendError, type Backend, type GenerateRequest, type Usage } from "@jaunt/core";
import { expect, test } from "vitest";
import { seeded } from "../__fixtures__/seeded.ts";
import { createBudget } from "../cost/budget.ts";
import { costOf, type Price } from "../cost/prices.ts";
import { createLimiter } from "./limiter.ts";
import { countInput, withBudget } from "./with-budget.ts";
import { withRetry } from "./with-retry.ts";

const flat = (base: number): Price["input"] => ({ base, tiers: [] });
const price: Price = {
  input: flat(1000),
  cacheRead: flat(100),
  cacheWrite: flat(1250),
  output: flat(1000),
  source: "config",
};
const jobs = 8;

test("two hundred builds with eight jobs, retries and replies that are cut off stay within half of what they would cost", async () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const whole = await build(seed, Number.MAX_SAFE_INTEGER);
    const limit = whole.billed / 2;
    const { billed, miscounted, refused, built } = await build(seed, limit);
    expect(billed, `seed ${seed}`).toBeLessThanOrEqual(limit + miscounted + 1e-9);
    expect(refused, `seed ${seed}`).toBe(true);
    expect(built).toBeLessThan(whole.built);
  }
});

/** Forty modules through the wrappers of a build, as eight jobs ask for them; `billed` is what the provider would charge. */
async function build(
  seed: number,
  limit: number,
): Promise<{
  readonly billed: number;
  readonly miscounted: number;
  readonly refused: boolean;
  readonly built: number;
}> {
  const random = seeded(seed);
  const sum = { billed: 0, miscounted: 0, built: 0 };
  const provider: Backend = {
    apiVersion: 1,
    name: "provider",
    async generate(request) {
      for (let turns = Math.floor(random() * 4); turns > 0; turns -= 1) await Promise.resolve();
      if (random() < 0.2) throw new BackendError("later", { kind: random() < 0.5 ? "rate-limit" : "server" });
      const counted = countInput(request);
      const input = Math.ceil(counted * (0.8 + random() * 0.4));
      const isCut = random() < 0.2;
      const output = isCut ? request.maxOutputTokens : Math.ceil(request.maxOutputTokens * random());
      const isWrite = random() < 0.3;
      const usage: Usage = {
        input: isWrite ? 0 : input,
        cacheWrite: isWrite ? input : 0,
        cacheRead: 0,
        output,
        reasoning: 0,
      };
      sum.billed += costOf(usage, price);
      sum.miscounted += (Math.max(0, input - counted) * price.cacheWrite.base) / 1e6;
      return { text: "", channel: "source", finish: isCut ? "length" : "stop", usage, model: "m" };
    },
  };
  const budget = createBudget({ dollars: limit, tokens: Number.MAX_SAFE_INTEGER, price });
  let time = 0;
  const clock = { now: () => time, random, sleep: async (milliseconds: number) => void (time += milliseconds) };
  const backend = withRetry(withBudget(provider, budget), {
    maxCalls: 6,
    baseMs: 1,
    capMs: 10,
    totalMs: 1e9,
    ...clock,
    limiter: createLimiter(jobs, clock, () => {}),
    onRetry: () => {},
  });
  const modules = Array.from({ length: 40 }, () => Math.ceil(random() * 3000));
  const job = async (): Promise<void> => {
    for (let size = modules.pop(); size !== undefined; size = modules.pop()) {
      if (await ask(backend, size)) sum.built += 1;
    }
  };
  await Promise.all(Array.from({ length: jobs }, job));
  return { ...sum, refused: budget.spending().reached };
}

/** Asks as the repair loop does: a reply that was cut off is asked for again with twice the room. */
async function ask(backend: Backend, characters: number): Promise<boolean> {
  const { signal } = new AbortController();
  for (let maxOutputTokens = 100; maxOutputTokens <= 400; maxOutputTokens *= 2) {
    const request: GenerateRequest = {
      label: "m",
      attempt: 1,
      prompt: [{ name: "module", role: "user", stability: "module", text: "x".repeat(characters) }],
      model: "m",
      maxOutputTokens,
    };
    try {
      if ((await backend.generate(request, { signal })).finish === "stop") return true;
    } catch (error) {
      expect(error).toBeInstanceOf(BackendError);
      return false;
    }
  }
  return false;
}
