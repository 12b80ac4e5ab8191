import type { Usage } from "@jaunt/core";
import type { Config } from "@jaunt/core/config";

/** Dollars per million tokens; from the tier on whose `start` the whole input exceeds, another price holds for every token. */
export interface Rate {
  readonly base: number;
  /** In ascending order of `start`, in tokens. */
  readonly tiers: readonly { readonly start: number; readonly price: number }[];
}

/** What a model's tokens cost. Fields are those of `Usage`. */
export interface Price {
  readonly input: Rate;
  readonly cacheRead: Rate;
  readonly cacheWrite: Rate;
  readonly output: Rate;
  /** Where it comes from: `[llm.pricing]`, the maintained list, or recordings, which cost nothing. */
  readonly source: "config" | "list" | "recordings";
}

/** What tokens cost in a batch, as a part of the usual price: the same with every vendor that has batches. */
export const batchRate: number = 0.5;

/** What a cache write costs above plain input, where no price says so: as Anthropic charges it. */
const cacheWriteFactor = 1.25;

/**
 * The price of a model, by the project's own prices, else by the list that comes with this version; it is never fetched. Undefined
 * when nobody knows: that is not a price of 0.
 */
export async function priceOf(model: string, llm: Config["llm"]): Promise<Price | undefined> {
  if (llm.provider === "replay") return { ...freeOfCharge, source: "recordings" };
  const own = Object.hasOwn(llm.pricing, model) ? llm.pricing[model] : undefined;
  if (own !== undefined) {
    const { input, output, cached = input } = own;
    return {
      input: flat(input),
      cacheRead: flat(cached),
      cacheWrite: flat(input * cacheWriteFactor),
      output: flat(output),
      source: "config",
    };
  }
  return model === "" ? undefined : listedPrice(model, llm);
}

/** What the same tokens cost in a batch. */
export function batchPrice({ input, cacheRead, cacheWrite, output, source }: Price): Price {
  return {
    input: times(input, batchRate),
    cacheRead: times(cacheRead, batchRate),
    cacheWrite: times(cacheWrite, batchRate),
    output: times(output, batchRate),
    source,
  };
}

/** Dollars that these tokens cost. */
export function costOf({ input, cacheRead, cacheWrite, output }: Usage, price: Price): number {
  const whole = input + cacheRead + cacheWrite;
  const dollars =
    input * rateAt(price.input, whole) +
    cacheRead * rateAt(price.cacheRead, whole) +
    cacheWrite * rateAt(price.cacheWrite, whole) +
    output * rateAt(price.output, whole);
  return dollars / 1_000_000;
}

function rateAt({ base, tiers }: Rate, wholeInput: number): number {
  return tiers.findLast(({ start }) => wholeInput > start)?.price ?? base;
}

function flat(dollars: number): Rate {
  return { base: dollars, tiers: [] };
}

const freeOfCharge: Omit<Price, "source"> = {
  input: flat(0),
  cacheRead: flat(0),
  cacheWrite: flat(0),
  output: flat(0),
};

/** Large, so it is loaded only when a price is asked for. */
async function listedPrice(model: string, { provider, base_url: baseUrl }: Config["llm"]): Promise<Price | undefined> {
  const { calcPrice, findProvider } = await import("@pydantic/genai-prices");
  const [prefix = "", ...rest] = model.split("/");
  const candidates = [
    // Who is behind an address sets the price, whatever the model is called elsewhere.
    { name: model, options: baseUrl === "" ? undefined : { providerApiUrl: baseUrl } },
    { name: model, options: { providerId: provider } },
    { name: rest.join("/"), options: rest.length === 0 ? undefined : { providerId: prefix } },
    { name: model, options: {} },
  ];
  for (const { name, options } of candidates) {
    if (options === undefined || (Object.keys(options).length > 0 && findProvider(options) === undefined)) continue;
    const found = calcPrice({ input_tokens: 1, output_tokens: 1 }, name, options);
    const price = found === null ? undefined : fromList(found.model_price);
    if (price !== undefined) return price;
  }
  return undefined;
}

function fromList(prices: Readonly<Record<string, unknown>>): Price | undefined {
  const [input, output] = [readRate(prices["input_mtok"]), readRate(prices["output_mtok"])];
  if (input === undefined || output === undefined) return undefined;
  return {
    input,
    output,
    cacheRead: readRate(prices["cache_read_mtok"]) ?? input,
    cacheWrite: readRate(prices["cache_write_mtok"]) ?? times(input, cacheWriteFactor),
    source: "list",
  };
}

function readRate(value: unknown): Rate | undefined {
  if (typeof value === "number") return flat(value);
  if (typeof value !== "object" || value === null) return undefined;
  const { base, tiers } = value as Partial<Rate>;
  return typeof base === "number" && Array.isArray(tiers) ? { base, tiers } : undefined;
}

function times({ base, tiers }: Rate, factor: number): Rate {
  return { base: base * factor, tiers: tiers.map(({ start, price }) => ({ start, price: price * factor })) };
}
