import type { Usage } from "@jaunt/core";
import { costOf, type Price } from "./prices.ts";

/** What a build may spend. */
export interface BudgetLimits {
  /** Dollars; they count only where the price is known. */
  readonly dollars: number;
  /** Tokens of input and output together. */
  readonly tokens: number;
  /** Undefined when nobody knows it: then tokens alone govern. */
  readonly price: Price | undefined;
}

/** The most that a call can use: its counted input, and the limit on its output that is sent with it. */
export interface CallBound {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** What its tokens cost, as a part of the usual price. Default 1. */
  readonly rate?: number;
}

/** Money and tokens set aside for one call. Settling twice does no harm. */
export interface Reservation {
  /** Books what the call really used, and frees the rest. */
  settle(usage: Usage): void;
}

/** What was spent, and whether the limit was met. `dollars` is undefined where the price is unknown. */
export interface Spending {
  readonly dollars: number | undefined;
  readonly tokens: number;
  /** True once a call was refused. */
  readonly reached: boolean;
  /** The call that was refused. */
  readonly refused?: Refusal;
}

/** The most that a call could have taken and what was left, in dollars, or in tokens where these refused it. */
export interface Refusal {
  readonly needs: number;
  readonly left: number;
  readonly unit: "dollars" | "tokens";
}

/** The purse of one build. Every call is paid from what is left after all that is reserved, so the limit holds whatever runs side by side. */
export interface Budget {
  /**
   * Sets aside the most that a call can cost; waits while calls that run may still leave enough. Undefined when the limit is reached:
   * from then on no call is let through, for a cheaper one would only be built at random.
   */
  reserve(bound: CallBound): Promise<Reservation | undefined>;
  /** The same without waiting: undefined when it does not fit just now, which ends nothing. */
  tryReserve(bound: CallBound): Reservation | undefined;
  /** Sets aside what an earlier build sent and this one pays for, whatever the limit. */
  commit(bound: CallBound): Reservation;
  spending(): Spending;
}

/** A purse from which nothing was spent. */
export function createBudget({ dollars, tokens, price }: BudgetLimits): Budget {
  const spent = { dollars: 0, tokens: 0 };
  const reserved = { dollars: 0, tokens: 0 };
  const waiting: (() => void)[] = [];
  let refused: Refusal | undefined;

  const refusal = (most: Amount): Refusal =>
    price !== undefined && spent.dollars + most.dollars > dollars
      ? { needs: most.dollars, left: Math.max(0, dollars - spent.dollars), unit: "dollars" }
      : { needs: most.tokens, left: Math.max(0, tokens - spent.tokens), unit: "tokens" };
  const fits = (most: Amount): boolean =>
    spent.tokens + reserved.tokens + most.tokens <= tokens &&
    (price === undefined || spent.dollars + reserved.dollars + most.dollars <= dollars);
  const wake = (): void => {
    for (const resume of waiting.splice(0)) resume();
  };
  const take = (most: Amount, rate: number | undefined): Reservation => {
    add(reserved, most, 1);
    let open = true;
    return {
      settle(usage) {
        if (!open) return;
        open = false;
        add(reserved, most, -1);
        add(spent, amountOf(usage, price, rate), 1);
        wake();
      },
    };
  };

  return {
    async reserve(bound) {
      const most = mostOf(bound, price);
      while (refused === undefined) {
        if (fits(most)) return take(most, bound.rate);
        if (reserved.tokens === 0) {
          refused = refusal(most);
          wake();
        } else await new Promise<void>((resume) => waiting.push(resume));
      }
      return undefined;
    },
    tryReserve(bound) {
      const most = mostOf(bound, price);
      return refused === undefined && fits(most) ? take(most, bound.rate) : undefined;
    },
    commit: (bound) => take(mostOf(bound, price), bound.rate),
    spending: () => ({
      dollars: price === undefined ? undefined : spent.dollars,
      tokens: spent.tokens,
      reached: refused !== undefined,
      ...(refused === undefined ? {} : { refused }),
    }),
  };
}

interface Amount {
  dollars: number;
  tokens: number;
}

function add(sum: Amount, { dollars, tokens }: Amount, sign: 1 | -1): void {
  sum.dollars += sign * dollars;
  sum.tokens += sign * tokens;
  // Sums of fractions leave crumbs.
  if (sum.tokens === 0) sum.dollars = 0;
}

function amountOf(usage: Usage, price: Price | undefined, rate = 1): Amount {
  return {
    dollars: price === undefined ? 0 : rate * costOf(usage, price),
    tokens: usage.input + usage.cacheRead + usage.cacheWrite + usage.output,
  };
}

/** Input may be billed as plain input or as a cache write, whichever the provider makes of it. */
function mostOf({ inputTokens, outputTokens, rate }: CallBound, price: Price | undefined): Amount {
  const output = { cacheRead: 0, output: outputTokens, reasoning: 0 };
  const plain = amountOf({ ...output, input: inputTokens, cacheWrite: 0 }, price, rate);
  const write = amountOf({ ...output, input: 0, cacheWrite: inputTokens }, price, rate);
  return { tokens: plain.tokens, dollars: Math.max(plain.dollars, write.dollars) };
}
