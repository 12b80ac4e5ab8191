import type { Usage } from "@jaunt/core";
import { expect, test } from "vitest";
import { seeded } from "../__fixtures__/seeded.ts";
import { createBudget } from "./budget.ts";
import type { Price } from "./prices.ts";

const flat = (base: number): Price["input"] => ({ base, tiers: [] });
/** A dollar for a thousand tokens, either way. */
const price: Price = {
  input: flat(1000),
  cacheRead: flat(100),
  cacheWrite: flat(1250),
  output: flat(1000),
  source: "config",
};
const used = (input: number, output: number): Usage => ({ input, cacheRead: 0, cacheWrite: 0, output, reasoning: 0 });
const bound = { inputTokens: 400, outputTokens: 500 };

test("a call is let through when the most that it can cost is left", async () => {
  // 400 tokens of cache write at $1.25 a thousand and 500 of output: a dollar exactly.
  expect(await createBudget({ dollars: 1, tokens: 10_000, price }).reserve(bound)).toBeDefined();
  expect(await createBudget({ dollars: 0.999, tokens: 10_000, price }).reserve(bound)).toBeUndefined();
});

test("a call waits while what runs may leave enough for it", async () => {
  const budget = createBudget({ dollars: 1.5, tokens: 10_000, price });
  const first = await budget.reserve(bound);
  let second: unknown = "waiting";
  const later = budget.reserve(bound).then((reservation) => (second = reservation));
  await Promise.resolve();
  expect(second).toBe("waiting");
  first?.settle(used(200, 100));
  await later;
  expect(second).toBeDefined();
  expect(budget.spending()).toEqual({ dollars: 0.3, tokens: 300, reached: false });
});

test("once a call was refused none is let through, not even one that would fit", async () => {
  const budget = createBudget({ dollars: 1.5, tokens: 10_000, price });
  const first = await budget.reserve(bound);
  const second = budget.reserve(bound);
  first?.settle(used(400, 500));
  expect(await second).toBeUndefined();
  expect(await budget.reserve({ inputTokens: 1, outputTokens: 1 })).toBeUndefined();
  expect(budget.spending().reached).toBe(true);
});

test("where the price is unknown, tokens govern and no sum is named", async () => {
  const budget = createBudget({ dollars: 0.000_001, tokens: 1000, price: undefined });
  const first = await budget.reserve(bound);
  first?.settle(used(400, 300));
  expect(await budget.reserve(bound)).toBeUndefined();
  expect(budget.spending()).toEqual({
    dollars: undefined,
    tokens: 700,
    reached: true,
    refused: { needs: 900, left: 300, unit: "tokens" },
  });
});

test("settling twice counts once", async () => {
  const budget = createBudget({ dollars: 9, tokens: 10_000, price });
  const reservation = await budget.reserve(bound);
  reservation?.settle(used(1, 1));
  reservation?.settle(used(1, 1));
  expect(budget.spending().tokens).toBe(2);
});

test("two hundred builds of eight jobs never pass their limit by more than the input of the calls in flight was miscounted", async () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = seeded(seed);
    const limit = 1 + random() * 20;
    const budget = createBudget({ dollars: limit, tokens: 1e9, price });
    let miscounted = 0;
    const job = async (): Promise<void> => {
      for (;;) {
        const inputTokens = Math.ceil(random() * 900);
        const outputTokens = Math.ceil(random() * 900);
        const reservation = await budget.reserve({ inputTokens, outputTokens });
        if (reservation === undefined) return;
        for (let turns = Math.floor(random() * 5); turns > 0; turns -= 1) await Promise.resolve();
        const actual = Math.ceil(inputTokens * (0.8 + random() * 0.4));
        miscounted += Math.max(0, (actual - inputTokens) / 1000);
        // A reply may be cut off at the limit; a failed call uses nothing.
        reservation.settle(
          random() < 0.1
            ? used(0, 0)
            : used(actual, random() < 0.2 ? outputTokens : Math.ceil(outputTokens * random())),
        );
      }
    };
    await Promise.all(Array.from({ length: 8 }, job));
    const { dollars = Number.NaN, reached } = budget.spending();
    expect(reached).toBe(true);
    expect(dollars).toBeLessThanOrEqual(limit + miscounted + 1e-9);
  }
});

test("what is asked for at half the price reserves and costs half", async () => {
  const budget = createBudget({ dollars: 0.5, tokens: 10_000, price });
  const reservation = await budget.reserve({ ...bound, rate: 0.5 });
  expect(budget.tryReserve({ inputTokens: 1, outputTokens: 0, rate: 0.5 })).toBeUndefined();
  reservation?.settle(used(200, 100));
  expect(budget.spending()).toEqual({ dollars: 0.15, tokens: 300, reached: false });
});

test("what an earlier build sent is paid for whatever the limit", () => {
  const budget = createBudget({ dollars: 0.1, tokens: 10_000, price });
  const reservation = budget.commit(bound);
  expect(budget.tryReserve({ inputTokens: 1, outputTokens: 0 })).toBeUndefined();
  reservation.settle(used(400, 500));
  expect(budget.spending().dollars).toBeCloseTo(0.9, 9);
});
