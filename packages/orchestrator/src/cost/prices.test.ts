import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { defaultConfig, type Config } from "@jaunt/core/config";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { batchPrice, costOf, priceOf } from "./prices.ts";

const llm = (overrides: Partial<Config["llm"]> = {}): Config["llm"] => ({
  ...defaultConfig().llm,
  provider: "litellm",
  ...overrides,
});
const usage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };
const million = 1_000_000;

let sockets = 0;
const count = (): void => {
  sockets += 1;
};
beforeEach(() => {
  sockets = 0;
  subscribe("net.client.socket", count);
});
afterEach(() => {
  unsubscribe("net.client.socket", count);
  expect(sockets, "connections that were opened").toBe(0);
});

describe("whose price it is", () => {
  test.each<readonly [string, string, Partial<Config["llm"]>, number]>([
    ["a model's own maker", "gpt-5", {}, 1.25],
    ["the provider in front of the name", "openai/gpt-5", {}, 1.25],
    ["the provider of the project", "gpt-5", { provider: "openai" }, 1.25],
    ["the provider behind an address", "llama-3.3-70b-versatile", { base_url: "https://api.groq.com/openai/v1" }, 0.59],
    ["its maker, through a proxy of one's own", "gpt-5", { base_url: "http://127.0.0.1:4000" }, 1.25],
    ["jaunt.toml, before every other", "gpt-5", { pricing: { "gpt-5": { input: 7, output: 9 } } }, 7],
    ["jaunt.toml, for what nobody lists", "my-model", { pricing: { "my-model": { input: 3, output: 9 } } }, 3],
    ["recordings, which are free", "gpt-5", { provider: "replay" }, 0],
  ])("%s", async (_name, model, config, input) => {
    expect((await priceOf(model, llm(config)))?.input.base).toBe(input);
  });

  test.each(["my-model", "", "ollama/llama3", "llama3.1:8b", "constructor", "__proto__", "gpt-99"])(
    "that of %j is unknown, and not 0",
    async (model) => {
      expect(await priceOf(model, llm())).toBeUndefined();
    },
  );
});

test("a batch costs half, above a tier as below it", async () => {
  const price = await priceOf("claude-sonnet-4-5", llm());
  if (price === undefined) throw new Error("The price is in the list.");
  for (const input of [100_000, 300_000]) {
    const tokens = { ...usage, input, cacheRead: 5_000, cacheWrite: 7_000, output: 1_000 };
    expect(costOf(tokens, batchPrice(price))).toBeCloseTo(costOf(tokens, price) / 2, 12);
  }
});

describe("what tokens cost", () => {
  const own = llm({ pricing: { m: { input: 2, cached: 0.2, output: 10 }, plain: { input: 2, output: 10 } } });

  test.each<readonly [string, Partial<typeof usage>, number]>([
    ["m", { input: million }, 2],
    ["m", { output: million, reasoning: million }, 10],
    ["m", { cacheRead: million }, 0.2],
    ["m", { cacheWrite: million }, 2.5],
    ["m", { input: million, cacheRead: million, output: million }, 12.2],
    ["plain", { cacheRead: million }, 2],
    ["gpt-5", { input: million, cacheRead: million, output: million }, 1.25 + 0.125 + 10],
    ["claude-sonnet-4-5", { input: 100_000, output: 1_000 }, 0.3 + 0.015],
    // Above 200,000 tokens of input, cached ones counted, every token costs more.
    ["claude-sonnet-4-5", { input: 100_000, cacheRead: 200_000, output: 1_000 }, 0.6 + 0.12 + 0.0225],
    ["claude-sonnet-4-5", { cacheWrite: 100_000 }, 0.375],
  ])("%s: %j", async (model, tokens, dollars) => {
    const price = await priceOf(model, own);
    expect(price).toBeDefined();
    expect(price === undefined ? Number.NaN : costOf({ ...usage, ...tokens }, price)).toBeCloseTo(dollars, 10);
  });
});
